/** All that a check may know about one mapping. Each is derived from the snapshot, once, when first asked for. */
import type * as r from '../snapshot/resources/index.js';
import type { ErrorTextId } from '../catalogue/match.js';
import type { LoggedErrorId } from '../catalogue/poller-log.js';
import type { ClusterIdentity } from '../access/needed-calls.js';
import type { RolePolicies } from '../access/role-policies.js';
import type { NetworkQuestion, NetworkReads, Placement } from '../network/question.js';
import type { Fact } from './fact.js';

/** The parts of a cluster's or VPC connection's ARN. `partition` is aws, aws-cn or aws-us-gov. */
export interface EventSource {
  arn: string;
  kind: 'cluster' | 'vpc-connection';
  partition: string;
  region: string;
  /** The account that owns the cluster (for a VPC connection: the other account). */
  clusterAccount: string;
  clusterName: string;
  /** The last segment of the ARN, suffix included (`…-2`; serverless `…-s1`). */
  clusterUuid: string;
}

export type AuthMethod = 'mtls' | 'scram' | 'iam' | 'tls' | 'plaintext';

/** The authentication that Lambda picks, by its fixed order; there is no second try. */
export interface AuthChoice {
  method: AuthMethod;
  /** Why this one: a clause that can follow "picked because". */
  because: string;
  /** Whether the cluster has this method on. */
  enabled: boolean;
  /** The secret that the mapping names for it. */
  secretUri: string | null;
}

/** The bootstrap brokers Lambda picks. `hosts` are `host:port` as AWS gave them. */
export interface BrokerChoice {
  method: AuthMethod;
  /** The member of GetBootstrapBrokers' answer. */
  field: keyof r.BootstrapBrokers;
  /** Empty where AWS gives no address for the method. */
  hosts: string[];
  /** Distinct ports of the hosts; by the method's rule where there are no hosts. For a VPC connection every port 14001–14100. */
  ports: { from: number; to: number };
}

export interface Pollers {
  mode: 'on-demand' | 'provisioned';
  placements: Placement[];
}

/** A cluster in the words the checks use. */
export interface ClusterView {
  arn: string;
  name: string;
  type: 'provisioned' | 'serverless';
  state: string;
  /** Subnets with their groups: one for a provisioned cluster; Serverless may have several. */
  placements: Placement[];
  iam: boolean;
  scram: boolean;
  mtls: boolean;
  /** TLS brokers without authentication are offered. */
  unauthenticatedTls: boolean;
  plaintext: boolean;
  /** Private CAs whose client certificates the brokers trust. */
  certificateAuthorities: string[];
  kafkaVersion: string | null;
  brokers: number;
  configuration: { arn: string; revision: number } | null;
  instanceType: string | null;
  publicAccess: boolean;
  raw: r.Cluster;
}

/** A key, named as it was found, with its policy, each as far as it was read. */
export interface KeyReads {
  id: string;
  key: Fact<r.KmsKey | null>;
  policy: Fact<string>;
}

/** A metric with the CloudWatch dimensions by which it was asked for (`Broker ID`, `Topic`). */
export type MeasuredMetric = r.Metric & { dimensions: Record<string, string> };

/** A secret that the mapping names, with the type it is named under. */
export interface SecretReference {
  type: string;
  uri: string;
}

