/** A role by its ARN, from the snapshot or from AWS. */
import { lastSegment } from '../../../aws/arn.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { lookup } from '../../../snapshot/read.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { andThen, fromReadOrGone, known, notApplicable, type Fact } from '../../../subject/fact.js';
import { policiesOfRole } from '../../../subject/read-role-policies.js';
import type { Io } from '../../io.js';
import type { SourceOptions } from '../../shared-options.js';
import { openClients } from '../../open-account.js';
import { tool } from '../../version.js';

/** Not applicable: the role does not exist. */
export async function findRole(
  roleArn: string,
  snapshot: Snapshot | null,
  options: SourceOptions,
  io: Io,
): Promise<Fact<RolePolicies>> {
  // The name alone does not show the path of a role, so any role of this name matches.
  const name = lastSegment(roleArn);
  const read =
    snapshot === null
      ? undefined
      : Object.keys(snapshot.roles).find((arn) => arn === roleArn || arn.endsWith(`/${name}`));
  if (snapshot !== null && read !== undefined) return policiesOf(snapshot, read);
  if (options.snapshot !== undefined) return notApplicable(`the snapshot does not contain the role ${roleArn}`);
  const { readRoleAlone } = await import('../../../account/scopes/role.js');
  return policiesOf(await readRoleAlone(await openClients(options, io), roleArn, { tool, now: new Date() }), roleArn);
}

const policiesOf = (snapshot: Snapshot, roleArn: string): Fact<RolePolicies> =>
  andThen(fromReadOrGone(lookup(snapshot.roles, roleArn, { service: 'iam', operation: 'GetRole' })), (role) =>
    role === null
      ? notApplicable(`the role ${roleArn} does not exist`)
      : known(policiesOfRole(snapshot, roleArn, role)),
  );
