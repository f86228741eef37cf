/** Single look-ups by which names become ARNs, and what a mapping does not show of itself. */
import * as z from 'zod/mini';
import { mappingMetrics } from '../snapshot/metrics.js';
import { isOk, mapRead, type Read } from '../snapshot/read.js';
import {
  bootstrapSchema,
  clusterSchema,
  functionSchema,
  keySchema,
  secretSchema,
  type BootstrapBrokers,
  type Cluster,
  type FunctionConfiguration,
  type KmsKey,
  type Secret,
} from '../snapshot/resources/index.js';
import type { Clients } from './clients.js';
import { keep, keepList, member, Reader } from './reader.js';

const minute = 60_000;

export async function lookUpFunction(clients: Clients, name: string): Promise<Read<FunctionConfiguration>> {
  const read = await new Reader(clients).call('lambda', 'GetFunctionConfiguration', { FunctionName: name }, name);
  return keep(read, functionSchema, { service: 'lambda', operation: 'GetFunctionConfiguration', resource: name });
}

export async function lookUpCluster(clients: Clients, arn: string): Promise<Read<Cluster>> {
  const read = await new Reader(clients).call('kafka', 'DescribeClusterV2', { ClusterArn: arn }, arn);
  return keep(member(read, 'ClusterInfo'), clusterSchema, {
    service: 'kafka',
    operation: 'DescribeClusterV2',
    resource: arn,
  });
}

/** The lists of brokers, by the authentication each is for. */
export async function lookUpBootstrap(clients: Clients, clusterArn: string): Promise<Read<BootstrapBrokers>> {
  const read = await new Reader(clients).call('kafka', 'GetBootstrapBrokers', { ClusterArn: clusterArn }, clusterArn);
  return keep(read, bootstrapSchema, { service: 'kafka', operation: 'GetBootstrapBrokers', resource: clusterArn });
}

/** By name or ARN; the secret's value is not read. */
export async function lookUpSecret(clients: Clients, name: string): Promise<Read<Secret>> {
  const read = await new Reader(clients).call('secretsmanager', 'DescribeSecret', { SecretId: name }, name);
  return keep(read, secretSchema, { service: 'secretsmanager', operation: 'DescribeSecret', resource: name });
}

/** By id, ARN or alias. */
export async function lookUpKey(clients: Clients, id: string): Promise<Read<KmsKey>> {
  const read = await new Reader(clients).call('kms', 'DescribeKey', { KeyId: id }, id);
  return keep(member(read, 'KeyMetadata'), keySchema, { service: 'kms', operation: 'DescribeKey', resource: id });
}

const selfManagedSchema = z.object({
  UUID: z.string(),
  SelfManagedKafkaEventSourceConfig: z.optional(z.object({ ConsumerGroupId: z.optional(z.string()) })),
});

/** UUIDs of the mappings on self-managed Kafka that use a consumer group. */
export async function findSelfManagedUsers(clients: Clients, group: string): Promise<Read<string[]>> {
  const pages = await new Reader(clients).pages(
    'lambda',
    'ListEventSourceMappings',
    {},
    { items: 'EventSourceMappings', token: ['NextMarker', 'Marker'] },
  );
  const list = keepList(pages, selfManagedSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
  return mapRead(list, (all) =>
    all.filter((one) => one.SelfManagedKafkaEventSourceConfig?.ConsumerGroupId === group).map(({ UUID: uuid }) => uuid),
  );
}

const tagsSchema = z.object({ Tags: z._default(z.record(z.string(), z.string()), {}) });

/** Tags of a mapping, by its own ARN. */
export async function lookUpTags(clients: Clients, arn: string): Promise<Read<Record<string, string>>> {
  const read = await new Reader(clients).call('lambda', 'ListTags', { Resource: arn }, arn);
  return mapRead(
    keep(read, tagsSchema, { service: 'lambda', operation: 'ListTags', resource: arn }),
    ({ Tags: tags }) => tags,
  );
}

/** Whether Lambda counted a poll of this mapping in the last hour; false where the metric is off or could not be read. */
export async function hasPolled(clients: Clients, uuid: string, now: Date): Promise<boolean> {
  const end = Math.ceil(now.getTime() / minute) * minute;
  const wanted = mappingMetrics(uuid).find(({ name }) => name === 'PolledEventCount');
  if (wanted === undefined) return false;
  const query = {
    Id: 'polled',
    MetricStat: {
      Metric: {
        Namespace: wanted.namespace,
        MetricName: wanted.name,
        Dimensions: Object.entries(wanted.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: 60,
      Stat: wanted.statistic,
    },
  };
  const read = await new Reader(clients).call('cloudwatch', 'GetMetricData', {
    StartTime: new Date(end - 60 * minute),
    EndTime: new Date(end),
    MetricDataQueries: [query],
  });
  const results = isOk(read) ? (read.value['MetricDataResults'] as { Values?: number[] }[] | undefined) : undefined;
  return results?.some(({ Values: values }) => (values ?? []).length > 0) === true;
}

const topicDescriptionSchema = z.object({
  TopicName: z.optional(z.string()),
  PartitionCount: z.optional(z.number()),
  ReplicationFactor: z.optional(z.number()),
  Status: z.optional(z.string()),
  Configs: z.optional(z.string()),
});

/** A topic as DescribeTopic gives it, its configuration decoded. */
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

/** JSON in Base64; what is no such thing tells nothing. */
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
