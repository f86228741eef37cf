/** Topics by the MSK topic API: what may be asked for, and how a topic that is there differs from it. */
import type { TopicDescription } from '../account/queries/clusters.js';
import type { Cluster } from '../snapshot/resources/index.js';
import { viewCluster } from '../subject/cluster-view.js';
import { whyNoTopicApi } from '../subject/topic-api.js';
import type { AwsCall } from '../aws/call.js';

export interface WantedTopic {
  name: string;
  partitions: number;
  replicationFactor: number;
  /** Kafka's own names of topic configuration, `retention.ms`. */
  config: Readonly<Record<string, string>>;
}

/** Why the cluster takes no topics by MSK's API now: a clause; null where it does (AWS: MSK topic operations). */
export function whyNoTopics(cluster: Cluster): string | null {
  const view = viewCluster(cluster);
  return (
    whyNoTopicApi(view) ??
    (view.state === 'ACTIVE' ? null : `the cluster is ${view.state}, and takes topics only when ACTIVE`)
  );
}

const longestName = 249;

/** What is wrong with a topic before anything is asked; null where nothing is. */
export function topicFault({ name, replicationFactor }: WantedTopic, cluster: Cluster): string | null {
  // Kafka's own rule for names (org.apache.kafka.common.internals.Topic).
  if (!/^[a-zA-Z0-9._-]+$/.test(name) || name === '.' || name === '..')
    return `“${name}” is no name of a topic: letters, digits, “.”, “_” and “-” are`;
  if (name.length > longestName)
    return `the name of the topic has ${name.length} characters, and may have ${longestName}`;
  const brokers = cluster.Provisioned?.NumberOfBrokerNodes ?? 0;
  return brokers > 0 && replicationFactor > brokers
    ? `a replication factor of ${replicationFactor} needs as many brokers, and the cluster has ${brokers}`
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
    // MSK takes the configuration as JSON, in Base64.
    ...(Object.keys(config).length === 0 ? {} : { Configs: Buffer.from(JSON.stringify(config)).toString('base64') }),
  },
});

/** How a topic that is there differs from the one asked for, each a clause. Configuration that is not asked for may be anything. */
export function topicDifferences(existing: TopicDescription, wanted: WantedTopic): string[] {
  const differs = (what: string, is: string | number | undefined, asked: string | number) =>
    is === undefined || is === asked ? [] : [`${what} is ${is}, not ${asked}`];
  return [
    ...differs('the number of partitions', existing.PartitionCount, wanted.partitions),
    ...differs('the replication factor', existing.ReplicationFactor, wanted.replicationFactor),
    ...Object.entries(wanted.config).flatMap(([name, asked]) => differs(name, existing.config[name], asked)),
  ];
}
