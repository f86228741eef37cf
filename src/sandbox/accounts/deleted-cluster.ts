/** A cluster was deleted and created again: the mapping still names the old ARN. */
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, notFound, value, type SandboxAccount } from '../account.js';
import { clusterArn, clusterName, uuid } from '../healthy.js';
import { problem } from './texts.js';

export const newClusterArn = clusterArn.replace(/[^/]+$/, '9f3c1d52-6a7b-4c8d-9e0f-1a2b3c4d5e6f-7');

interface NewCluster {
  name?: string;
  state?: string;
  arn?: string;
}

/** A cluster like the healthy one. */
export function addNewCluster(
  snapshot: Snapshot,
  { name = clusterName, state = 'ACTIVE', arn = newClusterArn }: NewCluster = {},
): void {
  snapshot.clusters[arn] = ok({
    ...structuredClone(value(snapshot.clusters, clusterArn)),
    ClusterArn: arn,
    ClusterName: name,
    State: state,
    CreationTime: '2026-11-19T08:00:00.000Z',
  });
  snapshot.bootstrapBrokers[arn] = structuredClone(snapshot.bootstrapBrokers[clusterArn]!);
  snapshot.topics[arn] = structuredClone(snapshot.topics[clusterArn]!);
}

/** MSK answers no question about it any more. */
export function deleteCluster(snapshot: Snapshot): void {
  snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2');
  snapshot.bootstrapBrokers[clusterArn] = notFound('kafka', 'GetBootstrapBrokers');
  snapshot.topics[clusterArn] = notFound('kafka', 'ListTopics');
}

export const deletedClusterAccounts: readonly SandboxAccount[] = [
  broken(
    'cluster-replaced',
    'The cluster was recreated with the same name; the mapping, disabled by a user, uses the old ARN',
    'cluster.state',
    problem('connection-error'),
    {},
    (snapshot) => {
      addNewCluster(snapshot);
      deleteCluster(snapshot);
      Object.assign(value(snapshot.mappings, uuid), {
        State: 'Disabled',
        StateTransitionReason: 'USER_INITIATED',
        StartingPosition: 'LATEST',
      });
    },
  ),
];
