/** The execution role with all its policies, each as it was read. */
import type { RolePolicies } from '../access/role-policies.js';
import { isOk, lookup, type ReadFailure } from '../snapshot/read.js';
import type { Role } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { all, fromReadOrGone, known, moot, andThen, type Fact } from './fact.js';
import type { FactOf } from './facts.js';

const iam = (operation: string) => ({ service: 'iam', operation });

/** The role that the function names; null where IAM has none of that name. */
export function roleOf(snapshot: Snapshot, functionFact: FactOf<'function'>): Fact<Role | null> {
  return andThen(functionFact, (configuration) => {
    if (configuration === null) return moot('the function is gone: see function.state');
    if (configuration.Role === undefined || configuration.Role === '')
      return moot('AWS names no execution role for the function');
    return fromReadOrGone(lookup(snapshot.roles, configuration.Role, iam('GetRole')));
  });
}

/** The role's identity policies and boundary. */
export const rolePoliciesOf = (
  snapshot: Snapshot,
  functionFact: FactOf<'function'>,
  roleFact: Fact<Role | null>,
): Fact<RolePolicies> =>
  andThen(all(functionFact, roleFact), ([configuration, role]) =>
    // Keyed by the ARN that the function names, which AWS may spell otherwise than the role itself does.
    role === null
      ? moot('the execution role is gone: see access.trust')
      : known(policiesOfRole(snapshot, configuration?.Role ?? role.Arn, role)),
  );

/** Every policy of a role that was read under this ARN. A part that could not be read is named, never left out. */
export function policiesOfRole(snapshot: Snapshot, roleArn: string, role: Role): RolePolicies {
  const unreadable: RolePolicies['unreadable'] = [];
  const identity: RolePolicies['identity'] = [];
  const note = (what: 'identity' | 'boundary', failure: ReadFailure) => void unreadable.push({ what, failure });

  const names = lookup(snapshot.inlinePolicyNames, roleArn, iam('ListRolePolicies'));
  if (!isOk(names)) note('identity', names);
  else
    for (const name of names.value) {
      const document = lookup(snapshot.inlinePolicies, `${roleArn}#${name}`, iam('GetRolePolicy'));
      if (isOk(document)) identity.push({ name, kind: 'inline', arn: null, document: document.value });
      else note('identity', document);
    }

  const attached = lookup(snapshot.attachedPolicies, roleArn, iam('ListAttachedRolePolicies'));
  if (!isOk(attached)) note('identity', attached);
  else
    for (const { PolicyArn: arn, PolicyName: name } of attached.value) {
      const document = lookup(snapshot.managedPolicies, arn, iam('GetPolicyVersion'));
      if (isOk(document))
        identity.push({
          name: name ?? arn.slice(arn.lastIndexOf('/') + 1),
          kind: 'managed',
          arn,
          document: document.value,
        });
      else note('identity', document);
    }

  const boundaryArn = role.PermissionsBoundary?.PermissionsBoundaryArn;
  let boundary: RolePolicies['boundary'] = null;
  if (boundaryArn !== undefined) {
    const document = lookup(snapshot.managedPolicies, boundaryArn, iam('GetPolicyVersion'));
    if (isOk(document)) boundary = { arn: boundaryArn, document: document.value };
    else note('boundary', document);
  }
  return { roleArn, role, identity, boundary, unreadable };
}
