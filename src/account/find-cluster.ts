/** Finds a cluster by its name or ARN. */
import { isEventSourceArn } from '../aws/event-source.js';
import { TargetNotFound } from '../errors.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import { clusterSchema, type Cluster } from '../snapshot/resources/index.js';
import type { Clients } from './clients.js';
import { keepList, Reader } from './reader.js';

/** The most candidates that a message names. */
const mostCandidates = 8;

/**
 * The ARN of the only cluster with this name; null where there is none. Throws `TargetNotFound` where several have
 * it: MSK's API does not make names unique.
 */
export function arnOfNamed(clusters: readonly Cluster[], name: string): string | null {
  const named = clusters.filter((cluster) => cluster.ClusterName === name).map((cluster) => cluster.ClusterArn);
  if (named.length > 1) throw new TargetNotFound(`Several clusters have the name ${name}.`, named);
  return named[0] ?? null;
}

/**
 * The ARN of a cluster by name. The ARN of a cluster or VPC connection is returned as it is. A failure where
 * clusters cannot be listed. Throws `TargetNotFound`.
 */
export async function findClusterArn(reader: Reader, target: string, region: string): Promise<string | ReadFailure> {
  if (isEventSourceArn(target)) return target;
  if (target.startsWith('arn:'))
    throw new TargetNotFound(`“${target}” is not the ARN of an MSK cluster or VPC connection.`);
  const list = { service: 'kafka', operation: 'ListClustersV2' };
  const clusters = keepList(await reader.pages('kafka', list.operation, {}), clusterSchema, list);
  if (!isOk(clusters)) return clusters;
  const arn = arnOfNamed(clusters.value, target);
  if (arn !== null) return arn;
  const names = clusters.value.flatMap(({ ClusterName }) => ClusterName ?? []);
  const near = names.filter((name) => name.includes(target) || target.includes(name));
  throw new TargetNotFound(
    `MSK cluster not found in ${region}: “${target}”.`,
    [...new Set([...near, ...names])].slice(0, mostCandidates),
  );
}

/** The same, without a snapshot; null where there is no such cluster, or clusters cannot be listed. */
export async function findCluster(clients: Clients, target: string): Promise<string | null> {
  try {
    const arn = await findClusterArn(new Reader(clients), target, await clients.region());
    return typeof arn === 'string' ? arn : null;
  } catch (error) {
    if (error instanceof TargetNotFound) return null;
    throw error;
  }
}
