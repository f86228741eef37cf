/** Many roles from the pages of one list, instead of three or more reads for each. */
import * as z from 'zod/mini';
import { isOk, ok } from '../../snapshot/read.js';
import { attachedPolicySchema, roleSchema } from '../../snapshot/resources/index.js';
import { policyText } from '../../snapshot/resources/shape.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keepList, type Reader } from '../reader.js';
import { decodeDocument, decodeTrust, readManagedPolicy, readRole } from './role.js';

/** With this many roles, listing the account costs less than reading each. */
export const manyRoles = 3;

const operation = 'GetAccountAuthorizationDetails';
const call = { service: 'iam', operation };
const detailsSchema = z.extend(roleSchema, {
  RolePolicyList: z._default(z.array(z.object({ PolicyName: z.string(), PolicyDocument: policyText })), []),
  AttachedManagedPolicies: z._default(z.array(attachedPolicySchema), []),
});
const policySchema = z.object({
  Arn: z.string(),
  DefaultVersionId: z.optional(z.string()),
  PolicyVersionList: z._default(
    z.array(
      z.object({
        VersionId: z.optional(z.string()),
        IsDefaultVersion: z.optional(z.boolean()),
        Document: z.optional(policyText),
      }),
    ),
    [],
  ),
});

/**
 * Roles with all their policies. Read one by one where they are few, where the list is refused, or where it lacks
 * one.
 */
export async function readRoles(reader: Reader, snapshot: Snapshot, roleArns: readonly string[]): Promise<void> {
  const wanted = new Set(roleArns);
  if (wanted.size >= manyRoles) await readAtOnce(reader, snapshot, wanted);
  await Promise.all(
    [...wanted].filter((arn) => snapshot.roles[arn] === undefined).map((arn) => readRole(reader, snapshot, arn)),
  );
}

async function readAtOnce(reader: Reader, snapshot: Snapshot, wanted: ReadonlySet<string>): Promise<void> {
  const input = { Filter: ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'], MaxItems: 1000 };
  const list = (items: string) => reader.pages('iam', operation, input, { items });
  const roles = keepList(await list('RoleDetailList'), detailsSchema, call);
  // The same pages, this time for their other list; no call is made twice.
  const policies = keepList(await list('Policies'), policySchema, call);
  if (!isOk(roles) || !isOk(policies)) return;
  const documents = new Map(policies.value.map((policy) => [policy.Arn, defaultDocument(policy)]));
  const managed = new Set<string>();
  for (const { RolePolicyList: inline, AttachedManagedPolicies: attached, ...role } of roles.value.filter(({ Arn }) =>
    wanted.has(Arn),
  )) {
    const arn = role.Arn;
    snapshot.roles[arn] = ok(decodeTrust(role));
    snapshot.inlinePolicyNames[arn] = ok(inline.map((policy) => policy.PolicyName));
    for (const policy of inline)
      snapshot.inlinePolicies[`${arn}#${policy.PolicyName}`] = ok(decodeDocument(policy.PolicyDocument));
    snapshot.attachedPolicies[arn] = ok(attached);
    const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
    for (const policy of [...attached.map((policy) => policy.PolicyArn), ...(boundary === undefined ? [] : [boundary])])
      managed.add(policy);
  }
  const readOne = async (arn: string) => {
    const document = documents.get(arn);
    if (document === undefined) await readManagedPolicy(reader, snapshot, arn);
    else snapshot.managedPolicies[arn] = ok(decodeDocument(document));
  };
  await Promise.all([...managed].map(readOne));
}

const defaultDocument = (policy: z.infer<typeof policySchema>): string | undefined =>
  policy.PolicyVersionList.find((version) => version.IsDefaultVersion ?? version.VersionId === policy.DefaultVersionId)
    ?.Document;
