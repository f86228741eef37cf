/** Changes to a role's policies. */
import { lastSegment } from '../aws/arn.js';
import { awsManagedPolicy } from '../aws/managed-policies.js';
import { ok } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { need, refusal, type Replays } from './replays.js';

export const iam: Replays = {
  PutRolePolicy: (snapshot, { RoleName: role, PolicyName: name, PolicyDocument: document }) => {
    const arn = roleArn(snapshot, role);
    const names = need(snapshot.inlinePolicyNames, arn, noSuchEntity);
    if (!names.includes(name)) names.push(name);
    snapshot.inlinePolicies[`${arn}#${name}`] = ok(document);
  },
  DeleteRolePolicy: (snapshot, { RoleName: role, PolicyName: name }) => {
    const arn = roleArn(snapshot, role);
    snapshot.inlinePolicyNames[arn] = ok(
      need(snapshot.inlinePolicyNames, arn, noSuchEntity).filter((policyName) => policyName !== name),
    );
    delete snapshot.inlinePolicies[`${arn}#${name}`];
  },
  AttachRolePolicy: (snapshot, { RoleName: role, PolicyArn: policy }) => {
    const attached = need(snapshot.attachedPolicies, roleArn(snapshot, role), noSuchEntity);
    if (!attached.some(({ PolicyArn }) => PolicyArn === policy))
      attached.push({ PolicyName: lastSegment(policy), PolicyArn: policy });
    snapshot.managedPolicies[policy] ??= ok(managedPolicy(policy));
  },
  DetachRolePolicy: (snapshot, { RoleName: role, PolicyArn: policy }) => {
    const arn = roleArn(snapshot, role);
    snapshot.attachedPolicies[arn] = ok(
      need(snapshot.attachedPolicies, arn, noSuchEntity).filter(({ PolicyArn }) => PolicyArn !== policy),
    );
  },
  UpdateAssumeRolePolicy: (snapshot, { RoleName: role, PolicyDocument: document }) => {
    need(snapshot.roles, roleArn(snapshot, role), noSuchEntity).AssumeRolePolicyDocument = document;
  },
  CreatePolicyVersion: (snapshot, { PolicyArn: arn, PolicyDocument: document, SetAsDefault: standing }) => {
    need(snapshot.managedPolicies, arn, noSuchEntity);
    if (standing === true) snapshot.managedPolicies[arn] = ok(document);
  },
  DeleteRolePermissionsBoundary: (snapshot, { RoleName: role }) => {
    delete need(snapshot.roles, roleArn(snapshot, role), noSuchEntity).PermissionsBoundary;
  },
};

const noSuchEntity = 'NoSuchEntityException';

function roleArn(snapshot: Snapshot, name: string): string {
  // Not Object.keys, which looks at every member: of a draft, that takes long.
  const arn = Reflect.ownKeys(snapshot.roles).find((key): key is string => String(key).endsWith(`/${name}`));
  if (arn === undefined) throw refusal(noSuchEntity, `The role with name ${name} cannot be found.`, 404);
  return arn;
}

function managedPolicy(arn: string): string {
  const document = awsManagedPolicy(arn);
  if (document === undefined) throw refusal(noSuchEntity, `Policy ${arn} does not exist or is not attachable.`, 404);
  return document;
}
