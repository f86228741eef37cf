/** What CloudWatch shows for each broker: disk, CPU, open and new connections. */
import { iamConnections, iamConnectionsPerSecond, usualConnectionsPerSecond } from '../../../aws/limits.js';
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';
import type { MeasuredMetric } from '../../../subject/facts/metrics.js';
import type { ClusterView } from '../../../subject/cluster-view.js';

/** Percent from which a broker is at risk (AWS: best practices for MSK: CPU under 60 %, disk alarm at 85 %). */
const mostCpu = 60;
const mostDisk = 85;
/** The share of a limit from which to warn. */
const near = 0.9;
/** How many of the newest five-minute datapoints count as now, and how many of the hour are a pattern. */
const newest = 3;
const habit = 3;

/** Whether IAM's limits apply. A custom configuration of the cluster may have raised the number of open connections. */
export interface IamLimits {
  open: boolean;
  /** New connections per second that a broker accepts; null where unknown. */
  perSecond: number | null;
  /** The counted connections may include clients that do not use IAM. */
  shared: boolean;
}

/**
 * The limits for a mapping that logs in with IAM. MSK counts the new connections of all client listeners together,
 * so the number is conclusive only where IAM is the only method.
 */
export function iamLimits(method: string, cluster: ClusterView | null): IamLimits {
  const byIam = method === 'iam';
  const onlyIam = cluster !== null && cluster.iam && !(cluster.scram || cluster.mtls || offersNone(cluster));
  return {
    open: byIam && cluster?.configuration === null,
    perSecond: byIam ? iamConnectionsPerSecond(cluster?.instanceType ?? null) : null,
    shared: !onlyIam,
  };
}

const offersNone = ({ unauthenticatedTls, plaintext }: ClusterView): boolean => unauthenticatedTls || plaintext;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One broker: disk and connections as they are now, CPU over the hour, because a short peak is no risk. */
export function brokerFacts(broker: string, metrics: readonly MeasuredMetric[], limits: IamLimits): string[] {
  const values = (name: string) => metrics.find((metric) => metric.name === name)?.values ?? [];
  const [user, system] = [values('CpuUser'), values('CpuSystem')];
  const cpu = user.length === 0 ? 0 : mean(user) + (system.length === 0 ? 0 : mean(system));
  const disk = values('KafkaDataLogsDiskUsed').at(-1) ?? 0;
  const connections = values('ConnectionCount').at(-1) ?? 0;
  return [
    ...(disk > mostDisk ? [`the disk of broker ${broker} is ${Math.round(disk)} % full`] : []),
    ...(cpu > mostCpu ? [`the CPU of broker ${broker} was ${Math.round(cpu)} % busy in the last hour`] : []),
    ...(limits.open && connections > near * iamConnections
      ? [`broker ${broker} has ${Math.round(connections)} of at most ${iamConnections} IAM connections`]
      : []),
  ];
}

/** The metric that shows a fact, and what AWS recommends (AWS: best practices for MSK). */
export function metricBehind(fact: string): string {
  if (/disk/.test(fact)) return `CloudWatch KafkaDataLogsDiskUsed is above ${mostDisk} %`;
  if (/CPU/.test(fact)) return `CloudWatch CpuUser + CpuSystem is above ${mostCpu} %`;
  if (/offline/.test(fact)) return 'CloudWatch OfflinePartitionsCount is above 0';
  return `CloudWatch ${/per second/.test(fact) ? 'ConnectionCreationRate' : 'ConnectionCount'} is near the limit`;
}

/** One line for all brokers with too many new connections. */
export function rateFacts(metrics: readonly MeasuredMetric[], { perSecond: limit }: IamLimits): string[] {
  if (limit === null) return [];
  const crowded = metrics
    .filter(({ name }) => name === 'ConnectionCreationRate')
    .map(({ dimensions, values }) => ({ id: dimensions['Broker ID'], rate: newConnections(values, limit) }))
    .filter(({ rate }) => rate !== null);
  if (crowded.length === 0) return [];
  const ids = crowded.map(({ id }) => id);
  const names = ids.length === 1 ? `broker ${ids[0]}` : `brokers ${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`;
  const most = Number(Math.max(...crowded.map(({ rate }) => rate!)).toFixed(1));
  return [`${names} had up to ${most} new connections per second (limit with IAM: ${limit})`];
}

/**
 * Why it is unknown whether the brokers accept all new connections; null where it is known, or where there is no
 * reason to doubt it.
 */
export function rateDoubt(
  { perSecond: limit, shared }: IamLimits,
  shown: { rates: readonly string[]; measured: readonly MeasuredMetric[]; view: ClusterView | null; works: boolean },
): string | null {
  if (limit === null) return null;
  if (shared && shown.rates.length > 0)
    return `${shown.rates[0]!}, but the metric also counts clients that do not use IAM`;
  const hidden = !shown.measured.some(({ name }) => name === 'ConnectionCreationRate');
  // A small broker reaches its limit soon, and a failing mapping may have met it.
  return hidden && (limit < usualConnectionsPerSecond || !shown.works)
    ? `CloudWatch does not show new connections per second (limit of ${shown.view?.instanceType} with IAM: ${limit}): the cluster’s monitoring level is ${shown.view?.raw.Provisioned?.EnhancedMonitoring ?? 'unknown'}, but PER_BROKER or higher is needed (billed as CloudWatch metrics)`
    : null;
}

/**
 * The highest rate of the hour, if it is near the limit now or repeatedly. Clients that reconnect after a restart
 * cause a single peak.
 */
function newConnections(rates: readonly number[], limit: number): number | null {
  const isNear = (rate: number) => rate >= near * limit;
  const high = rates.filter(isNear);
  return rates.slice(-newest).some(isNear) || high.length >= habit ? Math.max(...high) : null;
}

/**
 * A cluster with too many new connections: its version, for a command, and whether its brokers are of the smallest
 * type.
 */
export interface Crowded {
  version: string;
  small: boolean;
}

export const crowdedCluster = (
  rates: readonly string[],
  { perSecond }: IamLimits,
  cluster: ClusterView | null,
): Crowded | null =>
  perSecond !== null && rates.length > 0
    ? { version: cluster?.raw.CurrentVersion ?? 'CURRENT_VERSION', small: perSecond < usualConnectionsPerSecond }
    : null;

/** AWS: MSK quotas, how to handle retries on failed connections. */
export const fewerConnections = (cluster: string, { version, small }: Crowded): Fix => ({
  title: `Configure clients to keep connections and to reconnect less often (reconnect.backoff.ms)${small ? ', or use a larger broker type (billed per hour; restarts the brokers one by one)' : ''}`,
  safety: 'by-hand',
  changes: [],
  ...(small
    ? {
        commands: [
          shell`aws kafka update-broker-type --cluster-arn ${cluster} --current-version ${version} --target-instance-type kafka.m7g.large`,
        ],
      }
    : {}),
});
