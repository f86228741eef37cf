import { isSecretType, secretTypes } from '../../aws/msk.js';
import { isCluster, isServerlessId, isVpcConnection } from '../../aws/event-source.js';
import * as z from 'zod/mini';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import {
  bootstrapSchema,
  clusterSchema,
  topicSchema,
  vpcConnectionSchema,
  type Cluster,
  type Mapping,
  type VpcConnection,
} from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, member, type Reader } from '../reader.js';
import { readSameNameClusters } from './same-name-clusters.js';

const kafka = (operation: string, resource: string) => ({ service: 'kafka', operation, resource });

/** The subnets and security groups of the pollers. */
export interface PollerPlacement {
  subnetIds: string[];
  cluster: Cluster | null;
}

/**
 * `placement` settles as soon as the pollers' network is known, because the network reads wait for nothing else;
 * `all` settles with the last read of the event source.
 */
export interface EventSourceReads {
  placement: Promise<PollerPlacement>;
  all: Promise<unknown>;
}

/**
 * The cluster or VPC connection of a mapping with its brokers, topics and configuration. Reads nothing for a
 * self-managed source.
 */
export function readEventSource(
  reader: Reader,
  snapshot: Snapshot,
  mapping: Mapping,
  clustersListed: Promise<Read<Cluster[]> | null> = Promise.resolve(null),
): EventSourceReads {
  const arn = mapping.EventSourceArn;
  if (arn === undefined)
    return { placement: Promise.resolve({ subnetIds: [], cluster: null }), all: Promise.resolve() };
  if (isVpcConnection(arn)) {
    const connection = reader.once(`connection ${arn}`, () => readConnection(reader, snapshot, arn));
    const target = connection.then((read) => readForeignCluster(reader, snapshot, read?.TargetClusterArn));
    return { placement: connection.then((read) => ({ subnetIds: read?.Subnets ?? [], cluster: null })), all: target };
  }
  const types = mapping.SourceAccessConfigurations.map((access) => access.Type);
  const cluster = reader.once(`cluster ${arn}`, () => clustersListed.then(() => readCluster(reader, snapshot, arn)));
  return {
    placement: cluster.then((value) => ({ subnetIds: value === null ? [] : brokerSubnets(value), cluster: value })),
    all: Promise.all([
      cluster.then(() =>
        reader.once(`same name ${arn}`, () => readSameNameClusters(reader, snapshot, arn, clustersListed)),
      ),
      readBootstrap(reader, snapshot, arn),
      // MSK refuses this for serverless and old clusters. Asking anyway adds no round trip; waiting for the version
      // would.
      isServerlessId(arn) ? undefined : readTopics(reader, snapshot, arn),
      types.includes(secretTypes.scram)
        ? readScramSecrets(reader, snapshot, arn)
        : cluster.then((value) =>
            types.some(isSecretType) || !takesUsersOnly(value) ? undefined : readScramSecrets(reader, snapshot, arn),
          ),
      cluster.then((value) => readConfiguration(reader, snapshot, value, types.length > 0)),
    ]),
  };
}

/** Neither IAM nor unauthenticated clients: a mapping without a secret needs one of the cluster's users. */
function takesUsersOnly(cluster: Cluster | null): boolean {
  const { Sasl: sasl, Unauthenticated: anyone } = cluster?.Provisioned?.ClientAuthentication ?? {};
  return sasl?.Scram?.Enabled === true && sasl.Iam?.Enabled !== true && anyone?.Enabled !== true;
}

/** The subnets of an event source without anything else about it, for a mapping that is not a target. */
export async function readPlacement(reader: Reader, snapshot: Snapshot, arn: string): Promise<string[]> {
  if (isVpcConnection(arn))
    return (await reader.once(`connection ${arn}`, () => readConnection(reader, snapshot, arn)))?.Subnets ?? [];
  const cluster = await reader.once(`cluster ${arn}`, () => readCluster(reader, snapshot, arn));
  return cluster === null ? [] : brokerSubnets(cluster);
}

const brokerSubnets = ({ Provisioned: provisioned, Serverless: serverless }: Cluster): string[] => [
  ...(provisioned?.BrokerNodeGroupInfo?.ClientSubnets ?? []),
  ...(serverless?.VpcConfigs ?? []).flatMap((vpc) => vpc.SubnetIds),
];

/** With this many clusters, listing the region costs less than describing each. */
const manyClusters = 5;

