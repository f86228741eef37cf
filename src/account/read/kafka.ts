import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import { bootstrapSchema, clusterSchema, topicSchema, vpcConnectionSchema, type Cluster, type Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, listOf, member, type Reader } from '../reader.js';

const kafka = (operation: string, resource: string) => ({ service: 'kafka', operation, resource });

/** Where the pollers will stand. */
export interface PollerPlace {
  subnetIds: string[];
  cluster: Cluster | null;
}

/** The cluster or VPC connection of a mapping with its brokers and topics. */
export const readEventSource = (reader: Reader, snapshot: Snapshot, mapping: Mapping): Promise<PollerPlace> =>
  mapping.EventSourceArn!.includes(':vpc-connection/')
    ? readConnection(reader, snapshot, mapping.EventSourceArn!)
    : readCluster(reader, snapshot, mapping.EventSourceArn!, secretType(mapping) !== undefined);

const secretType = (mapping: Mapping) => mapping.SourceAccessConfigurations.find((access) => access.Type === 'SASL_SCRAM_512_AUTH');

export async function readCluster(reader: Reader, snapshot: Snapshot, arn: string, scram = false): Promise<PollerPlace> {
  const side = Promise.all([
    readBootstrap(reader, snapshot, arn),
    // Serverless and old clusters refuse this; asking costs no round, waiting for the version would.
    /-s\d+$/.test(arn) ? undefined : readTopics(reader, snapshot, arn),
    scram ? readScramSecrets(reader, snapshot, arn) : undefined,
  ]);
  const read = await reader.call('kafka', 'DescribeClusterV2', { ClusterArn: arn }, arn);
  const cluster = keep(member(read, 'ClusterInfo'), clusterSchema, kafka('DescribeClusterV2', arn));
  snapshot.clusters[arn] = cluster;
  if (isOk(cluster)) await readConfiguration(reader, snapshot, cluster.value);
  await side;
  if (!isOk(cluster)) return { subnetIds: [], cluster: null };
  const { Provisioned: provisioned, Serverless: serverless } = cluster.value;
  return {
    subnetIds: [...(provisioned?.BrokerNodeGroupInfo?.ClientSubnets ?? []), ...(serverless?.VpcConfigs ?? []).flatMap((vpc) => vpc.SubnetIds)],
    cluster: cluster.value,
  };
}

async function readConnection(reader: Reader, snapshot: Snapshot, arn: string): Promise<PollerPlace> {
  const read = keep(await reader.call('kafka', 'DescribeVpcConnection', { Arn: arn }, arn), vpcConnectionSchema, kafka('DescribeVpcConnection', arn));
  snapshot.vpcConnections[arn] = read;
  if (!isOk(read)) return { subnetIds: [], cluster: null };
  const target = read.value.TargetClusterArn;
  if (target !== undefined) {
    // The other account's cluster answers only where its policy lets us; each read stands for itself.
    const cluster = reader.call('kafka', 'DescribeClusterV2', { ClusterArn: target }, target);
    const policy = reader.call('kafka', 'GetClusterPolicy', { ClusterArn: target }, target);
    await readBootstrap(reader, snapshot, target);
    snapshot.clusters[target] = keep(member(await cluster, 'ClusterInfo'), clusterSchema, kafka('DescribeClusterV2', target));
    snapshot.clusterPolicies[target] = mapRead(await policy, (output) => String(output['Policy'] ?? ''));
  }
  return { subnetIds: read.value.Subnets, cluster: null };
}

async function readBootstrap(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const read = await reader.call('kafka', 'GetBootstrapBrokers', { ClusterArn: arn }, arn);
  snapshot.bootstrapBrokers[arn] = keep(read, bootstrapSchema, kafka('GetBootstrapBrokers', arn));
}

async function readTopics(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const pages = await reader.pages('kafka', 'ListTopics', { ClusterArn: arn }, { items: 'Topics', token: ['NextToken', 'NextToken'], resource: arn });
  snapshot.topics[arn] = keepList(pages, topicSchema, kafka('ListTopics', arn));
}

async function readScramSecrets(reader: Reader, snapshot: Snapshot, arn: string): Promise<void> {
  const pages = await reader.pages('kafka', 'ListScramSecrets', { ClusterArn: arn }, { items: 'SecretArnList', token: ['NextToken', 'NextToken'], resource: arn });
  snapshot.scramSecrets[arn] = mapRead(pages, (list) => list.map(String));
}

/** Server properties matter to Kafka's own access control, which IAM clusters do not ask. */
async function readConfiguration(reader: Reader, snapshot: Snapshot, cluster: Cluster): Promise<void> {
  const software = cluster.Provisioned?.CurrentBrokerSoftwareInfo;
  const arn = software?.ConfigurationArn;
  if (arn === undefined || cluster.Provisioned?.ClientAuthentication?.Sasl?.Iam?.Enabled === true) return;
  const revision = software?.ConfigurationRevision ?? 1;
  const read = await reader.call('kafka', 'DescribeConfigurationRevision', { Arn: arn, Revision: revision }, arn);
  snapshot.serverProperties[`${arn}@${revision}`] = mapRead(read, (output) => parseProperties(String(output['ServerProperties'] ?? '')));
}

/** `key=value` lines; blanks, comments and everything else are passed over. */
export function parseProperties(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => /^\s*[^#!\s][^=:]*[=:]/.test(line));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.search(/[=:]/);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

/** Clusters of the region, for names and lists. */
export async function listClusters(reader: Reader, snapshot: Snapshot): Promise<Read<Cluster[]>> {
  const pages = await reader.pages('kafka', 'ListClustersV2', {}, { items: 'ClusterInfoList', token: ['NextToken', 'NextToken'] });
  const list = keepList(isOk(pages) ? { outcome: 'ok', value: listOf(pages.value) } : pages, clusterSchema, kafka('ListClustersV2', '*'));
  if (isOk(list)) for (const cluster of list.value) snapshot.clusters[cluster.ClusterArn] ??= { outcome: 'ok', value: cluster };
  return list;
}
