import { textState } from '../../catalogue/text-state.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, undecided } from '../define.js';
import type { Fix } from '../../fixes/fix.js';
import { nearNames } from '../../text/similar-names.js';
import { namesOf, topicNamed } from '../../subject/topic-index.js';

interface Evidence {
  cluster: string;
  topic: string;
  similar: string[];
  /** Copies that a new topic can have: as many as brokers, three at most. */
  replicas: number;
  /** Of a topic that is there. */
  partitions?: number;
}

export default defineCheck({
  id: 'cluster.topic',
  title: 'The topic does not exist',
  severity: 'error',
  stage: 'authorization',
  indicator: 'ListTopics does not show the mapping’s topic',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html'],
  needs: ['eventSource', 'topic', 'topics', 'observedError', 'mapping'],
  mayUse: ['cluster'],
  restsOn: ['cluster.state'],
  judge({ eventSource, topic, topics, observedError, mapping, cluster }) {
    const present = topicNamed(topics, topic);
    if (present !== undefined && present.PartitionCount !== 0) return pass;
    const evidence = {
      cluster: eventSource.arn,
      topic,
      similar: nearNames(topic, namesOf(topics)),
      replicas: Math.min(3, valueOrNull(cluster)?.brokers || 3),
    };
    if (present !== undefined) return fail<Evidence>({ ...evidence, partitions: 0 });
    // MSK lists only the topics that the caller's own rights let it describe.
    if (topics.length === 0)
      return undecided('MSK lists no topic to your credentials, which may not be allowed to describe any');
    if (observedError === null && textState(mapping.LastProcessingResult) === 'ok')
      return undecided('MSK does not list the topic to your credentials, but the mapping has read from it');
    return fail<Evidence>(evidence);
  },
  describe: ({ cluster, topic, similar, partitions }) => ({
    title: partitions === 0 ? `Topic ${topic} has no partitions` : `Topic ${topic} does not exist in the cluster`,
    evidence: [
      {
        resource: cluster,
        fact: partitions === 0 ? `ListTopics shows ${topic} with 0 partitions` : `ListTopics does not show ${topic}`,
      },
      ...(similar.length === 0
        ? []
        : [{ resource: cluster, fact: `it has topics of a near name: ${similar.join(', ')}` }]),
    ],
  }),
  kind: ({ partitions }) => (partitions === undefined ? 'no-topic' : undefined),
  fixes({ cluster, topic, similar, replicas, partitions }): Fix[] {
    if (partitions === 0) return [{ title: 'Give the topic partitions', safety: 'by-hand', changes: [] }];
    const create: Fix = {
      title: `Create the topic ${topic}`,
      safety: 'care',
      changes: [
        {
          service: 'kafka',
          operation: 'CreateTopic',
          input: { ClusterArn: cluster, TopicName: topic, PartitionCount: 3, ReplicationFactor: replicas },
          undo: null,
        },
      ],
    };
    const rename: Fix = {
      title: `Make a new mapping with the right topic${similar.length === 0 ? '' : ` (${similar[0]!}?)`}: the topic of a mapping cannot be changed`,
      safety: 'by-hand',
      changes: [],
    };
    return similar.length === 0 ? [create, rename] : [rename, create];
  },
});
