import type { Metric } from '../../snapshot/resources/index.js';
import { defineCheck, pass, skip, warn } from '../define.js';

/** Above these a broker is at risk (AWS: best practices for MSK: CPU under 60 %, disk alarm at 85 %). */
const mostCpu = 60;
const mostDisk = 85;

const latest = (metrics: readonly Metric[], name: string): number[] =>
  metrics.filter((metric) => metric.name === name).flatMap((metric) => metric.values.at(-1) ?? []);

export default defineCheck({
  id: 'cluster.health',
  title: 'Brokers are short of disk or CPU, or partitions are offline',
  severity: 'warning',
  stage: 'control-plane',
  needs: ['eventSource', 'clusterMetrics'],
  judge({ eventSource, clusterMetrics }) {
    if (clusterMetrics.every((metric) => metric.values.length === 0)) return skip('CloudWatch has no broker metrics of the last hour');
    const system = latest(clusterMetrics, 'CpuSystem');
    const cpu = Math.max(0, ...latest(clusterMetrics, 'CpuUser').map((user, index) => user + (system[index] ?? 0)));
    const disk = Math.max(0, ...latest(clusterMetrics, 'KafkaDataLogsDiskUsed'));
    const offline = Math.max(0, ...latest(clusterMetrics, 'OfflinePartitionsCount'));
    const facts = [
      ...(offline > 0 ? [`${offline} partitions are offline`] : []),
      ...(disk > mostDisk ? [`a broker’s disk is ${Math.round(disk)} % full`] : []),
      ...(cpu > mostCpu ? [`a broker’s CPU is ${Math.round(cpu)} % busy`] : []),
    ];
    return facts.length === 0 ? pass : warn({ cluster: eventSource.arn, facts });
  },
  describe: ({ cluster, facts }) => ({ title: `The cluster is not well: ${facts[0]!}`, evidence: facts.map((fact) => ({ resource: cluster, fact })) }),
  fixes: () => [{ title: 'Give the cluster more disk, larger or more brokers, or less to do', safety: 'by-hand', changes: [] }],
});
