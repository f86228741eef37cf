/** How far a consumer group is behind, from the metrics that show it. */
import type { Metric } from '../snapshot/resources/index.js';
import { valueOrNull, type Fact } from './fact.js';
import type { MeasuredMetric } from './facts/metrics.js';
import type { Subject } from './subject.js';

/** Fewer records of lag do not matter. */
export const worthwhileLag = 1000;
/** From this share of the total lag, a single partition is responsible for it. */
export const oneSidedShare = 0.8;
/** From this share of BatchSize on, batches are full. */
export const fullBatchShare = 0.9;
/** Five-minute datapoints that make a trend. */
export const enoughPoints = 4;

/** The metric that measures the lag of a group. */
export interface LagSources {
  /** The brokers' metrics of the group; MSK Serverless and another account's cluster have none here. */
  broker: Fact<MeasuredMetric[]>;
  /** The mapping's own metric, if its MetricsConfig has KafkaMetrics. */
  mapping: Record<string, Metric>;
  /** The function's OffsetLag, over all mappings that call it. */
  byFunction: Record<string, Metric>;
}

/** Of a mapping, where metrics that were not read are none. */
export const lagSourcesOf = ({ lagMetrics, mappingMetrics, functionMetrics }: Subject): LagSources => ({
  broker: lagMetrics,
  mapping: valueOrNull(mappingMetrics) ?? {},
  byFunction: valueOrNull(functionMetrics) ?? {},
});

const shown = (metric: Metric | undefined) => (metric !== undefined && metric.values.length > 0 ? metric : undefined);

const ofBrokers = (broker: Fact<MeasuredMetric[]>, wanted: string): Metric | undefined =>
  shown(broker.is === 'known' ? broker.value.find(({ name }) => name === wanted) : undefined);

/** The group's lag on the topic, from the most precise metric with datapoints; undefined where none has. */
export const lagOf = ({ broker, mapping, byFunction }: LagSources): Metric | undefined =>
  ofBrokers(broker, 'SumOffsetLag') ?? shown(mapping['SumOffsetLag']) ?? shown(byFunction['OffsetLag']);

/** The lag of the partition that is furthest behind, from the metric that `lagOf` uses. */
export const largestLagOf = ({ broker, mapping }: LagSources): Metric | undefined =>
  ofBrokers(broker, 'SumOffsetLag') === undefined
    ? shown(mapping['SumOffsetLag'] === undefined ? undefined : mapping['MaxOffsetLag'])
    : ofBrokers(broker, 'MaxOffsetLag');

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Lag that rose and still rises: its last third is above twice its first, and near the maximum. A burst that is
 * being processed is not.
 */
export function rises({ values }: Metric): boolean {
  if (values.length < enoughPoints) return false;
  const third = Math.floor(values.length / 3);
  const [first, last] = [mean(values.slice(0, third)), mean(values.slice(-third))];
  return last > worthwhileLag && last > 2 * first && values.at(-1)! >= 0.9 * Math.max(...values);
}

/** Lag that stays: never small during the hour, and not shrinking. */
export function stays({ values }: Metric): boolean {
  if (values.length < enoughPoints) return false;
  return Math.min(...values) > worthwhileLag && values.at(-1)! >= 0.9 * values[0]!;
}
