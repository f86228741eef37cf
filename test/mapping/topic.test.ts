import { describe, expect, test } from 'vitest';
import {
  createTopicCall,
  topicDifferences,
  topicFault,
  whyNoTopics,
  type WantedTopic,
} from '../../src/mapping/topic.js';
import type { Cluster } from '../../src/snapshot/resources/index.js';
import { clusterArn, healthyAccount, value } from '../accounts/account.js';

const wanted: WantedTopic = {
  name: 'returns',
  partitions: 6,
  replicationFactor: 3,
  config: { 'retention.ms': '1000' },
};
const cluster = (change: (cluster: Cluster) => void = () => {}): Cluster => {
  const healthy = value(healthyAccount().clusters, clusterArn);
  change(healthy);
  return healthy;
};

describe('what may be asked for', () => {
  test('a provisioned, active cluster on a new Kafka takes topics', () => expect(whyNoTopics(cluster())).toBeNull());
  test.each<{ name: string; change: (cluster: Cluster) => void; reason: RegExp }>([
    {
      name: 'an old Kafka',
      change: (cluster) => (cluster.Provisioned!.CurrentBrokerSoftwareInfo = { KafkaVersion: '3.5.1' }),
      reason: /no API to list topics of Kafka 3\.5\.1/,
    },
    {
      name: 'a tiered old Kafka',
      change: (cluster) => (cluster.Provisioned!.CurrentBrokerSoftwareInfo = { KafkaVersion: '2.8.2.tiered' }),
      reason: /no API/,
    },
    {
      name: 'Serverless',
      change: (cluster) =>
        Object.assign(cluster, { ClusterType: 'SERVERLESS', Provisioned: undefined, Serverless: { VpcConfigs: [] } }),
      reason: /Serverless/,
    },
    {
      name: 'a cluster in the middle of a change',
      change: (cluster) => (cluster.State = 'UPDATING'),
      reason: /UPDATING/,
    },
  ])('$name does not', ({ change, reason }) => expect(whyNoTopics(cluster(change))).toMatch(reason));

  test.each([
    [{ name: 'a b' }, /not a valid topic name/],
    [{ name: '..' }, /not a valid topic name/],
    [{ name: '' }, /not a valid topic name/],
    [{ name: 'a'.repeat(250) }, /250 characters/],
    [{ replicationFactor: 4 }, /number of brokers, 3/],
  ])('%o is refused', (change, reason) => expect(topicFault({ ...wanted, ...change }, cluster())).toMatch(reason));
  test('what is fine is not', () => expect(topicFault(wanted, cluster())).toBeNull());
});

test('the configuration is sent as JSON in Base64, and left out where there is none', () => {
  const { input } = createTopicCall(clusterArn, wanted);
  expect(JSON.parse(Buffer.from(String(input['Configs']), 'base64').toString())).toEqual({ 'retention.ms': '1000' });
  expect(createTopicCall(clusterArn, { ...wanted, config: {} }).input).not.toHaveProperty('Configs');
});

test('only what is asked for is compared', () => {
  expect(
    topicDifferences(
      { PartitionCount: 6, ReplicationFactor: 3, config: { 'retention.ms': '1000', 'cleanup.policy': 'delete' } },
      wanted,
    ),
  ).toEqual([]);
  expect(
    topicDifferences({ PartitionCount: 3, ReplicationFactor: 3, config: { 'retention.ms': '5' } }, wanted),
  ).toEqual(['the number of partitions is 3, not 6', 'retention.ms is 5, not 1000']);
});
