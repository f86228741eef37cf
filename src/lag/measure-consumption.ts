/** The consumption of a mapping, from the facts that were read. */
import { defaultBatchSize } from '../aws/limits.js';
import { durationMetric, metricKey } from '../snapshot/metrics.js';
import { hasProvisionedPollers } from '../snapshot/provisioned.js';
import { isOk } from '../snapshot/read.js';
import type { Mapping, Metric } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { lagSourcesOf, largestLagOf } from '../subject/lag.js';
import { valueOrNull } from '../subject/fact.js';
import type { Subject } from '../subject/subject.js';
import type { Consumption } from './consumption.js';

const sum = (metric: Metric | undefined): number | null =>
  metric === undefined || metric.values.length === 0 ? null : metric.values.reduce((total, value) => total + value, 0);

export function consumptionOf(
  subject: Subject,
  mapping: Mapping,
  { metrics }: Pick<Snapshot, 'metrics'>,
  lag: Metric | undefined,
): Consumption {
  const byFunction = valueOrNull(subject.functionMetrics) ?? {};
  const ofMapping = valueOrNull(subject.mappingMetrics) ?? {};
  const wanted = durationMetric(mapping.FunctionArn);
  const duration = wanted === null ? undefined : metrics[metricKey(wanted)];
  const durations = duration !== undefined && isOk(duration) ? duration.value.values : [];
  const invocations = sum(byFunction['Invocations']);
  const invoked = sum(ofMapping['InvokedEventCount']);
  return {
    lag: lag?.values ?? [],
    missingPermission:
      subject.functionMetrics.is === 'unread'
        ? (subject.functionMetrics.missing.find(({ outcome }) => outcome === 'denied')?.action ?? null)
        : null,
    largestLag: largestLagOf(lagSourcesOf(subject))?.values.at(-1) ?? null,
    partitions: valueOrNull(subject.topicPartitions),
    provisioned: hasProvisionedPollers(mapping)
      ? {
          pollers: ofMapping['ProvisionedPollers']?.values.at(-1) ?? null,
          maximum: mapping.ProvisionedPollerConfig?.MaximumPollers ?? null,
        }
      : null,
    reservedConcurrency: valueOrNull(subject.reservedConcurrency),
    batchSize: mapping.BatchSize ?? defaultBatchSize,
    duration: durations.length === 0 ? null : durations.reduce((total, value) => total + value, 0) / durations.length,
    invocations,
    errors: sum(byFunction['Errors']),
    throttles: sum(byFunction['Throttles']),
    recordsPerInvocation: invoked === null || invocations === null || invocations === 0 ? null : invoked / invocations,
  };
}
