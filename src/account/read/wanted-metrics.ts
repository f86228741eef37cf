/** Which metrics are read for mappings. */
import { parseFunctionArn } from '../../aws/function-arn.js';
import { clusterMetrics, functionMetrics, lagMetrics, metricsOf, type WantedMetric } from '../../snapshot/metrics.js';
import type { Cluster, Mapping } from '../../snapshot/resources/index.js';

/** The metrics of all mappings. Those of a function or a cluster that several mappings share are named once. */
export function wantedMetrics(mappings: readonly { mapping: Mapping; cluster: Cluster | null }[]): WantedMetric[] {
  const seen = new Set<string>();
  const first = (key: string): boolean => {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  };
  return mappings.flatMap(({ mapping, cluster }) => {
    const called = parseFunctionArn(mapping.FunctionArn);
    const group = mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID;
    const brokers = cluster?.Provisioned?.NumberOfBrokerNodes ?? 0;
    const clusterName = cluster?.ClusterName;
    return [
      ...(called === null || !first(`function ${called.name} ${called.qualifier}`)
        ? []
        : functionMetrics(called.name, called.qualifier)),
      ...metricsOf(mapping),
      ...(clusterName === undefined || cluster?.Provisioned === undefined
        ? []
        : [
            ...(first(`cluster ${clusterName} ${brokers}`) ? clusterMetrics(clusterName, brokers) : []),
            ...lagMetrics(clusterName, group, mapping.Topics[0] ?? '', brokers),
          ]),
    ];
  });
}
