/**
 * The policies of an organization (SCPs and RCPs) that apply to an account. Most callers may not read them; then it
 * costs one call.
 */
import { accountOf } from '../../aws/arn.js';
import * as z from 'zod/mini';
import { isOk, mapRead, ok, type Read, type ReadFailure } from '../../snapshot/read.js';
import type { OrganizationPolicies } from '../../snapshot/resources/index.js';
import { policyText } from '../../snapshot/resources/shape.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { keep, keepList, member, Reader } from '../reader.js';

/** An organization has at most five levels of units. Stops an endpoint that always gives another parent. */
const mostLevels = 10;

const callOf = (operation: string, resource: string) => ({ service: 'organizations', operation, resource });
const parentSchema = z.object({ Id: z.string(), Type: z.optional(z.string()) });
const attachedSchema = z.object({
  Id: z.string(),
  Name: z.optional(z.string()),
  Arn: z.optional(z.string()),
  AwsManaged: z.optional(z.boolean()),
});
type Attached = z.infer<typeof attachedSchema>;
type Level = { target: string; policies: Attached[] };

/** Puts the policies into the snapshot: each kind completely, or as a failed read. AWS errors are never thrown. */
export async function readOrganization(clients: Clients, snapshot: Snapshot, account: string): Promise<void> {
  const reader = new Reader(clients);
  const targets = await chainOf(reader, account);
  const kinds = [
    ['serviceControlPolicies', 'SERVICE_CONTROL_POLICY'],
    ['resourceControlPolicies', 'RESOURCE_CONTROL_POLICY'],
  ] as const;
  await Promise.all(
    kinds.map(async ([collection, filter]) => {
      snapshot[collection][account] = isOk(targets) ? await readKind(reader, targets.value, filter, account) : targets;
    }),
  );
  snapshot.reads = [...snapshot.reads, ...reader.records()];
}

/** The units from the root to the account. */
async function chainOf(reader: Reader, account: string): Promise<Read<string[]>> {
  const chain = [account];
  while (chain.length <= mostLevels) {
    const child = chain[0]!;
    const parents = keepList(
      await reader.pages('organizations', 'ListParents', { ChildId: child }, { resource: child }),
      parentSchema,
      callOf('ListParents', child),
    );
    if (!isOk(parents)) return parents;
    const [parent] = parents.value;
    if (parent === undefined || chain.includes(parent.Id)) break;
    chain.unshift(parent.Id);
    if (parent.Type === 'ROOT' || parent.Id.startsWith('r-')) break;
  }
  return ok(chain);
}

async function readKind(
  reader: Reader,
  targets: readonly string[],
  Filter: string,
  account: string,
): Promise<Read<OrganizationPolicies>> {
  const levels = await Promise.all(
    targets.map(async (target): Promise<Level | ReadFailure> => {
      const pages = await reader.pages(
        'organizations',
        'ListPoliciesForTarget',
        { TargetId: target, Filter },
        { resource: target },
      );
      const attached = keepList(pages, attachedSchema, callOf('ListPoliciesForTarget', target));
      return isOk(attached) ? { target, policies: attached.value } : attached;
    }),
  );
  const failed = levels.find((level) => 'outcome' in level);
  if (failed !== undefined) return failed;
  const readLevels = levels as Level[];
  // Neither kind applies to the management account (Organizations user guide). The ARNs of the policies contain its
  // id.
  const owners = readLevels.flatMap(({ policies }) => policies.map(({ Arn: arn }) => accountOf(arn)));
  // A policy type that is not enabled is attached nowhere; where it is enabled, every level has a policy.
  if (owners.includes(account) || readLevels.some(({ policies }) => policies.length === 0)) return ok({ levels: [] });
  return readDocuments(reader, readLevels);
}

async function readDocuments(reader: Reader, levels: readonly Level[]): Promise<Read<OrganizationPolicies>> {
  const ids = [...new Set(levels.flatMap(({ policies }) => policies.map(({ Id: id }) => id)))];
  const documents = new Map<string, string>();
  let failed: ReadFailure | undefined;
  await Promise.all(
    ids.map(async (PolicyId) => {
      const read = await reader.call('organizations', 'DescribePolicy', { PolicyId }, PolicyId);
      const policy = mapRead(
        keep(member(read, 'Policy'), z.object({ Content: policyText }), callOf('DescribePolicy', PolicyId)),
        ({ Content }) => Content,
      );
      if (isOk(policy)) documents.set(PolicyId, policy.value);
      else failed ??= policy;
    }),
  );
  if (failed !== undefined) return failed;
  return ok({
    levels: levels.map(({ target, policies }) => ({
      target,
      policies: policies.map(({ Id: id, Name: name }) => ({
        id,
        ...(name === undefined ? {} : { name }),
        document: documents.get(id)!,
      })),
    })),
  });
}
