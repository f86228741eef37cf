/** Facts about the mapping's cluster or VPC connection, and what of it Lambda picks. */
import { isOk, lookup } from '../snapshot/read.js';
import type { Mapping, Topic, VpcConnection } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { chooseAuth, offeredByBootstrap, offeredByConnection } from './auth.js';
import { viewCluster } from './cluster.js';
import { fromRead, fromReadOrGone, known, mapFact, moot, andThen, type Fact } from './fact.js';
import type { AuthChoice, ClusterView, EventSource, FactOf } from './facts.js';

const kafka = (operation: string) => ({ service: 'kafka', operation });
const clusterGone = moot('the cluster is gone: see cluster.state');
const connectionGone = moot('the VPC connection is gone: see cluster.policy');

/** Null: gone. Moot for a mapping in the cluster's own account. */
export const vpcConnectionOf = (snapshot: Snapshot, source: EventSource): Fact<VpcConnection | null> =>
  source.kind === 'cluster'
    ? moot('the mapping is in the cluster’s own account')
    : fromReadOrGone(lookup(snapshot.vpcConnections, source.arn, kafka('DescribeVpcConnection')));

/** The ARN of the cluster behind an event source; null where only the VPC connection could tell it. */
function clusterArnOf(source: EventSource, connection: Fact<VpcConnection | null>): string | null {
  if (source.kind === 'cluster') return source.arn;
  return connection.is === 'known' ? (connection.value?.TargetClusterArn ?? null) : null;
}

/** Null: gone. Another account's cluster is moot unless it could be read. */
export function clusterOf(
  snapshot: Snapshot,
  source: EventSource,
  connection: Fact<VpcConnection | null>,
): Fact<ClusterView | null> {
  const arn = clusterArnOf(source, connection);
  const read = arn === null ? undefined : snapshot.clusters[arn];
  if (source.kind === 'vpc-connection' && (read === undefined || !isOk(read)))
    return moot('the cluster belongs to another account and shows itself only through the VPC connection');
  const cluster = fromReadOrGone(lookup(snapshot.clusters, arn!, kafka('DescribeClusterV2')));
  const strings = snapshot.bootstrapBrokers[arn!];
  return mapFact(cluster, (value) =>
    value === null ? null : viewCluster(value, strings !== undefined && isOk(strings) ? strings.value : {}),
  );
}

/** The cluster's resource policy; null where it has none. */
export function clusterPolicyOf(
  snapshot: Snapshot,
  source: EventSource,
  connection: Fact<VpcConnection | null>,
): Fact<string | null> {
  const arn = clusterArnOf(source, connection);
  if (arn === null) return moot('the cluster behind the VPC connection is not known');
  return mapFact(fromReadOrGone(lookup(snapshot.clusterPolicies, arn, kafka('GetClusterPolicy'))), (text) =>
    text === '' ? null : text,
  );
}

export function bootstrapOf(
  snapshot: Snapshot,
  source: EventSource,
  cluster: FactOf<'cluster'>,
  connection: Fact<VpcConnection | null>,
): FactOf<'bootstrap'> {
  if (cluster.is === 'known' && cluster.value === null) return clusterGone;
  const arn = clusterArnOf(source, connection);
  const key = arn !== null && Object.hasOwn(snapshot.bootstrapBrokers, arn) ? arn : source.arn;
  return fromRead(lookup(snapshot.bootstrapBrokers, key, kafka('GetBootstrapBrokers')));
}

/** What Lambda picks. Where the cluster cannot be read, the bootstrap strings still show which ways in it offers. */
export function authOf(
  mapping: Mapping,
  source: EventSource,
  facts: { cluster: FactOf<'cluster'>; connection: Fact<VpcConnection | null>; bootstrap: FactOf<'bootstrap'> },
): Fact<AuthChoice> {
  const place: Fact<unknown> = source.kind === 'cluster' ? facts.cluster : facts.connection;
  if (place.is === 'known' && place.value === null) return source.kind === 'cluster' ? clusterGone : connectionGone;
  if (source.kind === 'vpc-connection' && facts.connection.is === 'known')
    return known(chooseAuth(mapping, offeredByConnection(facts.connection.value!, mapping)));
  if (facts.cluster.is === 'known') return known(chooseAuth(mapping, facts.cluster.value!));
  if (facts.bootstrap.is === 'known') return known(chooseAuth(mapping, offeredByBootstrap(facts.bootstrap.value)));
  return place as Fact<never>;
}

/** Topics by the MSK topic API: provisioned clusters on Kafka 3.6 or later, in the caller's own account. */
export function topicsOf(snapshot: Snapshot, source: EventSource, cluster: FactOf<'cluster'>): Fact<Topic[]> {
  if (source.kind === 'vpc-connection') return moot('topics of another account’s cluster cannot be listed');
  if (cluster.is === 'known') {
    if (cluster.value === null) return clusterGone;
    const lacking = whyNoTopicApi(cluster.value);
    if (lacking !== null) return moot(lacking);
  }
  return fromRead(lookup(snapshot.topics, source.arn, kafka('ListTopics')));
}

/** Why MSK has no topic API for a cluster, as a clause; null where it has one (AWS: MSK topic operations). */
export function whyNoTopicApi({ type, kafkaVersion }: Pick<ClusterView, 'type' | 'kafkaVersion'>): string | null {
  if (type === 'serverless') return 'MSK Serverless has no API that lists topics';
  return isBelow(kafkaVersion, 3, 6) ? `Kafka ${kafkaVersion} has no API that lists topics (3.6 or later has)` : null;
}

function isBelow(version: string | null, major: number, minor: number): boolean {
  const parts = /^(\d+)\.(\d+)/.exec(version ?? '');
  if (parts === null) return false;
  const [found, second] = [Number(parts[1]), Number(parts[2])];
  return found < major || (found === major && second < minor);
}

/** Null: the MSK default configuration, or Serverless, which has none. */
export const serverPropertiesOf = (snapshot: Snapshot, cluster: FactOf<'cluster'>): FactOf<'serverProperties'> =>
  andThen(cluster, (view) => {
    if (view === null) return clusterGone;
    if (view.configuration === null) return known(null);
    const { arn, revision } = view.configuration;
    return fromRead(lookup(snapshot.serverProperties, `${arn}@${revision}`, kafka('DescribeConfigurationRevision')));
  });
