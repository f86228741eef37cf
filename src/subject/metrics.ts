/** Metrics as facts: those that were read. Where none was, the fact is unread. */
import { isOk, lookup, type ReadFailure } from '../snapshot/read.js';
import {
  clusterMetrics,
  functionMetrics,
  lagMetrics,
  mappingMetrics,
  metricKey,
  type WantedMetric,
} from '../snapshot/metrics.js';
import type { Metric } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { all, known, mapFact, moot, andThen, unread, type Fact } from './fact.js';
import type { FactOf, MeasuredMetric } from './facts.js';

function found(snapshot: Snapshot, wanted: readonly WantedMetric[]): Fact<MeasuredMetric[]> {
  const reads = wanted.map((metric) => ({
    metric,
    read: lookup(snapshot.metrics, metricKey(metric), { service: 'cloudwatch', operation: 'GetMetricData' }),
  }));
  const metrics = reads.flatMap(({ metric, read }) =>
    isOk(read) ? [{ ...read.value, dimensions: metric.dimensions }] : [],
  );
  const failure = reads.map(({ read }) => read).find((read): read is ReadFailure => !isOk(read));
  return metrics.length === 0 && failure !== undefined ? unread({ ...failure, resource: undefined }) : known(metrics);
}

const byName = (metrics: Fact<MeasuredMetric[]>): Fact<Record<string, Metric>> =>
  mapFact(metrics, (list) => Object.fromEntries(list.map((metric) => [metric.name, metric])));

/** Of the very alias or version that the mapping calls. */
export function functionMetricsOf(snapshot: Snapshot, functionArn: string): FactOf<'functionMetrics'> {
  const [name, qualifier] = functionArn.split(':').slice(6);
  return byName(found(snapshot, functionMetrics(name ?? functionArn, qualifier ?? null)));
}

export const mappingMetricsOf = (snapshot: Snapshot, uuid: string): FactOf<'mappingMetrics'> =>
  byName(found(snapshot, mappingMetrics(uuid)));

/** CloudWatch keeps a cluster's metrics in its owner's account. */
const provisioned = (eventSource: FactOf<'eventSource'>, cluster: FactOf<'cluster'>) =>
  andThen(all(eventSource, cluster), ([{ kind }, view]) => {
    if (kind === 'vpc-connection') return moot('the metrics of another account’s cluster are not shown to this one');
    if (view === null) return moot('the cluster is gone: see cluster.state');
    return view.type === 'serverless' ? moot('MSK Serverless shows no broker metrics') : known(view);
  });

export const clusterMetricsOf = (
  snapshot: Snapshot,
  eventSource: FactOf<'eventSource'>,
  cluster: FactOf<'cluster'>,
): FactOf<'clusterMetrics'> =>
  andThen(provisioned(eventSource, cluster), (view) => found(snapshot, clusterMetrics(view.name, view.brokers)));

export const lagMetricsOf = (
  snapshot: Snapshot,
  eventSource: FactOf<'eventSource'>,
  cluster: FactOf<'cluster'>,
  group: FactOf<'consumerGroup'>,
  topic: FactOf<'topic'>,
): FactOf<'lagMetrics'> =>
  andThen(all(provisioned(eventSource, cluster), group, topic), ([view, { id }, name]) =>
    found(snapshot, lagMetrics(view.name, id, name, view.brokers)),
  );
