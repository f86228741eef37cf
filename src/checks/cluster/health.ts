import { relieve } from './support/broker-load-fixes.js';
import { clusterNameOf } from '../../aws/event-source.js';
import type { MeasuredMetric } from '../../subject/facts/metrics.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, undecided, warn, type Judgement } from '../define.js';
import {
  brokerFacts,
  crowdedCluster,
  fewerConnections,
  iamLimits,
  metricBehind,
  rateDoubt,
  rateFacts,
  type Crowded,
} from './support/broker-load.js';

interface Evidence {
  cluster: string;
  facts: string[];
  crowded: Crowded | null;
}

export default defineCheck({
  id: 'cluster.health',
  title: 'Brokers are short of disk, CPU or connections, or partitions are offline',
  severity: 'warning',
  stage: 'control-plane',
  indicator:
    'CloudWatch shows full disks, high CPU, offline partitions, 3,000 open connections or too many new connections per second; the mapping worked before, and the error comes and goes',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/limits.html',
  ],
  needs: ['eventSource', 'clusterMetrics', 'auth', 'works'],
  mayUse: ['cluster'],
  judge({ eventSource, clusterMetrics, auth, cluster, works }): Judgement<Evidence> {
    const measured = clusterMetrics.filter((metric) => metric.values.length > 0);
    if (measured.length === 0) return skip('CloudWatch has no broker metrics of the last hour');
    const brokers = [...new Set(measured.flatMap(({ dimensions }) => dimensions['Broker ID'] ?? []))];
    const view = valueOrNull(cluster);
    const limits = iamLimits(auth.method, view);
    const rates = rateFacts(measured, limits);
    const facts = [
      ...offline(measured),
      ...brokers.flatMap((broker) =>
        brokerFacts(
          broker,
          measured.filter(({ dimensions }) => dimensions['Broker ID'] === broker),
          limits,
        ),
      ),
      ...(limits.shared ? [] : rates),
    ];
    if (facts.length > 0)
      return warn({
        cluster: eventSource.arn,
        facts,
        crowded: crowdedCluster(rates, limits, view),
      });
    const doubt = rateDoubt(limits, { rates, measured, view, works });
    return doubt === null ? pass : undecided(doubt);
  },
  describe: ({ cluster, facts }) => ({
    title: `${clusterNameOf(cluster) ?? 'Cluster'}: ${facts[0]!}${facts.length > 1 ? ` (and ${facts.length - 1} more)` : ''}`,
    // The first fact is in the title already.
    evidence: [...facts.slice(1), ...new Set(facts.map(metricBehind))].map((fact) => ({ resource: cluster, fact })),
  }),
  fixes: ({ cluster, crowded, facts }) => [
    ...(crowded === null ? [] : [fewerConnections(cluster, crowded)]),
    ...relieve(cluster, facts),
  ],
});

function offline(metrics: readonly MeasuredMetric[]): string[] {
  const count = metrics.find(({ name }) => name === 'OfflinePartitionsCount')?.values.at(-1) ?? 0;
  return count > 0 ? [`${count} ${count === 1 ? 'partition is' : 'partitions are'} offline`] : [];
}
