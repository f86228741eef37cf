/** Which CloudWatch metrics tell about a mapping, and under which key a snapshot keeps each. */

export interface WantedMetric {
  namespace: string;
  name: string;
  statistic: 'Sum' | 'Average' | 'Maximum' | 'Minimum';
  /** Dimension name → value, in CloudWatch's spelling. */
  dimensions: Record<string, string>;
}

/** Seconds a datapoint covers, and how far back datapoints are read. */
export const metricPeriodSeconds = 300;
export const metricWindowSeconds = 3600;

/** The key of a metric in `snapshot.metrics`. */
export const metricKey = ({ namespace, name, statistic, dimensions }: WantedMetric): string =>
  [
    namespace,
    name,
    statistic,
    ...Object.entries(dimensions)
      .toSorted()
      .map(([dimension, value]) => `${dimension}=${value}`),
  ].join('|');

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

/** Invocations, errors, throttles of a function; of its alias or version where the mapping calls one. */
export function functionMetrics(name: string, qualifier: string | null): WantedMetric[] {
  const dimensions: Record<string, string> =
    qualifier === null ? { FunctionName: name } : { FunctionName: name, Resource: `${name}:${qualifier}` };
  return [
    ...['Invocations', 'Errors', 'Throttles'].map((metric) => lambda(metric, dimensions)),
    lambda('OffsetLag', dimensions, 'Maximum'),
  ];
}

/** What the mapping's own pollers count; present only where its MetricsConfig turns them on, or it is provisioned. */
export const mappingMetrics = (uuid: string): WantedMetric[] => [
  ...[
    'PolledEventCount',
    'InvokedEventCount',
    'FilteredOutEventCount',
    'FailedInvokeEventCount',
    'DroppedEventCount',
    'PollingErrorCount',
    'InvokeErrorCount',
    'OnFailureDestinationDeliveryErrorCount',
    'SchemaRegistryErrorCount',
  ].map((metric) => lambda(metric, { EventSourceMappingUUID: uuid })),
  lambda('ProvisionedPollers', { EventSourceMappingUUID: uuid }, 'Maximum'),
];

/** Health of a provisioned cluster: by cluster, and by broker (ids count from 1). */
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
    kafka('MessagesInPerSec', dimensions),
  ]),
];

/** Lag of a consumer group on a topic, and what is produced to the topic where the cluster's monitoring level tells it. */
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
