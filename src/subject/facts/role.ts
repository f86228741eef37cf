/** The execution role with its policies, and the organization's policies that apply to it. */
import type { RolePolicies } from '../../access/role-policies.js';
import { isOk, lookup } from '../../snapshot/read.js';
import type { OrganizationPolicies, Role } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { all, andThen, fromReadOrGone, known, notApplicable, type Derivations } from '../fact.js';
import { policiesOfRole } from '../read-role-policies.js';
import type { FunctionFacts } from './function.js';

export interface RoleFacts {
  /** The execution role that the function names; null: IAM has no role of that name. */
  role: Role | null;
  /** The role's identity policies and its boundary. */
  rolePolicies: RolePolicies;
  /** Organization policies if they were read; usually null, because few accounts may read them. Always known. */
  organizationPolicies: { service: OrganizationPolicies | null; resource: OrganizationPolicies | null };
}

export const roleFacts = (snapshot: Snapshot): Derivations<RoleFacts, FunctionFacts> => ({
  role: ({ function: functionFact }) =>
    andThen(functionFact, (configuration) => {
      if (configuration === null) return notApplicable('the function does not exist: see function.state');
      if (configuration.Role === undefined || configuration.Role === '')
        return notApplicable('AWS returned no execution role for the function');
      return fromReadOrGone(lookup(snapshot.roles, configuration.Role, { service: 'iam', operation: 'GetRole' }));
    }),
  rolePolicies: ({ function: functionFact, role: roleFact }) =>
    andThen(all(functionFact, roleFact), ([configuration, role]) =>
      // By the ARN that the function names, which may be spelled differently from the role's own.
      role === null
        ? notApplicable('the execution role does not exist: see access.trust')
        : known(policiesOfRole(snapshot, configuration?.Role ?? role.Arn, role)),
    ),
  organizationPolicies: () =>
    known({
      service: ofAccount(snapshot, 'serviceControlPolicies'),
      resource: ofAccount(snapshot, 'resourceControlPolicies'),
    }),
});

/** The policies of one kind that apply to the snapshot's account; null where unread. */
function ofAccount(
  snapshot: Snapshot,
  kind: 'serviceControlPolicies' | 'resourceControlPolicies',
): OrganizationPolicies | null {
  const read = snapshot[kind][snapshot.account ?? ''];
  return read !== undefined && isOk(read) ? read.value : null;
}