/** By name, what a check can declare that it needs. A null value: AWS says there is none. */
export interface Facts {
  /** When the snapshot was taken: the only clock. */
  capturedAt: Date;
  mapping: r.Mapping;
  /** The text, by its id in the catalogue: null for a healthy or absent text, `unknown` for one the catalogue lacks. */
  observedError: ErrorTextId | 'unknown' | null;
  /** Whether Lambda shows that it polls: Enabled, and its last text is no error. What looks wrong then is a risk at most. */
  works: boolean;
  /** Of the other Kafka mappings that were listed, those of the same consumer group, or of the same source, function and topic. */
  siblings: r.Mapping[];
  eventSource: EventSource;
  /** The cluster as policies name it. */
  clusterIdentity: ClusterIdentity;
  topic: string;
  consumerGroup: { id: string; custom: boolean };
  function: r.FunctionConfiguration | null;
  /** Null: nothing is reserved. */
  reservedConcurrency: number | null;
  /** Null: gone. Moot for a mapping by VPC connection, whose cluster is another account's and could not be read. */
  cluster: ClusterView | null;
  /** The cluster's resource policy; null where it has none. */
  clusterPolicy: string | null;
  /** Null: gone. Moot for a mapping in the cluster's own account. */
  vpcConnection: r.VpcConnection | null;
  auth: AuthChoice;
  /** GetBootstrapBrokers as it was answered. */
  bootstrap: r.BootstrapBrokers;
  broker: BrokerChoice;
  /** Moot where the topic API is not to be had (Serverless, Kafka below 3.6, another account's cluster). */
  topics: r.Topic[];
  /** Partitions of the mapping's topic; null where they could not be read. Always known. */
  topicPartitions: number | null;
  /** The cluster's own server properties; null: the MSK default configuration, or Serverless. */
  serverProperties: r.ServerProperties | null;
  /** `allow.everyone.if.no.acl.found` as the configuration sets it; null where it does not, or could not be read. Always known. */
  aclConfiguration: string | null;
  pollers: Pollers;
  network: { question: NetworkQuestion; reads: NetworkReads };
  /** The execution role; null: gone. */
  role: r.Role | null;
  rolePolicies: RolePolicies;
  /** Organization policies where they were read; null is the rule, since few accounts may read them. Always known. */
  organizationPolicies: { service: r.OrganizationPolicies | null; resource: r.OrganizationPolicies | null };
  /** Policies that may grant or deny beside the role's own, each a fact by itself: a role is judged as far as they could be read. */
  resourcePolicies: {
    cluster: Fact<string | null>;
    secret: Fact<string | null>;
    secretKey: Fact<string>;
    secretKeyGrants: r.KeyGrant[];
    destination: Fact<r.Destination | null>;
  };
  /** Moot where the mapping names no secret for its authentication. */
  secretReference: SecretReference;
  /** Null: gone. */
  secret: r.Secret | null;
  secretProfile: r.SecretProfile;
  /** As Kafka sees the mapping, `User:…`; null where the secret that tells it could not be read. Moot with IAM. */
  kafkaPrincipal: string | null;
  /** Null: none attached. */
  secretPolicy: string | null;
  /** The customer-managed key of the secret; moot where it has none; null: gone. */
  secretKey: r.KmsKey | null;
  secretKeyPolicy: string;
  /** Keys beside the secret's: the destination's, and the one that encrypts the filter; null where there is none, or only one of AWS's own. Always known. */
  otherKeys: { destination: KeyReads | null; filter: KeyReads | null };
  /** Secrets that the schema registry is signed in to with. */
  registrySecrets: { uri: string; secret: Fact<r.Secret | null>; policy: Fact<string | null> }[];
  /** Secret ARNs associated with the cluster. */
  scramSecrets: string[];
  /** The secret and its profile of a mapping that logs in by SASL/SCRAM, moot for others; null: gone. */
  scramSecret: r.Secret | null;
  scramProfile: r.SecretProfile;
  /** The profile of a secret of a mapping that logs in by mutual TLS; moot for others. */
  certificateProfile: r.SecretProfile;
  /** Moot where no on-failure destination is set. ARN or `kafka://topic`. */
  destinationReference: string;
  /** Null: gone. Moot for a Kafka topic. */
  destination: r.Destination | null;
  /** Glue registry; null: gone. Moot where none is set or it is Confluent's. */
  registry: r.Registry | null;
  /** Metrics by name; a metric without datapoints has empty values. */
  functionMetrics: Record<string, r.Metric>;
  mappingMetrics: Record<string, r.Metric>;
  /** All of `clusterMetrics` in snapshot/metrics.ts that were read. */
  clusterMetrics: MeasuredMetric[];
  /** All of `lagMetrics` in snapshot/metrics.ts that were read; moot for Serverless, which shows none. */
  lagMetrics: MeasuredMetric[];
  /** Moot where LoggingConfig is off. */
  pollerLogs: r.PollerLog[];
  /** What the pollers' own log says last of an error, by its id in the catalogue; null where it says nothing or was not read. Always known. */
  loggedError: LoggedErrorId | null;
}
export type FactName = keyof Facts;
export type FactOf<N extends FactName> = Fact<Facts[N]>;

/** One mapping seen whole: a fact for each name. */
export type Subject = { readonly [N in FactName]: Fact<Facts[N]> };
