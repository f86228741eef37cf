/** For mappings on self-managed Kafka: which MSK clusters of the account their bootstrap servers may belong to. */
import { bootstrapServersOf, hostOf, isMskHost, mayBeOfCluster } from '../../aws/self-managed.js';
import { isServerlessId } from '../../aws/event-source.js';
import { isOk, ok } from '../../snapshot/read.js';
import { clusterSchema, type Cluster, type Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keepList, type Reader } from '../reader.js';
import { readBootstrap } from './kafka.js';

/**
 * Reads nothing for mappings without MSK host names. Otherwise lists the region's clusters, and reads the brokers of
 * those that match.
 */
export async function readClustersOfSelfManaged(
  reader: Reader,
  snapshot: Snapshot,
  mappings: readonly Mapping[],
): Promise<void> {
  const onMsk = mappings
    .map((mapping) => ({ uuid: mapping.UUID, hosts: bootstrapServersOf(mapping).map(hostOf).filter(isMskHost) }))
    .filter(({ hosts }) => hosts.length > 0);
  if (onMsk.length === 0) return;
  const pages = await reader.pages('kafka', 'ListClustersV2', {});
  const list = keepList(pages, clusterSchema, { service: 'kafka', operation: 'ListClustersV2' });
  const wanted = new Map<string, Cluster>();
  for (const { uuid, hosts } of onMsk) {
    const candidates = isOk(list) ? list.value.filter((cluster) => mayOwn(cluster, hosts)) : [];
    snapshot.selfManagedClusters[uuid] = isOk(list) ? ok(candidates.map(({ ClusterArn }) => ClusterArn)) : list;
    for (const cluster of candidates) wanted.set(cluster.ClusterArn, cluster);
  }
  await Promise.all(
    [...wanted].map(async ([arn, cluster]) => {
      if ((cluster.Provisioned ?? cluster.Serverless) !== undefined) snapshot.clusters[arn] ??= ok(cluster);
      await readBootstrap(reader, snapshot, arn);
    }),
  );
}

const mayOwn = ({ ClusterArn: arn, ClusterName: name = '' }: Cluster, hosts: readonly string[]): boolean =>
  hosts.some((host) => mayBeOfCluster(host, name) && host.includes('.kafka-serverless.') === isServerlessId(arn));
