/** A conversation with a peer that is not, or not well, a broker. */
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Connection } from '../../src/kafka/connection.js';
import { openSocket } from '../../src/kafka/dial.js';
import { apis } from '../../src/kafka/messages/index.js';
import { offer, ScriptedBroker, type BrokerOptions } from './support/scripted-broker.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const signal = AbortSignal.timeout(60_000);

async function connect(options: BrokerOptions): Promise<{ connection: Connection; broker: ScriptedBroker }> {
  const broker = await ScriptedBroker.start(options);
  open.push(() => broker.stop());
  const connection = new Connection(await openSocket('127.0.0.1', broker.port, signal));
  open.push(() => connection.close());
  return { connection, broker };
}

/** A peer that answers the first bytes with `bytes`; `greeting`: without being asked. */
const peer = (bytes: string | Buffer, greeting = false) =>
  connect({
    answers: {},
    onSocket: (socket: Socket) => {
      if (greeting) socket.write(bytes);
      else socket.once('data', () => socket.write(bytes));
      return true;
    },
  });

describe('a port that is not Kafka', () => {
  test.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', false],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', true],
    ['TLS', Buffer.from('15030300020246', 'hex'), false],
    ['other', '220 mail ESMTP\r\n', true],
    ['other', '-ERR unknown command\r\n', false],
  ] as const)('%s', async (foreign, bytes, greeting) => {
    const { connection } = await peer(bytes, greeting);
    await expect(connection.readVersions(signal)).rejects.toMatchObject({ label: 'NOT_KAFKA', foreign, code: null });
  });
});

describe('an answer that breaks the protocol', () => {
  test.each([
    ['a length of 2 GB', '7fffffff00000001', /announces an answer of 2147483647 bytes/],
    ['a negative length', 'ffffffff00000001', /announces an answer of -1 bytes/],
    ['a length without a body', '0000000200000001', /announces an answer of 2 bytes/],
    ['another correlation', '0000000a0000002a000000000000', /a request that was not sent/],
    ['fewer bytes than it claims', '0000000c000000010000000000010003', /claims 2 bytes/],
  ])('%s', async (_, bytes, message) => {
    const { connection } = await peer(Buffer.from(bytes, 'hex'));
    await expect(connection.readVersions(signal)).rejects.toMatchObject({
      label: 'MALFORMED',
      message: expect.stringMatching(message),
    });
  });

  test('data without an end that was not asked for', async () => {
    const { connection } = await connect({
      answers: {
        apiVersions: ({ socket }) => {
          socket.write(Buffer.alloc(40 * 1024 * 1024));
          return offer()({} as never);
        },
      },
    });
    await expect(connection.readVersions(signal)).rejects.toMatchObject({ label: 'MALFORMED' });
  });
});

test('a broker that closes the connection', async () => {
  const { connection } = await connect({ answers: { apiVersions: ({ socket }) => (socket.end(), 'silence') } });
  await expect(connection.readVersions(signal)).rejects.toMatchObject({ label: 'CLOSED', code: null });
  await expect(connection.readVersions(signal)).rejects.toMatchObject({ label: 'CLOSED' });
});

test('a broker that stays silent is left at the signal', async () => {
  const { connection } = await connect({ answers: { apiVersions: () => 'silence' } });
  const controller = new AbortController();
  const question = connection.readVersions(controller.signal);
  controller.abort(new Error('enough'));
  await expect(question).rejects.toThrow('enough');
});

test('several requests at the same time, throttle times, and answers in pieces', async () => {
  const { connection } = await connect({
    answers: {
      apiVersions: offer(),
      listGroups: () => ({ throttleTimeMs: 0, errorCode: 0, groups: [] }),
      findCoordinator: ({ request: { key } }) => ({
        throttleTimeMs: 250,
        errorCode: 0,
        errorMessage: null,
        nodeId: 1,
        host: key,
        port: 9092,
      }),
    },
  });
  await connection.readVersions(signal);
  const answers = await Promise.all([
    connection.request(apis.findCoordinator, { key: 'x'.repeat(30_000), keyType: 0 }, { signal }),
    connection.request(apis.listGroups, { statesFilter: [], typesFilter: [] }, { signal }),
  ]);
  expect(answers[0].host).toHaveLength(30_000);
  expect(answers[1].groups).toEqual([]);
});

test('a request that the broker does not have is not sent', async () => {
  const { connection, broker } = await connect({ answers: { apiVersions: offer({ consumerGroupDescribe: null }) } });
  await connection.readVersions(signal);
  expect(connection.versionOf(apis.consumerGroupDescribe)).toBeNull();
  await expect(
    connection.request(apis.consumerGroupDescribe, { groupIds: [], includeAuthorizedOperations: false }, { signal }),
  ).rejects.toMatchObject({ code: 35, label: 'UNSUPPORTED_VERSION' });
  expect(broker.asked).toEqual(['ApiVersions']);
});

test('throttle times are kept, and refused versions are an error', async () => {
  const { connection, broker } = await connect({
    answers: { apiVersions: offer({ findCoordinator: { least: 1, most: 3 } }) },
  });
  broker.answer({
    findCoordinator: () => ({ throttleTimeMs: 250, errorCode: 0, errorMessage: null, nodeId: 1, host: 'h', port: 1 }),
  });
  await connection.readVersions(signal);
  await connection.request(apis.findCoordinator, { key: 'g', keyType: 0 }, { signal });
  expect(connection.throttledMs).toBe(250);
  broker.answer({ apiVersions: () => ({ errorCode: 35, apiKeys: [], throttleTimeMs: 0 }) });
  await expect(connection.readVersions(signal)).rejects.toMatchObject({ code: 35 });
});

test('nothing listens', async () => {
  const broker = await ScriptedBroker.start({ answers: {} });
  const { port } = broker;
  await broker.stop();
  await expect(openSocket('127.0.0.1', port, signal)).rejects.toMatchObject({ label: 'ECONNREFUSED' });
});
