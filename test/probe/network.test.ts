/** Ports that are not Kafka, silent and broken brokers, several bootstrap addresses, proxies, and limits. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { proxyDialer } from '../../src/kafka/proxy-dialer.js';
import type { ProbeInput } from '../../src/probe/probe-input.js';
import { runProbe } from '../../src/probe/run-probe.js';
import { metadataOf, startCluster, type Cluster, type ClusterOptions } from './support/cluster.js';
import { probeInput } from './support/input.js';

const open: Cluster[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const cluster of open.splice(0)) await cluster.stop();
  for (const server of servers.splice(0)) server.close();
});

async function cluster(options: ClusterOptions = {}): Promise<Cluster> {
  const started = await startCluster(options);
  open.push(started);
  return started;
}

/** A peer that answers the first bytes; `greeting`: without waiting for them. */
const peer = (bytes: string | Buffer, greeting = false) =>
  cluster({
    onSocket: (socket) => {
      if (greeting) socket.write(bytes);
      else socket.once('data', () => socket.end(bytes));
      return true;
    },
  });

const run = ({ bootstrap }: Pick<Cluster, 'bootstrap'>, changes: Partial<ProbeInput> = {}) =>
  runProbe(probeInput({ bootstrap, ...changes }));

describe('a port that is not Kafka', () => {
  const http = 'HTTP/1.1 400 Bad Request\r\n\r\n';
  test.each([
    ['HTTP', 'plaintext', 'api-versions', http, false],
    ['SSH', 'plaintext', 'api-versions', 'SSH-2.0-OpenSSH_9.2\r\n', true],
    ['TLS', 'plaintext', 'api-versions', Buffer.from('15030300020246', 'hex'), false],
    ['other', 'plaintext', 'api-versions', '220 mail ESMTP\r\n', true],
    ['HTTP', 'tls', 'tls', http, false],
    ['SSH', 'tls', 'tls', 'SSH-2.0-OpenSSH_9.2\r\n', true],
  ] as const)('%s, asked by %s', async (foreign, auth, step, bytes, greeting) => {
    expect(await run(await peer(bytes, greeting), { auth })).toMatchObject({
      verdict: 'blocked',
      stoppedAt: {
        step,
        code: null,
        name: 'NOT_KAFKA',
        because: expect.stringContaining(foreign === 'other' ? 'not Kafka' : foreign),
      },
      facts: { notKafka: foreign },
    });
  });
});

test.each([
  ['a length of 2 GB', '7fffffff00000001'],
  ['a negative length', 'ffffffff00000001'],
  ['an answer that ends too early', '0000000c000000010000000000010003'],
])('%s', async (_, bytes) =>
  expect((await run(await peer(Buffer.from(bytes, 'hex')))).stoppedAt).toMatchObject({
    step: 'api-versions',
    code: null,
    name: 'MALFORMED',
  }),
);

test('a broker that closes the connection: the reason that it may have', async () => {
  expect((await run(await peer(''))).stoppedAt).toMatchObject({
    step: 'api-versions',
    name: expect.stringMatching(/^(CLOSED|ECONNRESET)$/),
    because: expect.stringContaining('requires TLS'),
  });
  const started = await cluster({ answers: { metadata: ({ socket }) => (socket.destroy(), 'silence') } });
  expect((await run(started)).stoppedAt).toMatchObject({ step: 'metadata', because: expect.stringContaining('SASL') });
});

test('a name that does not resolve, and a port on which nothing listens', async () => {
  expect((await run({ bootstrap: [{ host: 'b-1.invalid', port: 9092 }] })).stoppedAt).toMatchObject({
    broker: 'b-1.invalid:9092',
    step: 'dns',
    name: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
  });
  expect((await run({ bootstrap: [{ host: '', port: 9092 }] })).stoppedAt).toMatchObject({
    step: 'dns',
    name: 'ENOTFOUND',
  });
  expect((await run({ bootstrap: [{ host: '127.0.0.1', port: 70_000 }] })).stoppedAt).toMatchObject({ step: 'tcp' });
  expect((await run({ bootstrap: [{ host: '127.0.0.1', port: 1 }] })).stoppedAt).toMatchObject({
    step: 'tcp',
    name: 'ECONNREFUSED',
  });
});

describe('a broker that accepts and stays silent', () => {
  const silent = () => cluster({ onSocket: () => true });
  test.each(['plaintext', 'tls'] as const)('is left at the limit of the step, %s', async (auth) => {
    const result = await run(await silent(), { auth, limits: { step: 300, whole: 60_000 } });
    expect(result.stoppedAt).toMatchObject({
      step: auth === 'tls' ? 'tls' : 'api-versions',
      name: 'TIMEOUT',
      because: 'no answer within 0.3 s',
    });
  });

  test('is left at the limit of the whole probe', async () => {
    const result = await run(await silent(), { limits: { step: 60_000, whole: 300 } });
    expect(result.stoppedAt).toMatchObject({
      name: 'TIMEOUT',
      because: 'the time limit of the whole probe, 0.3 s, is over',
    });
  });
});

test('several addresses: those that fail are shown and block nothing', async () => {
  const healthy = await cluster();
  const silent = await cluster({ onSocket: () => true });
  const bootstrap = [...silent.bootstrap, { host: '127.0.0.1', port: 1 }, ...healthy.bootstrap];
  const result = await run(
    { bootstrap },
    { topic: 'orders', group: 'orders-group', limits: { step: 1000, whole: 60_000 } },
  );
  expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
  expect(result.brokers.map(({ steps }) => steps.find(({ status }) => status === 'failed')?.name)).toEqual([
    'TIMEOUT',
    'ECONNREFUSED',
    undefined,
  ]);
});

test('no address works: the one that came furthest counts', async () => {
  const http = await peer('HTTP/1.1 400 Bad Request\r\n\r\n');
  const result = await run({ bootstrap: [{ host: '127.0.0.1', port: 1 }, ...http.bootstrap] });
  expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'api-versions', name: 'NOT_KAFKA' } });
});

test('a leader that does not answer blocks, also where it is no bootstrap address', async () => {
  const silent = await cluster({ onSocket: () => true });
  const healthy = await cluster();
  const answer = metadataOf([...healthy.brokers, ...silent.brokers], true);
  healthy.brokers[0]!.answer({ metadata: () => answer });
  const result = await run(healthy, { topic: 'orders', limits: { step: 500, whole: 60_000 } });
  expect(result).toMatchObject({
    verdict: 'blocked',
    stoppedAt: { broker: `127.0.0.1:${silent.brokers[0]!.port}`, step: 'api-versions', name: 'TIMEOUT' },
    topic: { partitions: [{ offsets: { last: 30 } }, { leader: 2, offsets: null }] },
  });
});

describe('a proxy', () => {
  test('that is not there: nothing is known of the brokers', async () => {
    const dial = await proxyDialer('socks5://user:canary@127.0.0.1:1');
    const result = await run({ bootstrap: [{ host: 'b-1.test', port: 9092 }] }, { dial });
    expect(result).toMatchObject({
      verdict: 'unknown',
      stoppedAt: { step: 'tcp', because: expect.stringContaining('the proxy 127.0.0.1:1') },
    });
    expect(result.brokers[0]!.steps[0]).toMatchObject({ step: 'dns', status: 'skipped' });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('that reports an unreachable broker: the broker is blocked', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    });
    servers.push(server);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const dial = await proxyDialer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const result = await run({ bootstrap: [{ host: 'b-1.test', port: 9092 }] }, { dial });
    expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'tcp', name: 'EHOSTUNREACH' } });
  });
});
