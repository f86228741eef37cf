import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { lagOf, rises, stays } from './support/lag.js';

export default defineCheck({
  id: 'lag.consumers',
  title: 'There are as many pollers as partitions, and the group is behind',
  severity: 'warning',
  stage: 'flow',
  indicator: 'ProvisionedPollers is at the number of partitions, and the lag stays',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html',
  ],
  needs: ['consumerGroup', 'topic', 'functionMetrics', 'mappingMetrics'],
  mayUse: ['topicPartitions', 'lagMetrics'],
  judge({ consumerGroup, topic, topicPartitions, lagMetrics, functionMetrics, mappingMetrics }) {
    // On-demand mappings do not show how many pollers they have.
    const pollers = mappingMetrics['ProvisionedPollers']?.values.at(-1);
    const lag = lagOf({ broker: lagMetrics, mapping: mappingMetrics, byFunction: functionMetrics });
    const partitions = valueOrNull(topicPartitions);
    if (pollers === undefined || lag === undefined || partitions === null)
      return skip('the number of pollers, the lag or the partitions are not shown');
    return pollers >= partitions && (stays(lag) || rises(lag))
      ? warn({ group: consumerGroup.id, topic, pollers, partitions, lag: lag.values.at(-1)! })
      : pass;
  },
  describe: ({ group, topic, pollers, partitions, lag }) => ({
    title: `More pollers cannot help: ${topic} has ${partitions} partitions`,
    evidence: [
      {
        resource: group,
        fact: `${pollers} pollers read ${partitions} partitions, and the group is ${Math.round(lag)} records behind`,
      },
    ],
  }),
  fixes: () => [
    { title: 'Give the topic more partitions, or make the function faster', safety: 'by-hand', changes: [] },
  ],
});
