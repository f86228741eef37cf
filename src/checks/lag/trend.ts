import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { ownCommand } from '../../fixes/own-command.js';
import { quantity } from '../support/counted.js';
import { manual } from '../support/secret-use.js';
import { failedRecord, fasterFunction } from './support/fixes.js';
import { enoughPoints, lagOf, largestLagOf, oneSidedShare, rises } from '../../subject/lag.js';

export default defineCheck({
  id: 'lag.trend',
  title: 'The consumer group falls behind',
  severity: 'warning',
  stage: 'flow',
  indicator: 'SumOffsetLag of the consumer group or of the mapping rises',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
  ],
  needs: ['mapping', 'consumerGroup', 'topic', 'functionMetrics', 'mappingMetrics'],
  mayUse: ['lagMetrics', 'topicPartitions'],
  judge({ mapping, consumerGroup, topic, topicPartitions, lagMetrics, functionMetrics, mappingMetrics }) {
    const sources = { broker: lagMetrics, mapping: mappingMetrics, byFunction: functionMetrics };
    const lag = lagOf(sources);
    if (lag === undefined || lag.values.length < enoughPoints)
      return skip(
        'CloudWatch has too few datapoints of the consumer group’s lag; KafkaMetrics in the mapping’s MetricsConfig adds them',
      );
    if (!rises(lag)) return pass;
    const last = lag.values.at(-1)!;
    const largest = (valueOrNull(topicPartitions) ?? 0) > 1 ? largestLagOf(sources)?.values.at(-1) : undefined;
    return warn({
      mapping,
      group: consumerGroup.id,
      topic,
      metric: lag.name,
      first: lag.values[0]!,
      last,
      partition: largest !== undefined && largest >= oneSidedShare * last ? largest : null,
    });
  },
  describe: ({ group, topic, metric, first, last, partition }) => ({
    title: `The consumer group falls behind on topic ${topic}: ${quantity(last, 'record')} of lag, rising`,
    evidence: [
      {
        resource: group,
        fact: `${metric} rose from ${Math.round(first)} to ${Math.round(last)} records in the last hour`,
      },
      ...(partition === null
        ? []
        : [
            {
              resource: topic,
              fact: `MaxOffsetLag is ${Math.round(partition)}: one partition has most of the lag (a record that always fails, or a hot key)`,
            },
          ]),
    ],
  }),
  fixes: ({ mapping, partition }) => [
    ...(partition === null ? [] : [manual('Find the record that always fails, or the hot key', failedRecord(mapping))]),
    fasterFunction(mapping),
    manual('Increase the batch size, or add partitions to the topic', [
      ownCommand('update', mapping.UUID, '--batch-size', 'NUMBER'),
      ownCommand('inspect', mapping.UUID),
    ]),
  ],
});
