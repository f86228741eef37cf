/** A mapping whose cluster no longer exists: the clusters of the same name that replace it, and how to move the mapping. */
import { meaningOf } from '../../../aws/states.js';
import { clusterNameOf, clusterUuidOf } from '../../../aws/event-source.js';
import type { Fix } from '../../../fixes/fix.js';
import type { ReadFailure } from '../../../snapshot/read.js';
import type { Cluster, Mapping } from '../../../snapshot/resources/index.js';
import type { Subject } from '../../../subject/subject.js';
import { valueOrNull } from '../../../subject/fact.js';
import type { Evidence } from '../../define.js';
import { recreate } from '../../support/recreate.js';

const isDown = (state: string | undefined): boolean => state !== undefined && meaningOf('cluster', state) === 'down';

export interface DeletedCluster {
  arn: string;
  mapping: Mapping;
  now: Date;
  sameName: Subject['sameNameClusters'];
}

/** The event source of an existing mapping was a cluster once; a planned mapping may name a wrong ARN. */
const hasExisted = ({ mapping }: DeletedCluster): boolean => mapping.LastModified !== undefined;

const found = ({ sameName }: DeletedCluster): Cluster[] => valueOrNull(sameName) ?? [];

export const describeDeleted = (deleted: DeletedCluster): { title: string; evidence: Evidence[] } => ({
  title: titleOfDeleted(deleted),
  evidence: evidenceOfDeleted(deleted),
});

function titleOfDeleted(deleted: DeletedCluster): string {
  const name = clusterNameOf(deleted.arn) ?? deleted.arn;
  const clusters = found(deleted);
  if (clusters.length === 0) return `Cluster ${name} ${hasExisted(deleted) ? 'was deleted' : 'does not exist'}`;
  const lost = hasExisted(deleted) ? 'was deleted' : 'does not exist under this ARN';
  const kind = hasExisted(deleted) ? 'new cluster' : 'cluster';
  const [{ State: state } = {}] = clusters;
  return clusters.length === 1
    ? `Cluster ${name} ${lost}; a ${kind} of the same name ${isDown(state) ? `is ${state}` : 'exists'}`
    : `Cluster ${name} ${lost}; ${clusters.length} ${kind}s of the same name exist`;
}

const evidenceOfDeleted = (deleted: DeletedCluster): Evidence[] => [
  { resource: deleted.arn, fact: 'DescribeClusterV2 finds no cluster with this ARN' },
  ...found(deleted).map(({ ClusterArn: resource, State: state, CreationTime: created }) => ({
    resource,
    fact: [
      'has the same name',
      ...(created === undefined ? [] : [`created ${created.slice(0, 'YYYY-MM-DD'.length)}`]),
      ...(state === undefined ? [] : [`state ${state}${isDown(state) ? ' (accepts no connections)' : ''}`]),
    ].join(', '),
  })),
  ...couldNotCheck(deleted),
];

/** Reads that would show whether there is such a cluster. */
export const unreadOf = ({ sameName }: DeletedCluster): readonly ReadFailure[] =>
  sameName.is === 'unread' ? sameName.missing : [];

const couldNotCheck = (deleted: DeletedCluster): Evidence[] =>
  unreadOf(deleted).map(({ outcome, action, error }) => ({
    resource: clusterNameOf(deleted.arn) ?? deleted.arn,
    fact: `could not check whether a new cluster has the same name: ${
      outcome === 'denied' ? `your credentials need ${action}` : `${action}: ${error}`
    }`,
  }));

/**
 * One alternative for each cluster that accepts connections now or soon. The consumer group has no offsets on a new
 * cluster, so a mapping that starts at LATEST reads what the cluster holds.
 */
export function fixesOfDeleted(deleted: DeletedCluster): Fix[] {
  const { mapping, now } = deleted;
  const [ready, creating] = [
    found(deleted).filter(({ State: state }) => !isDown(state)),
    found(deleted).filter(({ State: state }) => state === 'CREATING'),
  ];
  const isOnly = ready.length + creating.length === 1;
  const fixes = [...ready, ...creating].map(({ ClusterArn: arn, State: state, CreationTime: created }) => {
    const target = isOnly ? 'the cluster of the same name' : `the cluster ${clusterUuidOf(arn) ?? arn}`;
    return recreate(
      state === 'CREATING'
        ? `Wait until ${target} is ACTIVE; then recreate the mapping on it`
        : `Recreate the mapping on ${target}: the event source of a mapping cannot be changed`,
      mapping,
      ['--cluster', arn],
      { since: created === undefined ? 'now' : new Date(created), now },
    );
  });
  return fixes.length > 0 ? fixes : [onAnotherCluster(deleted)];
}

/** Only a person knows which cluster. */
export const onAnotherCluster = ({ mapping, now }: Pick<DeletedCluster, 'mapping' | 'now'>): Fix =>
  recreate(
    'Recreate the mapping on another cluster: the event source of a mapping cannot be changed',
    mapping,
    ['--cluster', 'CLUSTER'],
    { since: 'now', now },
  );
