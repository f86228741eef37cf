/** The cluster or VPC connection that the mapping reads from, and what Lambda selects from it. */
import { clusterUuidOf, type EventSource } from '../../aws/event-source.js';
import { unknownAccessTypes } from '../../aws/msk.js';
import type { ClusterIdentity } from '../../access/kafka-arn.js';
import { isOk, lookup } from '../../snapshot/read.js';
import type {
  BootstrapBrokers,
  Cluster,
  ServerProperties,
  Topic,
  VpcConnection,
} from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { chooseAuth, methodOfSecret, offeredByBootstrap, offeredByConnection, type AuthChoice } from '../auth.js';
import { chooseBroker, type BrokerChoice } from '../broker.js';
import { viewCluster, type ClusterView } from '../cluster-view.js';
import {
  all,
  andThen,
  fromRead,
  fromReadOrGone,
  known,
  mapFact,
  notApplicable,
  valueOrNull,
  type Derivations,
  type Fact,
  type FactsOf,
} from '../fact.js';
import { whyNoTopicApi } from '../topic-api.js';
import { topicNamed } from '../topic-index.js';
import type { MappingFacts } from './mapping.js';

export interface ClusterFacts {
  /** Null: does not exist. Not applicable for a mapping in the cluster's own account. */
  vpcConnection: VpcConnection | null;
  /**
   * Null: does not exist. Not applicable for a mapping over a VPC connection whose cluster, in another account,
   * could not be read.
   */
  cluster: ClusterView | null;
  /** Clusters with the name of the mapping's deleted cluster. Not applicable where it exists. */
  sameNameClusters: Cluster[];
  /** The cluster's ARN for policies; its UUID is `*` where only the other account could show it. */
  clusterIdentity: ClusterIdentity;
  /** The cluster's resource policy; null where it has none. */
  clusterPolicy: string | null;
  /** The answer of GetBootstrapBrokers. */
  bootstrap: BootstrapBrokers;
  /**
   * The authentication that Lambda selects. If the cluster cannot be read, the bootstrap strings still show its
   * methods.
   */
  auth: AuthChoice;
  /** The bootstrap brokers that Lambda selects. */
  broker: BrokerChoice;
  /** Not applicable where the topic API is not available (Serverless, Kafka below 3.6, another account's cluster). */
  topics: Topic[];
  /** Partitions of the mapping's topic; null where the list shows none. */
  topicPartitions: number | null;
  /** The cluster's server properties; null for the MSK default configuration, and for Serverless. */
  serverProperties: ServerProperties | null;
  /** `allow.everyone.if.no.acl.found` from the configuration; null where it does not set it. */
  aclConfiguration: string | null;
  /**
   * ARNs of the secrets that are associated with the cluster. Applies only to a mapping that logs in with SASL/SCRAM
   * to a cluster of its own account.
   */
  scramSecrets: string[];
  /**
   * ARNs of the secrets that are associated with a cluster, where the mapping names no secret but the cluster
   * requires one.
   */
  scramCandidates: string[];
}

const kafka = (operation: string) => ({ service: 'kafka', operation });
const clusterGone = notApplicable('the cluster does not exist: see cluster.state');
const connectionGone = notApplicable('the VPC connection does not exist: see cluster.policy');

