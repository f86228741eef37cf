import * as z from 'zod/mini';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import { attachedPolicySchema, roleSchema } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, member, type Reader } from '../reader.js';

const iam = (operation: string, resource: string) => ({ service: 'iam', operation, resource });
const marker: { token: [string, string] } = { token: ['Marker', 'Marker'] };

/** IAM gives policy documents URL-encoded; one that is not is taken as it is. */
function decode(document: unknown): string {
  const text = typeof document === 'string' ? document : '';
  try {
    return text.trimStart().startsWith('{') ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}
const documentOf = (read: Read<Record<string, unknown>>, name: string) => mapRead(member(read, name), decode);

/** The execution role with its trust policy, and every identity policy and boundary it has. */
export async function readRole(reader: Reader, snapshot: Snapshot, roleArn: string): Promise<void> {
  // A path is part of the ARN, not of the name that IAM's operations take.
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  await Promise.all([readItself(), readInline(), readAttached()]);

  async function readItself() {
    const read = keep(member(await reader.call('iam', 'GetRole', { RoleName }, roleArn), 'Role'), roleSchema, iam('GetRole', roleArn));
    snapshot.roles[roleArn] = mapRead(read, (role) => ({ ...role, AssumeRolePolicyDocument: decode(role.AssumeRolePolicyDocument) }));
    const boundary = isOk(read) ? read.value.PermissionsBoundary?.PermissionsBoundaryArn : undefined;
    if (boundary !== undefined) await readManaged(reader, snapshot, boundary);
  }

  async function readInline() {
    const names = keepList(
      await reader.pages('iam', 'ListRolePolicies', { RoleName }, { items: 'PolicyNames', ...marker, resource: roleArn }),
      z.string(),
      iam('ListRolePolicies', roleArn),
    );
    snapshot.inlinePolicyNames[roleArn] = names;
    if (!isOk(names)) return;
    await Promise.all(
      names.value.map(async (PolicyName) => {
        const read = await reader.call('iam', 'GetRolePolicy', { RoleName, PolicyName }, roleArn);
        snapshot.inlinePolicies[`${roleArn}#${PolicyName}`] = documentOf(read, 'PolicyDocument');
      }),
    );
  }

  async function readAttached() {
    const attached = keepList(
      await reader.pages('iam', 'ListAttachedRolePolicies', { RoleName }, { items: 'AttachedPolicies', ...marker, resource: roleArn }),
      attachedPolicySchema,
      iam('ListAttachedRolePolicies', roleArn),
    );
    snapshot.attachedPolicies[roleArn] = attached;
    if (isOk(attached)) await Promise.all(attached.value.map(({ PolicyArn }) => readManaged(reader, snapshot, PolicyArn)));
  }
}

/** A managed policy's document in its default version. */
async function readManaged(reader: Reader, snapshot: Snapshot, PolicyArn: string): Promise<void> {
  const policy = await reader.call('iam', 'GetPolicy', { PolicyArn }, PolicyArn);
  if (!isOk(policy)) {
    snapshot.managedPolicies[PolicyArn] = policy;
    return;
  }
  const VersionId = (policy.value['Policy'] as { DefaultVersionId?: string } | undefined)?.DefaultVersionId ?? 'v1';
  const version = await reader.call('iam', 'GetPolicyVersion', { PolicyArn, VersionId }, PolicyArn);
  snapshot.managedPolicies[PolicyArn] = mapRead(version, (output) => decode((output['PolicyVersion'] as { Document?: string } | undefined)?.Document));
}
