/** Accounts whose metrics show lost or late records, and accounts whose metrics only look unusual. */
import { functionNameOf } from '../../aws/function-arn.js';
import {
  clusterMetrics,
  durationMetric,
  functionMetrics,
  mappingMetrics,
  metricKey,
  metricPeriodSeconds,
  type CountedMetric,
  type WantedMetric,
} from '../../snapshot/metrics.js';
import { ok } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { atRisk, broken, healthy, value, type SandboxAccount } from '../account.js';
import { account, clusterArn, clusterName, region, roleArn, topic, uuid } from '../healthy.js';
import { problem } from './texts.js';

/** The five-minute periods of the hour that a snapshot holds. */
const periods = 12;
const every = (count: number): number[] => Array.from({ length: periods }, () => count);
/** Periods without a datapoint. */
const none = (length: number): null[] => Array.from({ length }, () => null);
/** Values of consecutive periods, newest last; null where CloudWatch has no datapoint. */
type Values = readonly (number | null)[];

/** Gives a metric its values. */
function measure(snapshot: Snapshot, wanted: WantedMetric, values: Values): void {
  const { namespace, name, statistic } = wanted;
  const end = Date.parse(snapshot.capturedAt);
  const at = (index: number) => new Date(end - (values.length - index) * metricPeriodSeconds * 1000).toISOString();
  const points = values.flatMap((count, index) => (count === null ? [] : [{ count, at: at(index) }]));
  snapshot.metrics[metricKey(wanted)] = ok({
    namespace,
    name,
    statistic,
    periodSeconds: metricPeriodSeconds,
    timestamps: points.map((point) => point.at),
    values: points.map(({ count }) => count),
  });
}

/** A mapping whose metrics are on, with these values. It polls and invokes all the time. */
const counting =
  (counts: Partial<Record<CountedMetric, Values>>, settings: Partial<Mapping> = {}) =>
  (snapshot: Snapshot): void => {
    Object.assign(value(snapshot.mappings, uuid), {
      MetricsConfig: { Metrics: ['EventCount', 'ErrorCount'] },
      ...settings,
    });
    const all = { PolledEventCount: every(120), InvokedEventCount: every(120), ...counts };
    for (const [name, values] of Object.entries(all))
      measure(
        snapshot,
        mappingMetrics(uuid).find((metric) => metric.name === name)!,
        values,
      );
  };

const queueArn = `arn:aws:sqs:${region}:${account}:orders-failed`;
const toQueue: Partial<Mapping> = { DestinationConfig: { OnFailure: { Destination: queueArn } } };
/** The queue exists, and the role may send to it. */
function addQueue(snapshot: Snapshot): void {
  snapshot.destinations[queueArn] = ok({ arn: queueArn, kind: 'sqs', region });
  const name = 'failed-records';
  snapshot.inlinePolicyNames[roleArn] = ok([...value(snapshot.inlinePolicyNames, roleArn), name]);
  snapshot.inlinePolicies[`${roleArn}#${name}`] = ok(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn }],
    }),
  );
}
const filter: Partial<Mapping> = { FilterCriteria: { Filters: [{ Pattern: '{"value":{"type":["ORDER"]}}' }] } };

/** Brokers of the smallest type, with this many new connections per second. */
const smallBrokers =
  (rates: Values) =>
  (snapshot: Snapshot): void => {
    const provisioned = value(snapshot.clusters, clusterArn).Provisioned!;
    provisioned.EnhancedMonitoring = 'PER_BROKER';
    provisioned.BrokerNodeGroupInfo!.InstanceType = 'kafka.t3.small';
    for (const metric of clusterMetrics(clusterName, 3)) {
      if (metric.name === 'ConnectionCreationRate') measure(snapshot, metric, rates);
      if (metric.name === 'ConnectionCount') measure(snapshot, metric, every(40));
    }
  };

/** Lag that rises all hour on each of three partitions, with full batches that take four seconds. */
const fallingBehind = (snapshot: Snapshot): void => {
  const rising = Array.from({ length: periods }, (_, index) => 3000 + 4500 * index);
  counting(
    {
      SumOffsetLag: rising,
      MaxOffsetLag: rising.map((lag) => Math.round(lag * 0.36)),
      InvokedEventCount: every(5000),
      PolledEventCount: every(5000),
    },
    { MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] } },
  )(snapshot);
  const { FunctionArn: arn } = value(snapshot.mappings, uuid);
  const [invocations, errors, throttles] = functionMetrics(functionNameOf(arn)!, null);
  measure(snapshot, invocations!, every(50));
  measure(snapshot, errors!, every(0));
  measure(snapshot, throttles!, every(0));
  measure(snapshot, durationMetric(arn)!, every(4000));
};