export const clusterFacts = (snapshot: Snapshot): Derivations<ClusterFacts, MappingFacts> => ({
  vpcConnection: ({ eventSource }) =>
    andThen(eventSource, ({ kind, arn }) =>
      kind === 'cluster'
        ? notApplicable('the mapping is in the cluster’s own account')
        : fromReadOrGone(lookup(snapshot.vpcConnections, arn, kafka('DescribeVpcConnection'))),
    ),
  cluster: ({ eventSource, vpcConnection }) =>
    andThen(eventSource, (source) => clusterOf(snapshot, source, vpcConnection)),
  sameNameClusters: ({ eventSource, cluster }) =>
    andThen(all(eventSource, cluster), ([{ arn }, view]) =>
      view === null
        ? fromRead(lookup(snapshot.sameNameClusters, arn, kafka('ListClustersV2')))
        : notApplicable('the cluster exists'),
    ),
  clusterIdentity: ({ eventSource, vpcConnection }) =>
    mapFact(eventSource, (source) => {
      const { partition, region, clusterAccount: account, clusterName: name } = source;
      if (source.kind === 'cluster') return { partition, region, account, name, uuid: source.clusterUuid };
      // The UUID in the ARN of a VPC connection is not that of its cluster.
      const target = valueOrNull(vpcConnection)?.TargetClusterArn;
      return { partition, region, account, name, uuid: clusterUuidOf(target) ?? '*' };
    }),
  clusterPolicy: ({ eventSource, vpcConnection }) =>
    andThen(eventSource, (source) => {
      const arn = clusterArnOf(source, vpcConnection);
      if (arn === null) return notApplicable('the cluster of the VPC connection is unknown');
      const policy = fromReadOrGone(lookup(snapshot.clusterPolicies, arn, kafka('GetClusterPolicy')));
      return mapFact(policy, (text) => (text === '' ? null : text));
    }),
  bootstrap: ({ eventSource, cluster, vpcConnection }) =>
    andThen(eventSource, (source) => {
      if (cluster.is === 'known' && cluster.value === null) return clusterGone;
      const arn = clusterArnOf(source, vpcConnection);
      const key = arn !== null && Object.hasOwn(snapshot.bootstrapBrokers, arn) ? arn : source.arn;
      return fromRead(lookup(snapshot.bootstrapBrokers, key, kafka('GetBootstrapBrokers')));
    }),
  auth: authOf,
  broker: ({ eventSource, auth, bootstrap }) =>
    mapFact(all(eventSource, auth, bootstrap), ([source, { method }, strings]) =>
      chooseBroker(method, source.kind, strings),
    ),
  topics: ({ eventSource, cluster }) =>
    andThen(eventSource, ({ kind, arn }) => {
      if (kind === 'vpc-connection') return notApplicable('topics of a cluster in another account cannot be listed');
      if (cluster.is === 'known') {
        if (cluster.value === null) return clusterGone;
        const lacking = whyNoTopicApi(cluster.value);
        if (lacking !== null) return notApplicable(lacking);
      }
      return fromRead(lookup(snapshot.topics, arn, kafka('ListTopics')));
    }),
  topicPartitions: ({ topics, topic }) =>
    mapFact(all(topics, topic), ([list, name]) => topicNamed(list, name)?.PartitionCount || null),
  serverProperties: ({ cluster }) =>
    andThen(cluster, (view) => {
      if (view === null) return clusterGone;
      if (view.configuration === null) return known(null);
      const { arn, revision } = view.configuration;
      return fromRead(lookup(snapshot.serverProperties, `${arn}@${revision}`, kafka('DescribeConfigurationRevision')));
    }),
  aclConfiguration: ({ serverProperties }) =>
    mapFact(serverProperties, (properties) => properties?.['allow.everyone.if.no.acl.found'] ?? null),
  scramCandidates: ({ eventSource, mapping, cluster }) =>
    andThen(all(eventSource, mapping, cluster), ([{ arn, kind }, value, view]) => {
      const others = view === null || view.iam || view.unauthenticatedTls || view.plaintext;
      return kind === 'vpc-connection' || others || !view.scram || methodOfSecret(value) !== null
        ? notApplicable('the mapping has a secret, or the cluster accepts logins without one')
        : fromRead(lookup(snapshot.scramSecrets, arn, kafka('ListScramSecrets')));
    }),
  scramSecrets: ({ eventSource, auth }) =>
    andThen(all(eventSource, auth), ([{ arn, kind }, { method }]) => {
      if (method !== 'scram') return notApplicable('the mapping does not use SASL/SCRAM');
      if (kind === 'vpc-connection')
        return notApplicable('the secrets of a cluster in another account cannot be listed');
      return fromRead(lookup(snapshot.scramSecrets, arn, kafka('ListScramSecrets')));
    }),
});

/** The ARN of the cluster behind an event source; null where only the unread VPC connection shows it. */
function clusterArnOf(source: EventSource, connection: Fact<VpcConnection | null>): string | null {
  return source.kind === 'cluster' ? source.arn : (valueOrNull(connection)?.TargetClusterArn ?? null);
}

function clusterOf(
  snapshot: Snapshot,
  source: EventSource,
  connection: Fact<VpcConnection | null>,
): Fact<ClusterView | null> {
  const arn = clusterArnOf(source, connection);
  const read = arn === null ? undefined : snapshot.clusters[arn];
  if (source.kind === 'vpc-connection' && (read === undefined || !isOk(read)))
    return notApplicable('the cluster belongs to another account, and only its VPC connection can be read');
  const cluster = fromReadOrGone(lookup(snapshot.clusters, arn!, kafka('DescribeClusterV2')));
  const strings = snapshot.bootstrapBrokers[arn!];
  return mapFact(cluster, (value) =>
    value === null ? null : viewCluster(value, strings !== undefined && isOk(strings) ? strings.value : {}),
  );
}

function authOf(facts: FactsOf<MappingFacts & ClusterFacts>): Fact<AuthChoice> {
  const { cluster, vpcConnection, bootstrap } = facts;
  return andThen(all(facts.mapping, facts.eventSource), ([mapping, { kind }]) => {
    const [unknownType] = unknownAccessTypes(mapping.SourceAccessConfigurations);
    if (unknownType !== undefined)
      return notApplicable(`this version of msk-lambda does not know the authentication type ${unknownType}`);
    const offering: Fact<unknown> = kind === 'cluster' ? cluster : vpcConnection;
    if (offering.is === 'known' && offering.value === null) return kind === 'cluster' ? clusterGone : connectionGone;
    if (kind === 'vpc-connection' && vpcConnection.is === 'known')
      return known(chooseAuth(mapping, offeredByConnection(vpcConnection.value!, mapping), kind));
    if (cluster.is === 'known') return known(chooseAuth(mapping, cluster.value!, kind));
    if (bootstrap.is === 'known') return known(chooseAuth(mapping, offeredByBootstrap(bootstrap.value), kind));
    return offering as Fact<never>;
  });
}
