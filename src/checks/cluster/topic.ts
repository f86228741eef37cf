import { clusterNameOf } from '../../aws/event-source.js';
import { textState } from '../../catalogue/text-state.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, undecided } from '../define.js';
import { fixTopic, type MissingTopic } from './support/topic-fixes.js';
import { nearNames } from '../../text/similar-names.js';
import { namesOf, topicNamed } from '../../subject/topic-index.js';

export default defineCheck({
  id: 'cluster.topic',
  title: 'The topic does not exist',
  severity: 'error',
  stage: 'authorization',
  indicator: 'ListTopics does not show the mapping’s topic',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html'],
  needs: ['eventSource', 'topic', 'topics', 'observedError', 'mapping', 'capturedAt'],
  mayUse: ['cluster'],
  restsOn: ['cluster.state'],
  judge({ eventSource, topic, topics, observedError, mapping, cluster, capturedAt: now }) {
    const present = topicNamed(topics, topic);
    if (present !== undefined && present.PartitionCount !== 0) return pass;
    const evidence = {
      cluster: eventSource.arn,
      topic,
      similar: nearNames(topic, namesOf(topics)),
      replicas: Math.min(3, valueOrNull(cluster)?.brokers || 3),
      mapping,
      now,
    };
    if (present !== undefined) return fail<MissingTopic>({ ...evidence, partitions: 0 });
    // MSK lists only the topics that the caller's permissions allow it to describe.
    if (topics.length === 0)
      return undecided('MSK lists no topics to your credentials; they may lack permission to describe topics');
    if (observedError === null && textState(mapping.LastProcessingResult) === 'ok')
      return undecided('MSK does not list the topic to your credentials, but the mapping reads from it');
    return fail<MissingTopic>(evidence);
  },
  describe: ({ cluster, topic, similar, partitions }: MissingTopic) => ({
    title:
      partitions === 0
        ? `Topic ${topic} has no partitions`
        : `Topic ${topic} does not exist in ${clusterNameOf(cluster) ?? 'the cluster'}${similar.length === 0 ? '' : `; a similar topic exists: ${similar[0]}`}`,
    evidence: [
      {
        resource: cluster,
        fact:
          partitions === 0 ? `ListTopics returns ${topic} with 0 partitions` : `ListTopics does not return ${topic}`,
      },
      ...(similar.length < 2 ? [] : [{ resource: cluster, fact: `similar topics: ${similar.join(', ')}` }]),
    ],
  }),
  kind: ({ partitions }) => (partitions === undefined ? 'no-topic' : undefined),
  fixes: fixTopic,
});