/**
 * Clusters by ListClustersV2, which returns each as DescribeClusterV2 does. A cluster that the list lacks, or all if
 * it is refused, is described. Returns the list; null if it was not needed.
 */
export async function readClusters(
  reader: Reader,
  snapshot: Snapshot,
  arns: readonly string[],
): Promise<Read<Cluster[]> | null> {
  const wanted = new Set(arns.filter((arn) => isCluster(arn)));
  if (wanted.size < manyClusters) return null;
  const pages = await reader.pages('kafka', 'ListClustersV2', {});
  const list = keepList(pages, clusterSchema, { service: 'kafka', operation: 'ListClustersV2' });
  for (const cluster of isOk(list) ? list.value : [])
    if (wanted.has(cluster.ClusterArn) && (cluster.Provisioned ?? cluster.Serverless) !== undefined)
      snapshot.clusters[cluster.ClusterArn] = { outcome: 'ok', value: cluster };
  return list;
}

async function readCluster(reader: Reader, snapshot: Snapshot, arn: string): Promise<Cluster | null> {
  const listed = snapshot.clusters[arn];
  if (listed !== undefined && isOk(listed)) return listed.value;
  const read = await reader.call('kafka', 'DescribeClusterV2', { ClusterArn: arn }, arn);
  const cluster = keep(member(read, 'ClusterInfo'), clusterSchema, kafka('DescribeClusterV2', arn));
  snapshot.clusters[arn] = cluster;
  return isOk(cluster) ? cluster.value : null;
}

async function readConnection(reader: Reader, snapshot: Snapshot, arn: string): Promise<VpcConnection | null> {
  const read = keep(
    await reader.call('kafka', 'DescribeVpcConnection', { Arn: arn }, arn),
    vpcConnectionSchema,
    kafka('DescribeVpcConnection', arn),
  );
  snapshot.vpcConnections[arn] = read;
  return isOk(read) ? read.value : null;
}

/** A cluster of another account answers only where its policy allows it, so each read may fail alone. */
async function readForeignCluster(reader: Reader, snapshot: Snapshot, arn: string | undefined): Promise<void> {
  if (arn === undefined) return;
  await Promise.all([
    readCluster(reader, snapshot, arn),
    readBootstrap(reader, snapshot, arn),
    readClusterPolicy(reader, snapshot, arn),
  ]);
}

export async function readClusterPolicy(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const policy = await reader.call('kafka', 'GetClusterPolicy', { ClusterArn: arn }, arn);
  snapshot.clusterPolicies[arn] = mapRead(policy, (output) => String(output['Policy'] ?? ''));
}

export async function readBootstrap(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const read = await reader.call('kafka', 'GetBootstrapBrokers', { ClusterArn: arn }, arn);
  snapshot.bootstrapBrokers[arn] = keep(read, bootstrapSchema, kafka('GetBootstrapBrokers', arn));
}

async function readTopics(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const pages = await reader.pages('kafka', 'ListTopics', { ClusterArn: arn }, { resource: arn });
  snapshot.topics[arn] = keepList(pages, topicSchema, kafka('ListTopics', arn));
}

/** The secrets that are associated with a cluster for SASL/SCRAM. */
export async function readScramSecrets(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const pages = await reader.pages('kafka', 'ListScramSecrets', { ClusterArn: arn }, { resource: arn });
  snapshot.scramSecrets[arn] = keepList(pages, z.string(), kafka('ListScramSecrets', arn));
}

/** Server properties matter for Kafka ACLs. Pollers that use IAM do not meet these. */
async function readConfiguration(
  reader: Reader,
  snapshot: Snapshot,
  cluster: Cluster | null,
  bySecret: boolean,
): Promise<void> {
  const software = cluster?.Provisioned?.CurrentBrokerSoftwareInfo;
  const arn = software?.ConfigurationArn;
  const byIam = !bySecret && cluster?.Provisioned?.ClientAuthentication?.Sasl?.Iam?.Enabled === true;
  if (arn === undefined || byIam) return;
  const revision = software?.ConfigurationRevision ?? 1;
  const read = await reader.call('kafka', 'DescribeConfigurationRevision', { Arn: arn, Revision: revision }, arn);
  snapshot.serverProperties[`${arn}@${revision}`] = mapRead(read, (output) =>
    parseProperties(String(output['ServerProperties'] ?? '')),
  );
}

/** Parses `key=value` lines; ignores blank lines, comments and everything else. */
export function parseProperties(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => /^\s*[^#!\s][^=:]*[=:]/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.search(/[=:]/);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
