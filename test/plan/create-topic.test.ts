import { describe, expect, test } from 'vitest';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { createTopicCall, type WantedTopic } from '../../src/mapping/topic.js';
import { createTopic, waitForTopic } from '../../src/plan/execution/create-topic.js';
import { clusterArn, region } from '../accounts/account.js';
import { awsError } from '../account/support/answer-from.js';

const wanted: WantedTopic = { name: 'returns', partitions: 6, replicationFactor: 3, config: {} };

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

  test.each<{ name: string; answers: (() => object)[]; came: [string, number] }>([
    { name: 'that answers', answers: [() => ({ Status: 'CREATING' })], came: ['ok', 1] },
    {
      name: 'whose answer never came, though it was made',
      answers: [cut, refuse('TopicExistsException', 409)],
      came: ['ok', 2],
    },
    { name: 'whose answer never came, for it was not', answers: [cut, () => ({})], came: ['ok', 2] },
    { name: 'that is another’s', answers: [refuse('TopicExistsException', 409)], came: ['failed', 1] },
    {
      name: 'that is another’s, after a throttled try',
      answers: [refuse('TooManyRequestsException', 429), refuse('TopicExistsException', 409)],
      came: ['failed', 2],
    },
    { name: 'that MSK has no time for', answers: [refuse('ServiceUnavailableException', 503)], came: ['failed', 4] },
  ])('$name', async ({ answers, came }) => expect(await make(answers)).toEqual(came));
});

describe('waiting for a new topic', () => {
  const wait = (answers: (() => object)[], limit = 60_000) => {
    let time = 0;
    const messages: string[] = [];
    const answerer: Answerer = async () => (answers.length > 1 ? answers.shift()! : answers[0]!)();
    const signal = new AbortController().signal;
    const clock = { now: () => new Date(time), sleep: async (milliseconds: number) => void (time += milliseconds) };
    return waitForTopic(
      createClients({ region, answerer }),
      { clusterArn, name: 'returns' },
      {
        clock,
        say: (text) => messages.push(text),
        limit,
        signal,
      },
    ).then((waited) => ({ waited, messages }));
  };
  const refuse = (name: string, status: number) => () => {
    throw awsError(name, status);
  };

  test('goes over not found and CREATING to ACTIVE', async () => {
    const { waited, messages } = await wait([
      refuse('NotFoundException', 404),
      () => ({ Status: 'CREATING' }),
      () => ({ Status: 'ACTIVE', PartitionCount: 6 }),
    ]);
    expect(waited).toMatchObject({ outcome: 'active', topic: { PartitionCount: 6 } });
    expect(messages).toEqual(['MSK does not show the topic yet', 'the topic is CREATING']);
  });
  test('ends when the time is up, and says at what', async () => {
    expect((await wait([() => ({ Status: 'CREATING' })], 5000)).waited).toEqual({
      outcome: 'still',
      because: 'Stopped waiting (--wait-timeout) while the topic is CREATING.',
    });
  });
  test('ends where it may not be read', async () => {
    expect((await wait([refuse('ForbiddenException', 403)])).waited).toMatchObject({
      outcome: 'unread',
      failure: { outcome: 'denied' },
    });
  });
});
