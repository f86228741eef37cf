/** CloudWatch metrics of the last hour that were read. Unread where none was. */
import { parseFunctionArn } from '../../aws/function-arn.js';
import {
  clusterMetrics,
  functionMetrics,
  groupOfMetric,
  lagMetrics,
  mappingDimensions,
  mappingMetrics,
  metricKey,
  metricsOf,
  type WantedMetric,
} from '../../snapshot/metrics.js';
import { hasProvisionedPollers } from '../../snapshot/provisioned.js';
import { isOk, lookup, type ReadFailure } from '../../snapshot/read.js';
import type { Metric } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { ClusterView } from '../cluster-view.js';
import {
  all,
  andThen,
  known,
  mapFact,
  notApplicable,
  unread,
  type Derivations,
  type Fact,
  type FactsOf,
} from '../fact.js';
import type { ClusterFacts } from './cluster.js';
import type { MappingFacts } from './mapping.js';

/** A metric with its CloudWatch dimensions (`Broker ID`, `Topic`). */
export type MeasuredMetric = Metric & { dimensions: Record<string, string> };

/** A metric without datapoints has empty values. */
export interface MetricFacts {
  /** By name, for the alias or version that the mapping calls. */
  functionMetrics: Record<string, Metric>;
  /** By name, without those that the mapping's MetricsConfig turns off. */
  mappingMetrics: Record<string, Metric>;
  /**
   * All of `clusterMetrics` in snapshot/metrics.ts that were read. Not applicable for Serverless and for another
   * account's cluster.
   */
  clusterMetrics: MeasuredMetric[];
  /** All of `lagMetrics` in snapshot/metrics.ts that were read. Not applicable where `clusterMetrics` is not. */
  lagMetrics: MeasuredMetric[];
}

/** The same object for all mappings whose metrics are off. */
const noMetrics = known<Record<string, Metric>>({});

export const metricFacts = (snapshot: Snapshot): Derivations<MetricFacts, MappingFacts & ClusterFacts> => {
  const read = reader(snapshot);
  const isMeasured = measuredMappings(snapshot);
  return {
    functionMetrics: ({ mapping }) =>
      andThen(mapping, ({ FunctionArn: arn }) => {
        if (arn === undefined) return notApplicable('the mapping has no function');
        const { name, qualifier } = parseFunctionArn(arn) ?? { name: arn, qualifier: null };
        return byName(read(functionMetrics(name, qualifier)));
      }),
    mappingMetrics: ({ mapping }) =>
      andThen(mapping, (value) => {
        if (value.MetricsConfig === undefined && !hasProvisionedPollers(value) && !isMeasured(value.UUID))
          return noMetrics;
        const on = new Set(metricsOf(value).map(({ name }) => name));
        // A metric that is off is not read, unless it was on when the snapshot was taken.
        const wanted = mappingMetrics(value.UUID).filter(
          (metric) => on.has(metric.name) || snapshot.metrics[metricKey(metric)] !== undefined,
        );
        if (wanted.length === 0) return noMetrics;
        const metrics = byName(read(wanted));
        // If no group is on, nothing is counted, so no permission to read metrics is missing.
        return metrics.is === 'unread' && wanted.every(({ name }) => groupOfMetric(name) === undefined)
          ? noMetrics
          : metrics;
      }),
    clusterMetrics: (facts) =>
      andThen(measuredCluster(facts), ({ name, brokers }) => read(clusterMetrics(name, brokers))),
    lagMetrics: (facts) =>
      andThen(all(measuredCluster(facts), facts.consumerGroup, facts.topic), ([{ name, brokers }, { id }, topic]) =>
        read(lagMetrics(name, id, topic, brokers)),
      ),
  };
};

/** Which mappings have a metric in the snapshot. The keys are read once: most mappings have none. */
function measuredMappings({ metrics }: Snapshot): (uuid: string) => boolean {
  let measured: Set<string> | undefined;
  const ofMapping = metricKey({ namespace: '', name: '', statistic: 'Sum', dimensions: mappingDimensions('') });
  const dimension = ofMapping.slice(ofMapping.lastIndexOf('|'));
  return (uuid) => {
    measured ??= new Set(
      Object.keys(metrics).flatMap((key) => {
        const at = key.indexOf(dimension);
        return at < 0 ? [] : [key.slice(at + dimension.length)];
      }),
    );
    return measured.has(uuid);
  };
}

/** Reads metrics of the snapshot. The same failure is the same fact for all mappings. */
function reader(snapshot: Snapshot): (wanted: readonly WantedMetric[]) => Fact<MeasuredMetric[]> {
  const failures = new Map<string, Fact<never>>();
  const unreadFor = (failure: ReadFailure): Fact<never> => {
    const cause = { ...failure, resource: undefined };
    const key = JSON.stringify(cause);
    const fact = failures.get(key) ?? unread(cause);
    failures.set(key, fact);
    return fact;
  };
  /** Of metrics that were not asked for. */
  let notAsked: Fact<never> | undefined;
  return (wanted) => {
    const metrics: MeasuredMetric[] = [];
    let failure: ReadFailure | 'not asked' | undefined;
    for (const metric of wanted) {
      const key = metricKey(metric);
      const read = Object.hasOwn(snapshot.metrics, key) ? snapshot.metrics[key] : undefined;
      if (read === undefined) failure ??= 'not asked';
      else if (isOk(read)) metrics.push({ ...read.value, dimensions: metric.dimensions });
      else failure ??= read;
    }
    if (metrics.length > 0 || failure === undefined) return known(metrics);
    if (failure !== 'not asked') return unreadFor(failure);
    return (notAsked ??= unreadFor(notPartOf(metricKey(wanted[0]!))));
  };
}

const notPartOf = (key: string): ReadFailure =>
  lookup<never>({}, key, { service: 'cloudwatch', operation: 'GetMetricData' }) as ReadFailure;

const byName = (metrics: Fact<MeasuredMetric[]>): Fact<Record<string, Metric>> =>
  mapFact(metrics, (list) => Object.fromEntries(list.map((metric) => [metric.name, metric])));

/**
 * The cluster, if this account can see its broker metrics: CloudWatch stores them in the account of the cluster's
 * owner.
 */
const measuredCluster = ({ eventSource, cluster }: FactsOf<MappingFacts & ClusterFacts>): Fact<ClusterView> =>
  andThen(all(eventSource, cluster), ([{ kind }, view]) => {
    if (kind === 'vpc-connection') return notApplicable('the metrics of a cluster in another account cannot be read');
    if (view === null) return notApplicable('the cluster does not exist: see cluster.state');
    return view.type === 'serverless' ? notApplicable('MSK Serverless has no broker metrics') : known(view);
  });
