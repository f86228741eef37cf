import { meaningOf } from '../../aws/states.js';
import { clusterNameOf } from '../../aws/event-source.js';
import { ownCommand } from '../../fixes/own-command.js';
import { shell } from '../../text/shell.js';
import { manual } from '../support/secret-use.js';
import { defineCheck, fail, pass, undecided, warn } from '../define.js';

interface Evidence {
  cluster: string;
  state: string | null;
  reason: string | null;
  uuid: string;
}

export default defineCheck({
  id: 'cluster.state',
  title: 'The cluster is gone or does not serve',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'DescribeClusterV2 shows another State than ACTIVE, or no cluster',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-cluster-states.html'],
  needs: ['eventSource', 'cluster', 'mapping'],
  judge({ eventSource, cluster, mapping: { UUID: uuid } }) {
    if (cluster === null) return fail<Evidence>({ cluster: eventSource.arn, state: null, reason: null, uuid });
    const evidence: Evidence = {
      cluster: cluster.arn,
      state: cluster.state,
      reason: cluster.raw.StateInfo?.Message ?? null,
      uuid,
    };
    const meaning = meaningOf('cluster', cluster.state);
    if (meaning === 'down') return fail(evidence);
    if (meaning === 'unknown')
      return undecided(`the state ${cluster.state} of the cluster is not known to this version`);
    return meaning === 'limited' ? warn(evidence) : pass;
  },
  describe: ({ cluster, state, reason }) => {
    const name = clusterNameOf(cluster) ?? cluster;
    if (state === null)
      return {
        title: `Cluster ${name} is gone`,
        evidence: [{ resource: cluster, fact: 'MSK answers that there is no such cluster' }],
      };
    return {
      title: `Cluster ${name} is ${state}`,
      evidence: [{ resource: cluster, fact: `its state is ${state}${reason === null ? '' : `: ${reason}`}` }],
    };
  },
  kind: ({ state }) => (state === null ? 'gone' : undefined),
  fixes: ({ cluster, state, uuid }) => {
    const restart = [ownCommand('disable', uuid), ownCommand('enable', uuid)];
    const move = ownCommand('recreate', uuid, '--cluster', 'CLUSTER');
    if (state === null || state === 'DELETING')
      return [
        manual('Recreate the mapping on another cluster: the event source of a mapping cannot be changed', [move]),
      ];
    if (state === 'FAILED')
      return [
        manual('Ask AWS Support about the failed cluster, or create another one and recreate the mapping on it', [
          shell`aws kafka list-cluster-operations-v2 --cluster-arn ${cluster}`,
          move,
        ]),
      ];
    return [manual('Wait until the cluster is ACTIVE; then disable and enable the mapping', restart)];
  },
});
