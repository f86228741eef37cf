import { lastSegment } from '../../aws/arn.js';
import * as z from 'zod/mini';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import { attachedPolicySchema, roleSchema, type Role } from '../../snapshot/resources/index.js';
import { policyText } from '../../snapshot/resources/shape.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, member, type Reader } from '../reader.js';

const iam = (operation: string, resource: string) => ({ service: 'iam', operation, resource });
/**
 * IAM returns policy documents URL-encoded, with a plus sign as %2B. A literal plus is therefore a space, as in HTML
 * forms. A document that is not encoded is taken as it is.
 */
export function decodeDocument(text: string): string {
  try {
    return text.trimStart().startsWith('{') ? text : decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

export const decodeTrust = (role: Role): Role =>
  role.AssumeRolePolicyDocument === undefined
    ? role
    : { ...role, AssumeRolePolicyDocument: decodeDocument(role.AssumeRolePolicyDocument) };

/** The execution role with its trust policy, all identity policies and its permissions boundary. */
export const readRole = (reader: Reader, snapshot: Snapshot, roleArn: string): Promise<void> =>
  reader.once(`role ${roleArn}`, async () => {
    // A path is part of the ARN, but not of the name that IAM's operations take.
    const RoleName = lastSegment(roleArn);
    await Promise.all([
      readItself(reader, snapshot, roleArn, RoleName),
      readInline(reader, snapshot, roleArn, RoleName),
      readAttached(reader, snapshot, roleArn, RoleName),
    ]);
  });

async function readItself(reader: Reader, snapshot: Snapshot, roleArn: string, RoleName: string): Promise<void> {
  const answer = await reader.call('iam', 'GetRole', { RoleName }, roleArn);
  const read = keep(member(answer, 'Role'), roleSchema, iam('GetRole', roleArn));
  snapshot.roles[roleArn] = mapRead(read, decodeTrust);
  const boundary = isOk(read) ? read.value.PermissionsBoundary?.PermissionsBoundaryArn : undefined;
  if (boundary !== undefined) await readManagedPolicy(reader, snapshot, boundary);
}

async function readInline(reader: Reader, snapshot: Snapshot, roleArn: string, RoleName: string): Promise<void> {
  const pages = await reader.pages('iam', 'ListRolePolicies', { RoleName }, { resource: roleArn });
  const names = keepList(pages, z.string(), iam('ListRolePolicies', roleArn));
  snapshot.inlinePolicyNames[roleArn] = names;
  if (!isOk(names)) return;
  await Promise.all(
    names.value.map(async (PolicyName) => {
      const answer = await reader.call('iam', 'GetRolePolicy', { RoleName, PolicyName }, roleArn);
      snapshot.inlinePolicies[`${roleArn}#${PolicyName}`] = documentOf(
        member(answer, 'PolicyDocument'),
        iam('GetRolePolicy', roleArn),
      );
    }),
  );
}

async function readAttached(reader: Reader, snapshot: Snapshot, roleArn: string, RoleName: string): Promise<void> {
  const pages = await reader.pages('iam', 'ListAttachedRolePolicies', { RoleName }, { resource: roleArn });
  const attached = keepList(pages, attachedPolicySchema, iam('ListAttachedRolePolicies', roleArn));
  snapshot.attachedPolicies[roleArn] = attached;
  if (isOk(attached))
    await Promise.all(attached.value.map(({ PolicyArn }) => readManagedPolicy(reader, snapshot, PolicyArn)));
}

/** The document of a managed policy's default version. */
export const readManagedPolicy = (reader: Reader, snapshot: Snapshot, PolicyArn: string): Promise<void> =>
  reader.once(`policy ${PolicyArn}`, async () => {
    const answer = await reader.call('iam', 'GetPolicy', { PolicyArn }, PolicyArn);
    const policy = keep(
      member(answer, 'Policy'),
      z.object({ DefaultVersionId: z.string() }),
      iam('GetPolicy', PolicyArn),
    );
    if (!isOk(policy)) {
      snapshot.managedPolicies[PolicyArn] = policy;
      return;
    }
    const version = await reader.call(
      'iam',
      'GetPolicyVersion',
      { PolicyArn, VersionId: policy.value.DefaultVersionId },
      PolicyArn,
    );
    const call = iam('GetPolicyVersion', PolicyArn);
    const body = keep(member(version, 'PolicyVersion'), z.object({ Document: policyText }), call);
    snapshot.managedPolicies[PolicyArn] = mapRead(body, ({ Document }) => decodeDocument(Document));
  });

const documentOf = (read: Read<unknown>, call: ReturnType<typeof iam>): Read<string> =>
  mapRead(keep(read, policyText, call), decodeDocument);
