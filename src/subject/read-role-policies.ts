/** A role's policies, each as far as it was read. */
import { lastSegment } from '../aws/arn.js';
import type { RolePolicies } from '../access/role-policies.js';
import { isOk, lookup, type ReadFailure } from '../snapshot/read.js';
import type { Role } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';

const iam = (operation: string) => ({ service: 'iam', operation });

/** Every policy of a role that was read under this ARN. An unread part is named, never left out. */
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
          name: name ?? lastSegment(arn),
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
