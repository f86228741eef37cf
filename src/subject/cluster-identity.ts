/** The cluster as policies name it. */
import type { ClusterIdentity } from '../access/needed-calls.js';
import type { VpcConnection } from '../snapshot/resources/index.js';
import type { Fact } from './fact.js';
import type { EventSource } from './facts.js';

/** Behind a VPC connection the cluster's UUID is another one than the connection's; `*` where AWS does not tell it. */
export function clusterIdentityOf(source: EventSource, connection: Fact<VpcConnection | null>): ClusterIdentity {
  const { partition, region, clusterAccount: account, clusterName: name } = source;
  if (source.kind === 'cluster') return { partition, region, account, name, uuid: source.clusterUuid };
  const target = connection.is === 'known' ? connection.value?.TargetClusterArn : undefined;
  return { partition, region, account, name, uuid: target?.split('/')[2] ?? '*' };
}
