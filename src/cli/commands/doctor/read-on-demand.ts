/** Reads that are made only on request, or where a refusal has no other explanation. */
import type { Clients } from '../../../account/clients.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import type { Verification } from '../../../report/documents/verification.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { DoctorOptions } from './options.js';
import type { Io } from '../../io.js';
import { openClients } from '../../open-account.js';

/** Texts that a service control policy can cause. */
const refusals: readonly (string | null)[] = [
  'cluster-failed-to-authorize',
  'sasl-authentication-failed',
  'not-enough-permission',
  'cannot-access-secret',
  'cannot-assume-role',
  'unknown',
];

/**
 * Few callers may read the policies of an organization: they are read only where nothing else explains AWS's
 * refusal.
 */
const organizationMayExplain = ({ mappings }: Diagnosis): boolean =>
  mappings.some(({ observed, causes }) => causes.length === 0 && refusals.includes(observed.error));

/** Returns the same snapshot where nothing was read. */
export async function readOnDemand(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  options: DoctorOptions,
  io: Io,
): Promise<{ snapshot: Snapshot; verifications?: ReadonlyMap<string, Verification> }> {
  if (options.snapshot !== undefined || (options.verify !== true && !organizationMayExplain(diagnosis)))
    return { snapshot };
  const [clients, more] = [await openClients(options, io), structuredClone(snapshot)];
  await readOrganizationOf(clients, more);
  const verifications =
    options.verify === true ? await (await import('./compare-with-iam.js')).verifyRights(clients, more) : undefined;
  io.signal.throwIfAborted();
  return { snapshot: more, ...(verifications === undefined ? {} : { verifications }) };
}

/** The snapshot with the policies of the organization, where nothing else explains a refusal. */
export async function withOrganization(clients: Clients, snapshot: Snapshot, diagnosis: Diagnosis): Promise<Snapshot> {
  if (!organizationMayExplain(diagnosis)) return snapshot;
  const more = structuredClone(snapshot);
  await readOrganizationOf(clients, more);
  return more;
}

/** The account of the mappings' roles, which is that of the functions. */
async function readOrganizationOf(clients: Clients, snapshot: Snapshot): Promise<void> {
  if (snapshot.account === null) return;
  const { readOrganization } = await import('../../../account/scopes/organization.js');
  await readOrganization(clients, snapshot, snapshot.account);
}
