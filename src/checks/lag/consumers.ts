import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { shell } from '../../text/shell.js';
import { quantity } from '../support/counted.js';
import { manual } from '../support/secret-use.js';
import { fasterFunction } from './support/fixes.js';
import { lagOf, rises, stays } from '../../subject/lag.js';

export default defineCheck({
  id: 'lag.consumers',
  title: 'There are as many event pollers as partitions, but the consumer group still lags',
  severity: 'warning',
  stage: 'flow',
  indicator: 'ProvisionedPollers equals the number of partitions, and the lag does not shrink',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
  ],
  needs: ['mapping', 'eventSource', 'consumerGroup', 'topic', 'functionMetrics', 'mappingMetrics'],
  mayUse: ['topicPartitions', 'lagMetrics'],
  judge({ mapping, eventSource, consumerGroup, topic, topicPartitions, lagMetrics, functionMetrics, mappingMetrics }) {
    // On-demand mappings do not show how many pollers they have.
    const pollers = mappingMetrics['ProvisionedPollers']?.values.at(-1);
    const lag = lagOf({ broker: lagMetrics, mapping: mappingMetrics, byFunction: functionMetrics });
    const partitions = valueOrNull(topicPartitions);
    if (pollers === undefined || lag === undefined || partitions === null)
      return skip('CloudWatch or MSK does not show the number of pollers, the lag or the partitions');
    return pollers >= partitions && (stays(lag) || rises(lag))
      ? warn({
          group: consumerGroup.id,
          topic,
          pollers,
          partitions,
          lag: lag.values.at(-1)!,
          mapping,
          cluster: eventSource.arn,
        })
      : pass;
  },
  describe: ({ group, topic, pollers, partitions, lag }) => ({
    title: `${topic} has only ${quantity(partitions, 'partition')} for ${quantity(pollers, 'event poller')}, and the lag does not shrink`,
    evidence: [
      {
        resource: group,
        fact: `lag: ${quantity(lag, 'record')}; more event pollers than partitions have no effect`,
      },
    ],
  }),
  fixes: ({ cluster, topic, partitions, mapping }) => [
    manual('Add partitions to the topic (changes the partition of a record’s key)', [
      shell`aws kafka update-topic --cluster-arn ${cluster} --topic-name ${topic} --partition-count ${partitions * 2}`,
    ]),
    fasterFunction(mapping),
  ],
});
