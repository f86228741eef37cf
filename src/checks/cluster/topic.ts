import { defineCheck, fail, pass, undecided } from '../define.js';
import { nearNames } from '../near-names.js';

interface Evidence {
  cluster: string;
  topic: string;
  near: string[];
  /** Of a topic that is there. */
  partitions?: number;
}

export default defineCheck({
  id: 'cluster.topic',
  title: 'The topic does not exist',
  severity: 'error',
  stage: 'authorization',
  needs: ['eventSource', 'topic', 'topics', 'observedError', 'mapping'],
  restsOn: ['cluster.state'],
  judge({ eventSource, topic, topics, observedError, mapping }) {
    const found = topics.find((one) => one.TopicName === topic);
    const evidence = { cluster: eventSource.arn, topic, near: nearNames(topic, topics.map((one) => one.TopicName)) };
    if (found?.PartitionCount === 0) return fail<Evidence>({ ...evidence, partitions: 0 });
    if (found !== undefined) return pass;
    // MSK lists only the topics that the caller's own rights let it describe.
    if (topics.length === 0) return undecided('MSK lists no topic to your credentials, which may not be allowed to describe any');
    if (observedError === null && mapping.LastProcessingResult?.trim().toUpperCase() === 'OK')
      return undecided('MSK does not list the topic to your credentials, but the mapping has read from it');
    return fail<Evidence>(evidence);
  },
  describe: ({ cluster, topic, near, partitions }) => ({
    title: partitions === 0 ? `Topic ${topic} has no partitions` : `Topic ${topic} does not exist in the cluster`,
    evidence: [
      { resource: cluster, fact: partitions === 0 ? `ListTopics shows ${topic} with 0 partitions` : `ListTopics does not show ${topic}` },
      ...(near.length === 0 ? [] : [{ resource: cluster, fact: `it has topics of a near name: ${near.join(', ')}` }]),
    ],
  }),
  fixes: ({ cluster, topic, partitions }) =>
    partitions === 0
      ? [{ title: 'Give the topic partitions', safety: 'by-hand', changes: [] }]
      : [
          {
            title: `Create the topic ${topic}`,
            safety: 'care',
            changes: [{ service: 'kafka', operation: 'CreateTopic', input: { ClusterArn: cluster, TopicName: topic, PartitionCount: 3, ReplicationFactor: 3 }, undo: null }],
          },
          { title: 'Or make a new mapping with the right topic: the topic of a mapping cannot be changed', safety: 'by-hand', changes: [] },
        ],
});
