/** Topics by the MSK topic API: which can be requested, and how an existing topic differs from the requested one. */
import type { TopicDescription } from '../account/queries/clusters.js';
import type { Cluster } from '../snapshot/resources/index.js';
import { viewCluster } from '../subject/cluster-view.js';
import { whyNoTopicApi } from '../subject/topic-api.js';
import type { AwsCall } from '../aws/call.js';

export interface WantedTopic {
  name: string;
  partitions: number;
  replicationFactor: number;
  /** Kafka's names of topic configuration, such as `retention.ms`. */
  config: Readonly<Record<string, string>>;
}

/**
 * Why MSK's API cannot create topics in the cluster now, as a clause; null where it can (AWS: MSK topic operations).
 */
export function whyNoTopics(cluster: Cluster): string | null {
  const view = viewCluster(cluster);
  return (
    whyNoTopicApi(view) ??
    (view.state === 'ACTIVE' ? null : `the cluster is ${view.state}, and topics can be created only when it is ACTIVE`)
  );
}

const longestName = 249;

/** The error of a requested topic, before any call; null where it is valid. */
export function topicFault({ name, replicationFactor }: WantedTopic, cluster: Cluster): string | null {
  // Kafka's rule for names (org.apache.kafka.common.internals.Topic).
  if (!/^[a-zA-Z0-9._-]+$/.test(name) || name === '.' || name === '..')
    return `“${name}” is not a valid topic name: use letters, digits, “.”, “_” and “-”`;
  if (name.length > longestName) return `the topic name has ${name.length} characters; the maximum is ${longestName}`;
  const brokers = cluster.Provisioned?.NumberOfBrokerNodes ?? 0;
  return brokers > 0 && replicationFactor > brokers
    ? `the replication factor ${replicationFactor} is greater than the number of brokers, ${brokers}`
    : null;
}

export const createTopicCall = (
  ClusterArn: string,
  { name, partitions, replicationFactor, config }: WantedTopic,
): AwsCall => ({
  service: 'kafka',
  operation: 'CreateTopic',
  input: {
    ClusterArn,
    TopicName: name,
    PartitionCount: partitions,
    ReplicationFactor: replicationFactor,
    // MSK expects the configuration as JSON in Base64.
    ...(Object.keys(config).length === 0 ? {} : { Configs: Buffer.from(JSON.stringify(config)).toString('base64') }),
  },
});

/**
 * How an existing topic differs from the requested one, one clause each. Configuration that is not requested may
 * have any value.
 */
export function topicDifferences(existing: TopicDescription, wanted: WantedTopic): string[] {
  const differs = (what: string, is: string | number | undefined, asked: string | number) =>
    is === undefined || is === asked ? [] : [`${what} is ${is}, not ${asked}`];
  return [
    ...differs('the number of partitions', existing.PartitionCount, wanted.partitions),
    ...differs('the replication factor', existing.ReplicationFactor, wanted.replicationFactor),
    ...Object.entries(wanted.config).flatMap(([name, asked]) => differs(name, existing.config[name], asked)),
  ];
}
