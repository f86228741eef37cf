import { describe, expect, test } from 'vitest';
import { createClients, type Answerer } from '../../src/account/clients.js';
import {
  createTopic,
  createTopicCall,
  topicDifferences,
  topicFault,
  waitForTopic,
  whyNoTopics,
  type WantedTopic,
} from '../../src/mapping/topic.js';
import type { Cluster } from '../../src/snapshot/resources/index.js';
import { clusterArn, healthyAccount, region, value } from '../accounts/account.js';
import { awsError } from '../account/support/answer-from.js';

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
  test.each<[string, (one: Cluster) => void, RegExp]>([
    [
      'an old Kafka',
      (one) => (one.Provisioned!.CurrentBrokerSoftwareInfo = { KafkaVersion: '3.5.1' }),
      /3\.5\.1 has no API/,
    ],
    [
      'a tiered old Kafka',
      (one) => (one.Provisioned!.CurrentBrokerSoftwareInfo = { KafkaVersion: '2.8.2.tiered' }),
      /no API/,
    ],
    [
      'Serverless',
      (one) =>
        Object.assign(one, { ClusterType: 'SERVERLESS', Provisioned: undefined, Serverless: { VpcConfigs: [] } }),
      /Serverless/,
    ],
    ['a cluster in the middle of a change', (one) => (one.State = 'UPDATING'), /UPDATING/],
  ])('%s does not', (_, change, reason) => expect(whyNoTopics(cluster(change))).toMatch(reason));

  test.each([
    [{ name: 'a b' }, /no name/],
    [{ name: '..' }, /no name/],
    [{ name: '' }, /no name/],
    [{ name: 'a'.repeat(250) }, /250 characters/],
    [{ replicationFactor: 4 }, /has 3/],
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

describe('making a topic', () => {
  const make = async (answers: (() => object)[]) => {
    let asked = 0;
    const answerer: Answerer = async () => answers[Math.min(asked++, answers.length - 1)]!();
    const clock = { now: () => new Date(0), sleep: async () => {} };
    const { outcome } = await createTopic(createClients({ region, answerer }), createTopicCall(clusterArn, wanted), {
      clock,
      signal: new AbortController().signal,
    });
    return [outcome, asked];
  };
  const refuse = (name: string, status: number) => () => {
    throw awsError(name, status);
  };
  const cut = () => {
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  };

  test.each<[string, (() => object)[], [string, number]]>([
    ['that answers', [() => ({ Status: 'CREATING' })], ['ok', 1]],
    ['whose answer never came, though it was made', [cut, refuse('TopicExistsException', 409)], ['ok', 2]],
    ['whose answer never came, for it was not', [cut, () => ({})], ['ok', 2]],
    ['that is another’s', [refuse('TopicExistsException', 409)], ['failed', 1]],
    [
      'that is another’s, after a throttled try',
      [refuse('TooManyRequestsException', 429), refuse('TopicExistsException', 409)],
      ['failed', 2],
    ],
    ['that MSK has no time for', [refuse('ServiceUnavailableException', 503)], ['failed', 4]],
  ])('%s', async (_, answers, came) => expect(await make(answers)).toEqual(came));
});

describe('waiting for a new topic', () => {
  const wait = (answers: (() => object)[], limit = 60_000) => {
    let time = 0;
    const said: string[] = [];
    const answerer: Answerer = async () => (answers.length > 1 ? answers.shift()! : answers[0]!)();
    const signal = new AbortController().signal;
    const clock = { now: () => new Date(time), sleep: async (milliseconds: number) => void (time += milliseconds) };
    return waitForTopic(createClients({ region, answerer }), clusterArn, 'returns', {
      clock,
      say: (text) => said.push(text),
      limit,
      signal,
    }).then((waited) => ({ waited, said }));
  };
  const refuse = (name: string, status: number) => () => {
    throw awsError(name, status);
  };

  test('goes over not found and CREATING to ACTIVE', async () => {
    const { waited, said } = await wait([
      refuse('NotFoundException', 404),
      () => ({ Status: 'CREATING' }),
      () => ({ Status: 'ACTIVE', PartitionCount: 6 }),
    ]);
    expect(waited).toMatchObject({ outcome: 'active', topic: { PartitionCount: 6 } });
    expect(said).toEqual(['MSK does not show the topic yet', 'the topic is CREATING']);
  });
  test('ends when the time is up, and says at what', async () => {
    expect((await wait([() => ({ Status: 'CREATING' })], 5000)).waited).toEqual({
      outcome: 'still',
      because: 'The time for waiting is up while the topic is CREATING.',
    });
  });
  test('ends where it may not be read', async () => {
    expect((await wait([refuse('ForbiddenException', 403)])).waited).toMatchObject({
      outcome: 'unread',
      failure: { outcome: 'denied' },
    });
  });
});
