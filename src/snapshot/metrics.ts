/** The CloudWatch metrics of a mapping, and the key under which a snapshot keeps each. */
import { parseFunctionArn } from '../aws/function-arn.js';
import { hasProvisionedPollers } from './provisioned.js';
import type { Mapping } from './resources/index.js';

export interface WantedMetric {
  namespace: string;
  name: string;
  statistic: 'Sum' | 'Average' | 'Maximum' | 'Minimum';
  /** Dimension name → value, in CloudWatch's spelling. */
  dimensions: Record<string, string>;
}

/** Seconds that a datapoint covers, and seconds of history that are read. */
export const metricPeriodSeconds = 300;
export const metricWindowSeconds = 3600;

/** The key of a metric in `snapshot.metrics`. */
export function metricKey({ namespace, name, statistic, dimensions }: WantedMetric): string {
  let key = `${namespace}|${name}|${statistic}`;
  const names = Object.keys(dimensions);
  for (const dimension of names.length > 1 ? names.toSorted() : names) key += `|${dimension}=${dimensions[dimension]}`;
  return key;
}

const lambda = (
  name: string,
  dimensions: Record<string, string>,
  statistic: WantedMetric['statistic'] = 'Sum',
): WantedMetric => ({
  namespace: 'AWS/Lambda',
  name,
  statistic,
  dimensions,
});
const kafka = (
  name: string,
  dimensions: Record<string, string>,
  statistic: WantedMetric['statistic'] = 'Average',
): WantedMetric => ({
  namespace: 'AWS/Kafka',
  name,
  statistic,
  dimensions,
});

/** The dimensions of a function, or of its alias or version. */
export const functionDimensions = (name: string, qualifier: string | null): Record<string, string> =>
  qualifier === null ? { FunctionName: name } : { FunctionName: name, Resource: `${name}:${qualifier}` };

/** Invocations, errors, throttles of a function; of its alias or version where the mapping calls one. */
export function functionMetrics(name: string, qualifier: string | null): WantedMetric[] {
  const dimensions = functionDimensions(name, qualifier);
  return [
    ...['Invocations', 'Errors', 'Throttles'].map((metric) => lambda(metric, dimensions)),
    lambda('OffsetLag', dimensions, 'Maximum'),
  ];
}

/** The duration of a function's invocations; null without a function. */
export function durationMetric(functionArn: string | undefined): WantedMetric | null {
  const { name, qualifier } = parseFunctionArn(functionArn) ?? { name: null, qualifier: null };
  return name === null ? null : lambda('Duration', functionDimensions(name, qualifier), 'Average');
}

/** Groups of a mapping's metrics; MetricsConfig turns each on (API reference: EventSourceMappingMetricsConfig). */
export type MetricGroup = 'EventCount' | 'ErrorCount' | 'KafkaMetrics';

/**
 * The metrics of each group for Kafka sources, on-demand and provisioned (AWS: types of metrics for Lambda
 * functions, event source mapping metrics). Metrics of ErrorCount have datapoints only for times with errors.
 */
export const metricGroups = {
  EventCount: [
    'PolledEventCount',
    'InvokedEventCount',
    'FilteredOutEventCount',
    'FailedInvokeEventCount',
    'DroppedEventCount',
    'OnFailureDestinationDeliveredEventCount',
  ],
  ErrorCount: [
    'PollingErrorCount',
    'InvokeErrorCount',
    'OnFailureDestinationDeliveryErrorCount',
    'SchemaRegistryErrorCount',
    'CommitErrorCount',
  ],
  KafkaMetrics: ['SumOffsetLag', 'MaxOffsetLag'],
} as const satisfies Record<MetricGroup, readonly string[]>;

/** The name of a metric that MetricsConfig turns on. */
export type CountedMetric = (typeof metricGroups)[MetricGroup][number];

/** The only dimension of a mapping's metrics. */
export const mappingDimensions = (uuid: string): Record<string, string> => ({ EventSourceMappingUUID: uuid });

/** Every metric that a mapping can have; `metricsOf` returns those that are on. */
export const mappingMetrics = (uuid: string): WantedMetric[] => {
  const dimensions = mappingDimensions(uuid);
  return [
    ...[...metricGroups.EventCount, ...metricGroups.ErrorCount].map((metric) => lambda(metric, dimensions)),
    ...metricGroups.KafkaMetrics.map((metric) => lambda(metric, dimensions, 'Maximum')),
    lambda('ProvisionedPollers', dimensions, 'Maximum'),
  ];
};

/** The group of a metric; undefined for one that is always on. */
export const groupOfMetric = (name: string): MetricGroup | undefined =>
  (Object.keys(metricGroups) as MetricGroup[]).find((group) =>
    (metricGroups[group] as readonly string[]).includes(name),
  );

/** The metrics that CloudWatch can have for a mapping: those of the groups that are on, and of provisioned mode. */
export const metricsOf = (
  mapping: Pick<Mapping, 'UUID' | 'MetricsConfig' | 'ProvisionedPollerConfig'>,
): WantedMetric[] =>
  mappingMetrics(mapping.UUID).filter(({ name }) => {
    const group = groupOfMetric(name);
    return group === undefined
      ? hasProvisionedPollers(mapping)
      : (mapping.MetricsConfig?.Metrics.includes(group) ?? false);
  });

/**
 * Health of a provisioned cluster: per cluster, and per broker (ids start at 1). MSK has ConnectionCreationRate from
 * monitoring level PER_BROKER.
 */
export const clusterMetrics = (clusterName: string, brokers: number): WantedMetric[] => [
  kafka('OfflinePartitionsCount', { 'Cluster Name': clusterName }, 'Maximum'),
  ...Array.from({ length: brokers }, (_, index) => ({
    'Cluster Name': clusterName,
    'Broker ID': String(index + 1),
  })).flatMap((dimensions) => [
    kafka('KafkaDataLogsDiskUsed', dimensions, 'Maximum'),
    kafka('CpuUser', dimensions),
    kafka('CpuSystem', dimensions),
    kafka('ConnectionCount', dimensions, 'Maximum'),
    kafka('ConnectionCreationRate', dimensions, 'Maximum'),
    kafka('MessagesInPerSec', dimensions),
  ]),
];

/**
 * Lag of a consumer group on a topic, and the production rate of the topic if the cluster's monitoring level
 * includes it.
 */
export const lagMetrics = (clusterName: string, group: string, topic: string, brokers: number): WantedMetric[] => [
  ...['SumOffsetLag', 'MaxOffsetLag', 'EstimatedMaxTimeLag'].map((metric) =>
    kafka(metric, { 'Cluster Name': clusterName, 'Consumer Group': group, Topic: topic }, 'Maximum'),
  ),
  ...Array.from({ length: brokers }, (_, index) => ({
    'Cluster Name': clusterName,
    'Broker ID': String(index + 1),
    Topic: topic,
  })).flatMap((dimensions) => [kafka('MessagesInPerSec', dimensions), kafka('BytesInPerSec', dimensions)]),
];