/** Every call fails: the batch with one record is delivered again and again. */
const failingCalls = (snapshot: Snapshot): void => {
  value(snapshot.topics, clusterArn).find(({ TopicName: name }) => name === topic)!.PartitionCount = 3;
  const [invocations, errors, throttles] = functionMetrics(
    functionNameOf(value(snapshot.mappings, uuid).FunctionArn)!,
    null,
  );
  measure(snapshot, invocations!, every(10));
  measure(snapshot, errors!, every(10));
  measure(snapshot, throttles!, every(0));
};

/** The producer of this record used a serializer with a schema registry: a zero byte and the schema’s number come first. */
const notJson = Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), Buffer.from('\u000eo-1131\u0002', 'latin1')]);

export const recordAccounts: readonly SandboxAccount[] = [
  broken(
    'poison-pill',
    'The function fails on one record that is not JSON, in partition 1 at offset 13',
    'function.errors',
    problem('function-call-failed'),
    {},
    failingCalls,
    {
      kafka: {
        records: { [topic]: { 1: { 13: { key: 'o-1131', value: notJson } } } },
        committed: { [topic]: { 1: 10 } },
      },
    },
  ),
  atRisk(
    'falls-behind',
    'The lag grows: every batch is full, and the function takes four seconds for it',
    ['lag.trend'],
    {},
    fallingBehind,
  ),
  atRisk(
    'records-dropped',
    'Lambda discards records after two retries, and the mapping has no on-failure destination',
    ['records.dropped'],
    { provisioned: true },
    counting({ DroppedEventCount: every(4) }, { MaximumRetryAttempts: 2 }),
  ),
  atRisk(
    'records-filtered',
    'The filter matches ORDER and removes every record',
    ['records.filtered'],
    {},
    counting({ FilteredOutEventCount: every(120), InvokedEventCount: [] }, filter),
  ),
  atRisk(
    'records-undelivered',
    'Lambda cannot send failed records to the on-failure queue',
    ['records.dropped', 'records.undelivered'],
    { provisioned: true, wayOut: 'nat' },
    (snapshot) => {
      addQueue(snapshot);
      counting(
        { DroppedEventCount: every(6), OnFailureDestinationDeliveryErrorCount: every(1) },
        { ...toQueue, MaximumRetryAttempts: 3 },
      )(snapshot);
    },
  ),
  broken(
    'polls-fail',
    'No poll has succeeded for half an hour, but Lambda still shows OK',
    'records.polling',
    null,
    {},
    counting({
      PolledEventCount: [...every(120).slice(6), ...none(6)],
      InvokedEventCount: [],
      PollingErrorCount: [30, 30, 31, 30, 29, 30],
    }),
  ),
  atRisk(
    'commits-fail',
    'Offsets are not committed, so records are delivered again',
    ['records.polling'],
    {},
    counting({ CommitErrorCount: every(2) }),
  ),
  atRisk(
    'partial-failures',
    'The function reports a part of its records as failed, which its own metrics do not show',
    ['function.errors'],
    { provisioned: true },
    counting({ FailedInvokeEventCount: every(30) }, { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  ),
  atRisk(
    'too-many-connections',
    'Clients open more IAM connections per second than kafka.t3.small brokers accept',
    ['cluster.health'],
    {},
    smallBrokers(every(6)),
  ),
  healthy(
    'filter-of-rare-records',
    'The filter removes nearly every record, as it should',
    {},
    counting({ FilteredOutEventCount: every(118), InvokedEventCount: every(2) }, filter),
  ),
  healthy(
    'brokers-restarted',
    'Polls and commits failed for some minutes while the brokers restarted, and work again',
    {},
    counting({ PollingErrorCount: [12, 9, ...none(8)], CommitErrorCount: [3, ...none(8)] }),
  ),
  atRisk(
    'destination-was-late',
    'The on-failure queue accepted the failed records, but not on the first attempt',
    ['records.dropped'],
    { provisioned: true, wayOut: 'nat' },
    (snapshot) => {
      addQueue(snapshot);
      counting(
        {
          DroppedEventCount: every(0),
          OnFailureDestinationDeliveryErrorCount: [1, ...none(8)],
          OnFailureDestinationDeliveredEventCount: [3, ...none(7)],
        },
        { ...toQueue, MaximumRetryAttempts: 3 },
      )(snapshot);
    },
  ),
  healthy(
    'polls-without-records',
    'Every poll comes back without records, which is counted as 0',
    {},
    counting({ PolledEventCount: every(0), InvokedEventCount: [] }),
  ),
  healthy(
    'one-peak-of-connections',
    'Clients of kafka.t3.small brokers reconnected at the same time, once',
    {},
    smallBrokers([1, 1, 7, 1, 1, 1, 1, 1]),
  ),
];
