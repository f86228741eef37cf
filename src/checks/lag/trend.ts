import type { Metric } from '../../snapshot/resources/index.js';
import { defineCheck, pass, skip, warn } from '../define.js';

/** Datapoints of five minutes that make a trend, and records below which lag is no matter. */
const enough = 6;
const worthwhile = 1000;

/** Lag that rose all along: the last third lies above twice the first. */
function rises(metric: Metric): boolean {
  const third = Math.floor(metric.values.length / 3);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [first, last] = [mean(metric.values.slice(0, third)), mean(metric.values.slice(-third))];
  return last > worthwhile && last > 2 * first;
}

export default defineCheck({
  id: 'lag.trend',
  title: 'The consumer group falls behind',
  severity: 'warning',
  stage: 'flow',
  needs: ['consumerGroup', 'topic', 'lagMetrics'],
  judge({ consumerGroup, topic, lagMetrics }) {
    const lag = lagMetrics.find((metric) => metric.name === 'SumOffsetLag');
    if (lag === undefined || lag.values.length < enough) return skip('CloudWatch has too few datapoints of the group’s lag');
    return rises(lag) ? warn({ group: consumerGroup.id, topic, first: lag.values[0]!, last: lag.values.at(-1)! }) : pass;
  },
  describe: ({ group, topic, first, last }) => ({
    title: `The consumer group falls behind on ${topic}`,
    evidence: [{ resource: group, fact: `SumOffsetLag went from ${first} to ${last} records in the last hour` }],
  }),
  fixes: () => [{ title: 'Make the function faster, the batch larger, or give the topic more partitions', safety: 'by-hand', changes: [] }],
});
