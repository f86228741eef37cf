/** Finds what `probe` is to connect to: a mapping, the only mapping of a function, or a cluster. */
import { TargetNotFound } from '../../errors.js';
import { isEventSourceArn } from '../../aws/event-source.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { Reader } from '../reader.js';
import { severalMappings } from '../several-mappings.js';
import { mappingUuidOf } from '../target-names.js';
import { resolveTargets } from '../targets.js';
import type { ReadResult } from './account.js';
import { beginSnapshot } from './begin-snapshot.js';
import { readBrokers } from './brokers.js';

/**
 * Reads what decides the brokers and the login. A name is that of a cluster, otherwise that of a function with one
 * mapping. Throws `TargetNotFound`.
 */
export async function readProbed(request: {
  clients: Clients;
  target: string;
  tool: Snapshot['tool'];
  now: Date;
}): Promise<ReadResult> {
  const { target } = request;
  if (mappingUuidOf(target) !== null || isEventSourceArn(target)) return readBrokers(request);
  if (target.startsWith('arn:')) return readBrokers({ ...request, target: await onlyMappingOf(request) });
  try {
    return await readBrokers(request);
  } catch (error) {
    if (!(error instanceof TargetNotFound) || error.message.startsWith('Several')) throw error;
    const uuid = await onlyMappingOf(request).catch((other: unknown) => {
      throw other instanceof TargetNotFound && other.candidates.length === 0 ? error : other;
    });
    return readBrokers({ ...request, target: uuid });
  }
}

/** The UUID of the only mapping of a function. Throws `TargetNotFound` where it has none or several. */
async function onlyMappingOf({
  clients,
  target,
  tool,
  now,
}: {
  clients: Clients;
  target: string;
  tool: Snapshot['tool'];
  now: Date;
}): Promise<string> {
  const snapshot = await beginSnapshot(clients, { tool, now });
  const uuids = await resolveTargets(new Reader(clients), snapshot, [target]);
  const [uuid, ...others] = uuids;
  if (others.length > 0) throw severalMappings(`“${target}” matches`, { ...snapshot, targets: uuids });
  if (uuid === undefined) throw new TargetNotFound(`“${target}” has no mapping on Amazon MSK.`);
  return uuid;
}
