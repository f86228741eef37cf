import { defineCheck, pass, skip, warn } from '../define.js';
import { enoughPoints, lagOf, rises } from './support/lag.js';

export default defineCheck({
  id: 'lag.trend',
  title: 'The consumer group falls behind',
  severity: 'warning',
  stage: 'flow',
  indicator: 'SumOffsetLag of the consumer group rises hour by hour',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html'],
  needs: ['consumerGroup', 'topic', 'functionMetrics'],
  mayUse: ['lagMetrics'],
  judge({ consumerGroup, topic, lagMetrics, functionMetrics }) {
    const lag = lagOf(lagMetrics, functionMetrics);
    if (lag === undefined || lag.values.length < enoughPoints)
      return skip('CloudWatch has too few datapoints of the group’s lag');
    return rises(lag)
      ? warn({ group: consumerGroup.id, topic, metric: lag.name, first: lag.values[0]!, last: lag.values.at(-1)! })
      : pass;
  },
  describe: ({ group, topic, metric, first, last }) => ({
    title: `The consumer group falls behind on ${topic}`,
    evidence: [
      {
        resource: group,
        fact: `${metric} went from ${Math.round(first)} to ${Math.round(last)} records in the last hour`,
      },
    ],
  }),
  fixes: () => [
    {
      title: 'Make the function faster, the batch larger, or give the topic more partitions',
      safety: 'by-hand',
      changes: [],
    },
  ],
});
