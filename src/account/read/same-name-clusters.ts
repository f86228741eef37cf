/** Clusters of the same name as a cluster that no longer exists. */
import { clusterNameOf } from '../../aws/event-source.js';
import { mapRead, type Read } from '../../snapshot/read.js';
import { clusterSchema, type Cluster } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keepList, type Reader } from '../reader.js';

/**
 * Reads nothing for a cluster that exists or could not be read. `listed`: the list of the region, where it was needed
 * anyway. ClusterNameFilter is a prefix (API reference of MSK, ListClustersV2), so that other names come with it.
 */
export async function readSameNameClusters(
  reader: Reader,
  snapshot: Snapshot,
  arn: string,
  listed: Promise<Read<Cluster[]> | null>,
): Promise<void> {
  const name = clusterNameOf(arn);
  if (name === null || snapshot.clusters[arn]?.outcome !== 'not-found') return;
  const list =
    (await listed) ??
    keepList(await reader.pages('kafka', 'ListClustersV2', { ClusterNameFilter: name }), clusterSchema, {
      service: 'kafka',
      operation: 'ListClustersV2',
    });
  snapshot.sameNameClusters[arn] = mapRead(list, (clusters) =>
    clusters.filter((cluster) => clusterNameOf(cluster.ClusterArn) === name && cluster.ClusterArn !== arn),
  );
}
