/** The plan that creates a topic. */
import { createTopicCall, type WantedTopic } from '../mapping/topic.js';
import { plannedCall } from './calls.js';
import { planOf, type Plan, type TopicStep } from './plan.js';

/** It has no undo: deleting a topic deletes its records. `waits`: until it is ACTIVE. */
export function planTopic(clusterArn: string, topic: WantedTopic, { waits }: { waits: boolean }): Plan<TopicStep> {
  const { name } = topic;
  const call = plannedCall(
    createTopicCall(clusterArn, topic),
    'create the topic',
    { rule: 'topic-once', waitIfThere: waits },
    {
      progress: 'Creating the topic',
      interrupted: {
        during: `The call to create the topic ${name} was sent, its result is unknown. Run the same command again: it finds the topic if it exists.`,
        after: [`The topic ${name} is being created. \`msk-lambda topic list\` shows it after about a minute.`],
        replaces: false,
      },
    },
  );
  return planOf({
    kind: 'topic',
    clusterArn,
    topic,
    calls: [call],
    onlyAfterSuccess: false,
    wait: waits ? { until: 'topic-active', clusterArn, name, progress: 'Creating the topic' } : null,
  });
}
