import type { MeasuredMetric } from '../../subject/facts/metrics.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, warn } from '../define.js';

/** Percent above which a broker is at risk (AWS: best practices for MSK: CPU under 60 %, disk alarm at 85 %). */
const mostCpu = 60;
const mostDisk = 85;
/** Connections by IAM that a broker takes unless its configuration raises the limit (AWS: MSK quotas); a warning from nine tenths of it on. */
const iamConnections = 3000;

interface Evidence {
  cluster: string;
  facts: string[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export default defineCheck({
  id: 'cluster.health',
  title: 'Brokers are short of disk, CPU or connections, or partitions are offline',
  severity: 'warning',
  stage: 'control-plane',
  indicator:
    'CloudWatch shows full disks, busy CPUs, offline partitions or 3,000 connections; the mapping worked before and the text comes and goes',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
  ],
  needs: ['eventSource', 'clusterMetrics', 'auth'],
  mayUse: ['cluster'],
  judge({ eventSource, clusterMetrics, auth, cluster }) {
    const measured = clusterMetrics.filter((metric) => metric.values.length > 0);
    if (measured.length === 0) return skip('CloudWatch has no broker metrics of the last hour');
    const brokers = [...new Set(measured.flatMap(({ dimensions }) => dimensions['Broker ID'] ?? []))];
    // A configuration of its own may have raised the limit.
    const limited = auth.method === 'iam' && valueOrNull(cluster)?.configuration === null;
    const facts = [
      ...offline(measured),
      ...brokers.flatMap((broker) =>
        brokerFacts(
          broker,
          measured.filter(({ dimensions }) => dimensions['Broker ID'] === broker),
          limited,
        ),
      ),
    ];
    return facts.length === 0 ? pass : warn<Evidence>({ cluster: eventSource.arn, facts });
  },
  describe: ({ cluster, facts }) => ({
    title: `The cluster is not well: ${facts[0]!}`,
    evidence: facts.map((fact) => ({ resource: cluster, fact })),
  }),
  fixes: () => [
    { title: 'Give the cluster more disk, larger or more brokers, or less to do', safety: 'by-hand', changes: [] },
  ],
});

function offline(metrics: readonly MeasuredMetric[]): string[] {
  const count = metrics.find(({ name }) => name === 'OfflinePartitionsCount')?.values.at(-1) ?? 0;
  return count > 0 ? [`${count} partitions are offline`] : [];
}

/** One broker's disk and connections as they are now, its CPU over the hour: a busy minute is no risk. */
function brokerFacts(broker: string, metrics: readonly MeasuredMetric[], limited: boolean): string[] {
  const values = (name: string) => metrics.find((metric) => metric.name === name)?.values ?? [];
  const [user, system] = [values('CpuUser'), values('CpuSystem')];
  const cpu = user.length === 0 ? 0 : mean(user) + (system.length === 0 ? 0 : mean(system));
  const disk = values('KafkaDataLogsDiskUsed').at(-1) ?? 0;
  const connections = values('ConnectionCount').at(-1) ?? 0;
  return [
    ...(disk > mostDisk ? [`the disk of broker ${broker} is ${Math.round(disk)} % full`] : []),
    ...(cpu > mostCpu ? [`the CPU of broker ${broker} was ${Math.round(cpu)} % busy over the last hour`] : []),
    ...(limited && connections > 0.9 * iamConnections
      ? [`broker ${broker} has ${Math.round(connections)} connections; by IAM it takes ${iamConnections}`]
      : []),
  ];
}
