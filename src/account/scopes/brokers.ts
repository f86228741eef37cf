/** Reads only what tells the bootstrap brokers of one mapping, or of a mapping that a cluster could have. */
import { TargetNotFound } from '../../errors.js';
import { isEventSourceArn } from '../../aws/event-source.js';
import { clusterSchema, type Mapping } from '../../snapshot/resources/index.js';
import { isOk, type ReadFailure } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { troubleOf, type ReadResult } from './account.js';
import { readEventSource } from '../read/kafka.js';
import { keepList, Reader } from '../reader.js';
import { resolveTargets } from '../targets.js';

const noUuid = '00000000-0000-0000-0000-000000000000';
export const isWithoutMapping = (uuid: string): boolean => uuid === noUuid;

/** Stands for a mapping that is not made. */
export const mappingWithoutSecret = (eventSourceArn: string): Mapping => ({
  UUID: noUuid,
  EventSourceArn: eventSourceArn,
  Topics: [],
  SourceAccessConfigurations: [],
  FunctionResponseTypes: [],
});

/** `target`: a mapping's UUID, or a cluster's name or ARN. Throws `TargetNotFound`. */
export async function readBrokers(request: {
  clients: Clients;
  target: string;
  tool: Snapshot['tool'];
  now: Date;
}): Promise<ReadResult> {
  const { clients, target, tool, now } = request;
  const snapshot = await beginSnapshot(clients, { tool, now });
  const reader = new Reader(clients);
  const mapping = isMappingName(target)
    ? await readNamed(reader, snapshot, target)
    : await ofCluster(reader, snapshot, target);
  if (mapping !== null) {
    snapshot.mappings[mapping.UUID] = { outcome: 'ok', value: mapping };
    snapshot.targets = [mapping.UUID];
    await readEventSource(reader, snapshot, mapping).all;
  }
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}

const isMappingName = (target: string): boolean =>
  /(^|:event-source-mapping:)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(target);

async function readNamed(reader: Reader, snapshot: Snapshot, target: string): Promise<Mapping | null> {
  snapshot.targets = await resolveTargets(reader, snapshot, [target]);
  const read = snapshot.mappings[snapshot.targets[0] ?? ''];
  return read !== undefined && isOk(read) ? read.value : null;
}

/** A cluster that cannot be looked up keeps its place, as unread. */
async function ofCluster(reader: Reader, snapshot: Snapshot, target: string): Promise<Mapping | null> {
  const arn = await clusterArnOf(reader, target, snapshot.region);
  if (typeof arn === 'string') return mappingWithoutSecret(arn);
  snapshot.mappings[target] = { ...arn, resource: target };
  snapshot.targets = [target];
  return null;
}

/** The ARN of the cluster that a name or an ARN means; null where there is none, or it cannot be looked up. */
export async function findCluster(clients: Clients, target: string): Promise<string | null> {
  try {
    const arn = await clusterArnOf(new Reader(clients), target, await clients.region());
    return typeof arn === 'string' ? arn : null;
  } catch (error) {
    if (error instanceof TargetNotFound) return null;
    throw error;
  }
}

async function clusterArnOf(reader: Reader, target: string, region: string): Promise<string | ReadFailure> {
  if (isEventSourceArn(target)) return target;
  if (target.startsWith('arn:'))
    throw new TargetNotFound(`“${target}” is the ARN of neither a cluster of Amazon MSK nor a VPC connection.`);
  const about = { service: 'kafka', operation: 'ListClustersV2' };
  const pages = await reader.pages('kafka', about.operation, {});
  const clusters = keepList(pages, clusterSchema, about);
  if (!isOk(clusters)) return clusters;
  const found = clusters.value.filter(({ ClusterName }) => ClusterName === target);
  if (found.length === 1) return found[0]!.ClusterArn;
  const names = clusters.value.flatMap(({ ClusterName }) => ClusterName ?? []);
  const near = names.filter((name) => name.includes(target) || target.includes(name));
  throw new TargetNotFound(
    `There is no cluster “${target}” in ${region}.`,
    [...new Set([...near, ...names])].slice(0, 8),
  );
}
