/** Reads what a template references and does not create, and the mappings that it changes. */
import { isCluster } from '../../aws/event-source.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { lookUpTags } from '../queries/mappings.js';
import { readClusterPolicy } from '../read/kafka.js';
import { listMappings } from '../read/lambda.js';
import { readNetwork } from '../read/network.js';
import { readManagedPolicy } from '../read/role.js';
import { readRoles } from '../read/roles.js';
import { readKey } from '../read/secret.js';
import { Reader } from '../reader.js';
import { readAll, readIdentity, troubleOf, type ReadResult } from './account.js';
import { beginSnapshot } from './begin-snapshot.js';

/** Tags of a mapping by its UUID; a mapping whose tags could not be read is absent. */
export type TagsByMapping = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** What exists outside a template, by id or ARN. */
export interface References {
  /** Mappings as far as their members name resources that exist; the others are empty. */
  mappings: readonly Mapping[];
  roleArns: readonly string[];
  policyArns: readonly string[];
  keyIds: readonly string[];
  subnetIds: readonly string[];
  vpcIds: readonly string[];
}

export interface ReferencedRequest {
  clients: Clients;
  references: References;
  /** Whether the tags of mappings tell which of them the template changes. */
  needsTags: boolean;
  /** Those of the account’s mappings that the template changes. */
  changed(existing: readonly Mapping[], tags: TagsByMapping): readonly Mapping[];
  secretValues: boolean;
  tool: Snapshot['tool'];
  now: Date;
}

/** With more mappings, their tags are not read: each needs a call. */
const mostTagged = 200;

/** AWS errors are recorded, never thrown. Without any reference, only the caller and the list of mappings are read. */
export async function readReferenced({
  clients,
  references,
  needsTags,
  changed,
  secretValues,
  tool,
  now,
}: ReferencedRequest): Promise<ReadResult & { tags: TagsByMapping }> {
  const snapshot = await beginSnapshot(clients, { tool, now });
  const reader = new Reader(clients);
  const { mappings, roleArns, policyArns, keyIds, subnetIds, vpcIds } = references;
  const listed = Promise.all([readIdentity(reader, snapshot), listMappings(reader, snapshot, {}, '*')]);
  const around = readAll(reader, snapshot, mappings, secretValues, null);
  await Promise.all([
    around,
    readRoles(reader, snapshot, roleArns),
    readNetwork(reader, snapshot, subnetIds, vpcIds),
    ...policyArns.map((arn) => readManagedPolicy(reader, snapshot, arn)),
    ...keyIds.map((id) => reader.once(`key ${id}`, () => readKey(reader, snapshot, id))),
    // A new role may have its rights from the policy of a cluster that exists.
    ...mappings.map(({ EventSourceArn: arn, SourceAccessConfigurations: access }) =>
      isCluster(arn ?? '') && access.length === 0 ? readClusterPolicy(reader, snapshot, arn!) : undefined,
    ),
  ]);
  await listed;
  const existing = Object.values(snapshot.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));
  const tags = needsTags && existing.length <= mostTagged ? await tagsOf(clients, existing) : new Map();
  await readAll(reader, snapshot, changed(existing, tags), secretValues, null);
  snapshot.reads = reader.records();
  return { snapshot, tags, trouble: troubleOf(reader, snapshot) };
}

async function tagsOf(clients: Clients, mappings: readonly Mapping[]): Promise<TagsByMapping> {
  const reads = await Promise.all(
    mappings.map(async ({ UUID: uuid, EventSourceMappingArn: arn }) => ({
      uuid,
      read: arn === undefined ? null : await lookUpTags(clients, arn),
    })),
  );
  return new Map(reads.flatMap(({ uuid, read }) => (read !== null && isOk(read) ? [[uuid, read.value]] : [])));
}
