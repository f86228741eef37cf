/** The brokers of a sandbox alone: whatever a client sends, only its own connection ends. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { encodeRequest } from '../../src/kafka/api.js';
import { Connection } from '../../src/kafka/connection.js';
import { login } from '../../src/kafka/login/login.js';
import { fetch, metadata } from '../../src/kafka/messages/topics.js';
import { decodeBatches } from '../../src/kafka/record-batch.js';
import { openTls, secureContext } from '../../src/kafka/tls.js';
import { topic } from '../../src/sandbox/healthy.js';
import { openAccount } from '../../src/sandbox/index.js';

const signal = new AbortController().signal;
const open: { stop(): Promise<void> }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((each) => each.stop()))));

async function start(name: string) {
  const sandbox = openAccount(name)!;
  const brokers = await sandbox.startBrokers();
  open.push(brokers);
  return { sandbox, ...brokers };
}

const hostOf = (broker: number) => `b-${broker}.orderscluster.abc123.c2.kafka.eu-west-1.amazonaws.com`;

async function plaintext(broker = 1) {
  const { dial } = await start('plaintext');
  return { dial, socket: await dial.connect(hostOf(broker), 9092, signal) };
}

/** Resolves when the broker has closed the connection. */
const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
    socket.resume();
  });

/** With its length in front. */
const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const noTopics = {
  topics: [],
  allowAutoTopicCreation: false,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
};

describe('a hostile client', () => {
  test.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a length of 2 GB', Buffer.from([0x7f, 0xff, 0xff, 0xff])],
    ['a negative length', Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['an empty frame', Buffer.from([0, 0, 0, 0])],
    ['an unknown request', framed(Buffer.from([0x03, 0xe7, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 0, 0]))],
    ['an unknown version', framed(Buffer.from([0, 3, 0, 99, 0, 0, 0, 1, 0xff, 0xff, 0, 0]))],
    ['a list longer than its frame', framed(Buffer.from([0, 3, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]))],
    ['random bytes', framed(randomBytes(400))],
  ])('%s: its connection ends, and others are answered', async (_, bytes) => {
    const { dial, socket } = await plaintext();
    const end = closed(socket);
    socket.write(bytes);
    await end;
    const other = new Connection(await dial.connect(hostOf(1), 9092, signal));
    await other.readVersions(signal);
    expect((await other.request(metadata, noTopics, { signal })).brokers).toHaveLength(3);
    other.close();
  });

  test('requests cut at every byte: no answer is out of step', async () => {
    const { dial, socket } = await plaintext();
    socket.destroy();
    const request = framed(encodeRequest(metadata, { version: 4, correlation: 7, client: 'x' }, noTopics));
    for (let end = 1; end < request.length; end += 5) {
      const part = await dial.connect(hostOf(1), 9092, signal);
      part.end(request.subarray(0, end));
      await closed(part);
    }
    const slow = await dial.connect(hostOf(1), 9092, signal);
    const answered = new Promise<Buffer>((resolve) => slow.once('data', resolve));
    for (const byte of request) slow.write(Buffer.from([byte]));
    expect((await answered).readInt32BE(4)).toBe(7);
    slow.destroy();
  });

  test('a request before the login ends the connection', async () => {
    const { dial, certificateAuthority } = await start('scram');
    const context = secureContext({ certificateAuthority, client: null });
    const { socket } = await openTls(await dial.connect(hostOf(1), 9096, signal), hostOf(1), context, signal);
    const end = closed(socket);
    socket.write(framed(encodeRequest(metadata, { version: 4, correlation: 1, client: 'x' }, noTopics)));
    await end;
  });

  test('text without TLS on a TLS listener', async () => {
    const { dial } = await start('scram');
    const socket = await dial.connect(hostOf(1), 9096, signal);
    const end = closed(socket);
    socket.write('hello, is this Kafka?\r\n');
    await end;
  });
});

describe('a login with IAM', () => {
  const attempt = async (mechanism: 'OAUTHBEARER' | 'AWS_MSK_IAM', changes: { secretAccessKey?: string } = {}) => {
    const { sandbox, dial, certificateAuthority } = await start('endpoints');
    const context = secureContext({ certificateAuthority, client: null });
    const { socket } = await openTls(await dial.connect(hostOf(1), 9098, signal), hostOf(1), context, signal);
    const connection = new Connection(socket);
    try {
      await connection.readVersions(signal);
      const { accessKeyId, secretAccessKey } = sandbox.credentials;
      const keys = { accessKeyId, secretAccessKey, sessionToken: null, region: 'eu-west-1', ...changes };
      await login(connection, { mechanism, ...keys }, hostOf(1), signal);
    } finally {
      connection.close();
    }
  };
  test.each(['OAUTHBEARER', 'AWS_MSK_IAM'] as const)('%s: your credentials are accepted', async (mechanism) => {
    await expect(attempt(mechanism)).resolves.toBeUndefined();
  });
  test.each(['OAUTHBEARER', 'AWS_MSK_IAM'] as const)('%s: another key is refused', async (mechanism) => {
    await expect(attempt(mechanism, { secretAccessKey: 'another' })).rejects.toMatchObject({ code: 58 });
  });
});

test('the undecodable record of poison-pill is at offset 13 of partition 1, among JSON records', async () => {
  const { sandbox, dial, certificateAuthority } = await start('poison-pill');
  const context = secureContext({ certificateAuthority, client: null });
  const { socket } = await openTls(await dial.connect(hostOf(2), 9098, signal), hostOf(2), context, signal);
  const connection = new Connection(socket);
  await connection.readVersions(signal);
  const keys = { ...sandbox.credentials, sessionToken: null, region: 'eu-west-1' };
  await login(connection, { mechanism: 'AWS_MSK_IAM', ...keys }, hostOf(2), signal);
  const answer = await connection.request(
    fetch,
    {
      replicaId: -1,
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1_000_000,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [
        {
          topic,
          partitions: [
            {
              partition: 1,
              currentLeaderEpoch: -1,
              fetchOffset: 0,
              lastFetchedEpoch: -1,
              logStartOffset: -1,
              partitionMaxBytes: 1_000_000,
            },
          ],
        },
      ],
      forgottenTopicsData: [],
      rackId: '',
    },
    { signal },
  );
  connection.close();
  const [batch] = await decodeBatches(answer.responses[0]!.partitions[0]!.records!);
  const records = batch!.records!;
  expect(records.map(({ offset }) => offset)).toEqual(Array.from({ length: 20 }, (_, offset) => offset));
  const notJson = records.filter(({ value }) => {
    try {
      JSON.parse(value!.toString('utf8'));
      return false;
    } catch {
      return true;
    }
  });
  expect(notJson.map(({ offset }) => offset)).toEqual([13]);
});

test('stopped brokers accept no connection', async () => {
  const { dial, stop } = await start('plaintext');
  const socket = await dial.connect(hostOf(1), 9092, signal);
  const { remotePort } = socket;
  await stop();
  const refused = await new Promise<string | undefined>((resolve) => {
    const late = connect({ host: '127.0.0.1', port: remotePort! });
    late.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    late.once('connect', () => resolve(undefined));
  });
  expect(refused).toBe('ECONNREFUSED');
});
