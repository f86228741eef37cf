import { defineCheck, pass, skip, warn } from '../define.js';

const behind = 1000;

export default defineCheck({
  id: 'lag.consumers',
  title: 'There are as many pollers as partitions, and the group is behind',
  severity: 'warning',
  stage: 'flow',
  needs: ['consumerGroup', 'topic', 'topicPartitions', 'lagMetrics', 'mappingMetrics'],
  judge({ consumerGroup, topic, topicPartitions, lagMetrics, mappingMetrics }) {
    const pollers = mappingMetrics['ProvisionedPollers']?.values.at(-1);
    const lag = lagMetrics.find((metric) => metric.name === 'SumOffsetLag')?.values.at(-1);
    if (pollers === undefined || lag === undefined || topicPartitions === null) return skip('CloudWatch does not show the number of pollers');
    return pollers >= topicPartitions && lag > behind ? warn({ group: consumerGroup.id, topic, pollers, partitions: topicPartitions, lag }) : pass;
  },
  describe: ({ group, topic, pollers, partitions, lag }) => ({
    title: `More pollers cannot help: ${topic} has ${partitions} partitions`,
    evidence: [{ resource: group, fact: `${pollers} pollers read ${partitions} partitions, and the group is ${lag} records behind` }],
  }),
  fixes: () => [{ title: 'Give the topic more partitions, or make the function faster', safety: 'by-hand', changes: [] }],
});
