import { listTopics } from '../../../../account/queries/clusters.js';
import { renderTopics, type TopicRow } from '../../../../report/topic-text.js';
import { isOk } from '../../../../snapshot/read.js';
import { printAnswer, printUnread } from '../../../print-answer.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import { findTopicCluster, sayUnread } from '../cluster.js';
import type { TopicListOptions } from './options.js';

/** Lists the topics of a cluster. */
export async function run({ args: [name = ''], options, io }: Call<TopicListOptions>): Promise<number> {
  const unread = (clusterArn: string | null) => printUnread(io, options, { clusterArn, topics: null });
  const located = await findTopicCluster(name, options, io);
  if (typeof located === 'number') {
    await unread(null);
    return located;
  }
  const { clients, cluster } = located;
  const read = await listTopics(clients, cluster.ClusterArn);
  if (!isOk(read)) {
    await unread(cluster.ClusterArn);
    return sayUnread(io, `The topics of ${cluster.ClusterName ?? name}`, read);
  }
  const topics = read.value.map((topic): TopicRow => ({
    name: topic.TopicName,
    partitions: topic.PartitionCount ?? null,
    replicationFactor: topic.ReplicationFactor ?? null,
    outOfSyncReplicas: topic.OutOfSyncReplicaCount ?? null,
  }));
  topics.sort((a, b) => (a.name < b.name ? -1 : 1));
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? topics.map((topic) => topic.name).join('\n')
        : renderTopics(topics, cluster.ClusterName ?? cluster.ClusterArn),
    json: () => ({ clusterArn: cluster.ClusterArn, topics }),
  });
  return exitCodes.ok;
}
