/** Clusters with their brokers, topics and users: by name, and all of a region. */
import * as z from 'zod/mini';
import { clusterNameOf } from '../../aws/event-source.js';
import { TargetNotFound } from '../../errors.js';
import { isOk, mapRead, type Read } from '../../snapshot/read.js';
import {
  clusterSchema,
  topicSchema,
  bootstrapSchema,
  type Cluster,
  type Topic,
  type BootstrapBrokers,
} from '../../snapshot/resources/index.js';
import { readOnce, type Clients } from '../clients.js';
import { nearNames } from '../../text/similar-names.js';
import { keep, keepList, member, Reader } from '../reader.js';

export const lookUpCluster = (clients: Clients, arn: string): Promise<Read<Cluster>> =>
  readOnce(clients, `cluster ${arn}`, async () => {
    const read = await new Reader(clients).call('kafka', 'DescribeClusterV2', { ClusterArn: arn }, arn);
    return keep(member(read, 'ClusterInfo'), clusterSchema, {
      service: 'kafka',
      operation: 'DescribeClusterV2',
      resource: arn,
    });
  });

export const listClusters = (clients: Clients): Promise<Read<Cluster[]>> =>
  readOnce(clients, 'clusters', async () => {
    const pages = await new Reader(clients).pages('kafka', 'ListClustersV2', {});
    return keepList(pages, clusterSchema, { service: 'kafka', operation: 'ListClustersV2' });
  });

/** For an ARN that MSK does not know: with the ARN of a cluster of the same or a similar name, where one is listed. */
export async function clusterNotFound(clients: Clients, arn: string): Promise<TargetNotFound> {
  const [region, clusters] = await Promise.all([clients.region(), listClusters(clients)]);
  const list = isOk(clusters) ? clusters.value : [];
  const name = clusterNameOf(arn) ?? arn;
  const near = new Set([
    name,
    ...nearNames(
      name,
      list.flatMap(({ ClusterName }) => ClusterName ?? []),
    ),
  ]);
  return new TargetNotFound(
    `MSK cluster not found in ${region}: ${arn}.`,
    list.filter(({ ClusterName }) => near.has(ClusterName ?? '')).map(({ ClusterArn }) => ClusterArn),
  );
}

/** The bootstrap brokers, by authentication method. */
export async function lookUpBootstrap(clients: Clients, clusterArn: string): Promise<Read<BootstrapBrokers>> {
  const read = await new Reader(clients).call('kafka', 'GetBootstrapBrokers', { ClusterArn: clusterArn }, clusterArn);
  return keep(read, bootstrapSchema, { service: 'kafka', operation: 'GetBootstrapBrokers', resource: clusterArn });
}

/** Topics of a provisioned cluster on Kafka 3.6 or later. For other clusters MSK refuses the call. */
export const listTopics = (clients: Clients, clusterArn: string): Promise<Read<Topic[]>> =>
  readOnce(clients, `topics ${clusterArn}`, async () => {
    const input = { ClusterArn: clusterArn };
    const pages = await new Reader(clients).pages('kafka', 'ListTopics', input, { resource: clusterArn });
    return keepList(pages, topicSchema, { service: 'kafka', operation: 'ListTopics', resource: clusterArn });
  });

const topicDescriptionSchema = z.object({
  TopicName: z.optional(z.string()),
  PartitionCount: z.optional(z.number()),
  ReplicationFactor: z.optional(z.number()),
  Status: z.optional(z.string()),
  Configs: z.optional(z.string()),
});

/** A topic as DescribeTopic returns it, its configuration decoded. */
export interface TopicDescription extends Omit<z.infer<typeof topicDescriptionSchema>, 'Configs'> {
  config: Record<string, string>;
}

export async function lookUpTopic(clients: Clients, clusterArn: string, name: string): Promise<Read<TopicDescription>> {
  const read = await new Reader(clients).call(
    'kafka',
    'DescribeTopic',
    { ClusterArn: clusterArn, TopicName: name },
    name,
  );
  return mapRead(
    keep(read, topicDescriptionSchema, { service: 'kafka', operation: 'DescribeTopic', resource: name }),
    ({ Configs: configs, ...topic }) => ({ ...topic, config: decodeConfigs(configs) }),
  );
}

/** JSON in Base64; undefined for anything else. */
function decodeConfigs(text: string | undefined): Record<string, string> {
  try {
    const config: unknown = JSON.parse(Buffer.from(text ?? '', 'base64').toString('utf8'));
    return typeof config === 'object' && config !== null
      ? Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]))
      : {};
  } catch {
    return {};
  }
}

/** ARNs of the secrets that are associated with a cluster for SASL/SCRAM. */
export async function listScramSecrets(clients: Clients, clusterArn: string): Promise<Read<string[]>> {
  const pages = await new Reader(clients).pages(
    'kafka',
    'ListScramSecrets',
    { ClusterArn: clusterArn },
    { resource: clusterArn },
  );
  return keepList(pages, z.string(), { service: 'kafka', operation: 'ListScramSecrets', resource: clusterArn });
}
