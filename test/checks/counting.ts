/** A mapping whose own metrics count something. */
import { mappingMetrics, metricKey, type CountedMetric, type MetricGroup } from '../../src/snapshot/metrics.js';
import { ok } from '../../src/snapshot/read.js';
import { capturedAt, denied, uuid } from '../accounts/account.js';
import { all, mapping, type Change } from './judging.js';

/** Values of five minutes each, the newest last; null where CloudWatch has no datapoint. */
export type Values = readonly (number | null)[];

export const every = (count: number | null, periods = 12): Values => Array.from({ length: periods }, () => count);

/** This metric of the mapping, its groups as they are. */
export const counts =
  (name: CountedMetric, values: Values): Change =>
  (snapshot) => {
    const wanted = mappingMetrics(uuid).find((metric) => metric.name === name)!;
    const points = values.flatMap((value, index) =>
      value === null
        ? []
        : [{ value, at: new Date(Date.parse(capturedAt) - (values.length - index) * 300_000).toISOString() }],
    );
    snapshot.metrics[metricKey(wanted)] = ok({
      namespace: wanted.namespace,
      name,
      statistic: wanted.statistic,
      periodSeconds: 300,
      timestamps: points.map(({ at }) => at),
      values: points.map(({ value }) => value),
    });
  };

export const metricsOn = (...Metrics: MetricGroup[]): Change => mapping({ MetricsConfig: { Metrics } });

/** Both groups are on: nothing is counted but what is given, on a mapping that reads and delivers records. */
export const counted = (given: Partial<Record<CountedMetric, Values>>): Change =>
  all(
    metricsOn('EventCount', 'ErrorCount', 'KafkaMetrics'),
    ...mappingMetrics(uuid)
      .filter(({ name }) => name !== 'ProvisionedPollers')
      .map(({ name }) => counts(name as CountedMetric, [])),
    counts('PolledEventCount', every(100)),
    counts('InvokedEventCount', every(100)),
    ...Object.entries(given).map(([name, values]) => counts(name as CountedMetric, values)),
  );

/** The groups are on, and your credentials may not read CloudWatch. */
export const countsDenied: Change = all(metricsOn('EventCount', 'ErrorCount', 'KafkaMetrics'), (snapshot) => {
  for (const metric of mappingMetrics(uuid))
    snapshot.metrics[metricKey(metric)] = denied('cloudwatch', 'GetMetricData');
});
