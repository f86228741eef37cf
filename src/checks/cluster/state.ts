import { meaningOf } from '../../aws/states.js';
import { clusterNameOf } from '../../aws/event-source.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { shell } from '../../text/shell.js';
import { recreateCommand } from '../support/recreate.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, pass, undecided, warn } from '../define.js';
import {
  describeDeleted,
  fixesOfDeleted,
  onAnotherCluster,
  unreadOf,
  type DeletedCluster,
} from './support/deleted-cluster.js';

interface InState {
  cluster: string;
  state: string;
  reason: string | null;
  mapping: Mapping;
  now: Date;
}
type ClusterEvidence = { deleted: DeletedCluster } | InState;

export default defineCheck({
  id: 'cluster.state',
  title: 'The cluster was deleted or accepts no connections',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'DescribeClusterV2 shows a State other than ACTIVE, or no cluster',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html'],
  needs: ['eventSource', 'cluster', 'mapping', 'capturedAt'],
  mayUse: ['sameNameClusters'],
  judge({ eventSource, cluster, mapping, capturedAt: now, sameNameClusters }) {
    if (cluster === null)
      return fail<ClusterEvidence>({ deleted: { arn: eventSource.arn, mapping, now, sameName: sameNameClusters } });
    const meaning = meaningOf('cluster', cluster.state);
    if (meaning === 'up') return pass;
    const evidence: ClusterEvidence = {
      cluster: cluster.arn,
      state: cluster.state,
      reason: cluster.raw.StateInfo?.Message ?? null,
      mapping,
      now,
    };
    if (meaning === 'limited') return warn(evidence);
    if (meaning === 'down') return fail(evidence);
    return undecided(`this version does not know the cluster state ${cluster.state}`);
  },
  describe: (evidence) => {
    if ('deleted' in evidence) return describeDeleted(evidence.deleted);
    const { cluster, state, reason } = evidence;
    const effect = meaningOf('cluster', state) === 'down' ? ' and accepts no connections' : '';
    const fact = reason === null ? `DescribeClusterV2 returns State ${state}` : `StateInfo: ${reason}`;
    return {
      title: `Cluster ${clusterNameOf(cluster) ?? cluster} is ${state}${effect}`,
      evidence: [{ resource: cluster, fact }],
    };
  },
  missing: (evidence) => ('deleted' in evidence ? unreadOf(evidence.deleted) : []),
  kind: (evidence) => ('deleted' in evidence ? 'gone' : undefined),
  fixes: (evidence) => {
    if ('deleted' in evidence) return fixesOfDeleted(evidence.deleted);
    const { cluster, state, mapping, now } = evidence;
    if (state === 'DELETING') return [onAnotherCluster({ mapping, now })];
    if (state === 'FAILED')
      return [
        manual('Ask AWS Support about the failed cluster, or recreate the mapping on another cluster', [
          shell`aws kafka list-cluster-operations-v2 --cluster-arn ${cluster}`,
          recreateCommand(mapping, ['--cluster', 'CLUSTER'], { since: 'now', now }),
        ]),
      ];
    // The pollers of a cluster that accepts connections try again by themselves.
    if (meaningOf('cluster', state) === 'limited')
      return [manual('Wait until the cluster is ACTIVE', [ownCommand('doctor', mapping.UUID)])];
    const restart = ['disable', 'enable'].map((verb) => ownCommand(verb, mapping.UUID));
    return [manual('Wait until the cluster is ACTIVE; then disable and enable the mapping', restart)];
  },
});
