/** What is healthy, however unusual, is found healthy. */
import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeInput } from '../../../src/probe/probe-input.js';
import type { ProbeResult } from '../../../src/probe/probe-result.js';
import { runProbe } from '../../../src/probe/run-probe.js';
import { leftOut } from '../left-out.js';
import { clientIdentities, clientPrincipal } from './certificates.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { iam, mtls, plaintext, scram, tls } from './probing.js';
import { startKafka, type RealKafka } from './real-kafka.js';
import { silentServer, slowProxy } from './strangers.js';

const logins: [string, (kafka: RealKafka) => ProbeInput, () => string | null][] = [
  ['plaintext', (kafka) => plaintext(kafka), () => 'User:ANONYMOUS'],
  ['TLS', (kafka) => tls(kafka), () => 'User:ANONYMOUS'],
  ['mutual TLS 1.3', (kafka) => mtls(kafka), () => clientPrincipal],
  ['mutual TLS 1.2', (kafka) => mtls(kafka, clientIdentities.trusted, {}, 'MTLS12'), () => clientPrincipal],
  ['SCRAM', (kafka) => scram(kafka), () => 'User:orders'],
  ['OAUTHBEARER', (kafka) => iam(kafka, 'OAUTHBEARER'), () => null],
  ['AWS_MSK_IAM', (kafka) => iam(kafka, 'AWS_MSK_IAM'), () => null],
];

const stepsOf = ({ brokers }: ProbeResult) => [
  ...new Set(brokers.flatMap(({ steps }) => steps.filter(({ status }) => status === 'ok').map(({ step }) => step))),
];
const failures = ({ brokers }: ProbeResult) =>
  brokers.flatMap(({ address, steps }) =>
    steps.filter(({ status }) => status === 'failed').map((step) => [address, step]),
  );

function reaches(result: ProbeResult): void {
  expect(result.stoppedAt).toBeNull();
  expect(failures(result)).toEqual([]);
  expect(result.verdict).toBe('reaches');
}

describe.skipIf(leftOut('healthy brokers', missingTool())).each(['4.3.1', '3.9.1'] as const)('Kafka %s', (version) => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka({ version });
    await kafka.createTopic('orders', 3);
    await kafka.produce('orders', 0, [
      { key: 'first', value: 'value', headers: { source: 'shop', empty: null } },
      { key: 'second', value: null },
      { value: 1000 },
    ]);
    for (const principal of ['User:orders', 'User:ANONYMOUS', clientPrincipal, `User:${kafka.key.arn}`])
      await kafka.allow(...healthyRules(principal));
  });
  afterAll(() => kafka?.end());

  // The first probe of a new cluster waits until the broker has made __consumer_offsets.
  test.each(logins)('%s', async (name, input, principal) => {
    const result = await runProbe(input(kafka));
    reaches(result);
    const login = name === 'plaintext' ? [] : name.startsWith('mutual') ? ['tls', 'client-certificate'] : ['tls'];
    expect(stepsOf(result)).toEqual(
      expect.arrayContaining([
        'dns',
        'tcp',
        ...login,
        'api-versions',
        'metadata',
        'topic',
        'coordinator',
        'group-join',
      ]),
    );
    expect(stepsOf(result)).toEqual(expect.arrayContaining(['offsets', 'fetch']));
    expect(result.facts).toMatchObject({
      record: { partition: 0, offset: 0, keyBytes: 5, valueBytes: 5, headers: 2 },
      notKafka: null,
    });
    expect(result.facts.principal).toBe(principal());
    expect(result.topic).toMatchObject({ name: 'orders', partitions: [{ id: 0, leader: 1 }, { id: 1 }, { id: 2 }] });
    expect(result.topic?.partitions?.[0]).toMatchObject({ offsets: { first: 0, last: 3 }, committed: null });
    expect(JSON.stringify(result)).not.toContain(kafka.users.orders.password);
    expect(JSON.stringify(result)).not.toContain(kafka.key.secretAccessKey);
  });

  test('a client certificate whose key is encrypted', async () => {
    const { certificate, privateKey } = clientIdentities.trusted;
    const input = mtls(kafka);
    const encrypted = createPrivateKey(privateKey).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'phrase',
    }) as string;
    const asked = (passphrase: string): ProbeInput => ({
      ...input,
      credentials: { kind: 'mtls', certificate, privateKey: encrypted, passphrase },
    });
    reaches(await runProbe(asked('phrase')));
    expect((await runProbe(asked('wrong'))).stoppedAt).toMatchObject({ step: 'client-certificate', code: null });
  });

  test('shows the record only where it is asked to', async () => {
    const hidden = JSON.stringify(await runProbe(plaintext(kafka)));
    const shown = await runProbe(plaintext(kafka, { showRecord: true }));
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(hidden).not.toContain(base64('value'));
    expect(shown.facts.record).toMatchObject({ key: base64('first'), value: base64('value') });
  });

  test('ends after metadata without a topic and a group', async () => {
    const result = await runProbe(scram(kafka, kafka.users.guest, { topic: null, group: null }));
    reaches(result);
    expect(result).toMatchObject({ topic: null, group: null });
    expect(stepsOf(result)).not.toContain('topic');
  });

  test('an empty topic', async () => {
    await kafka.createTopic('orders-empty', 2);
    const result = await runProbe(scram(kafka, kafka.users.orders, { topic: 'orders-empty' }));
    reaches(result);
    expect(result.facts.record).toBeNull();
    expect(result.topic?.partitions).toMatchObject([
      { offsets: { first: 0, last: 0 } },
      { offsets: { first: 0, last: 0 } },
    ]);
  });

  test('committed offsets and lag, also where older records were deleted', async () => {
    await kafka.createTopic('orders-lag', 2);
    for (const partition of [0, 1])
      await kafka.produce('orders-lag', partition, [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
    await kafka.commit('order-lag', 'orders-lag', [1, 3]);
    const input = scram(kafka, kafka.users.orders, { topic: 'orders-lag', group: 'order-lag' });
    const before = await kafka.describeGroup('order-lag');
    const result = await runProbe(input);
    reaches(result);
    expect(result.topic?.partitions).toMatchObject([
      { offsets: { first: 0, last: 3 }, committed: 1, lag: 2 },
      { offsets: { first: 0, last: 3 }, committed: 3, lag: 0 },
    ]);
    expect((await kafka.describeGroup('order-lag')).committed).toEqual(before.committed);
    await kafka.truncate('orders-lag', 0, 2);
    expect((await runProbe(input)).topic?.partitions?.[0]).toMatchObject({
      offsets: { first: 2, last: 3 },
      committed: 1,
    });
  });

  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('records compressed by %s', async (compression) => {
    const topic = `orders-${compression}`;
    await kafka.createTopic(topic);
    await kafka.produce(topic, 0, [{ key: 'k', value: 5000 }], compression);
    const result = await runProbe(scram(kafka, kafka.users.orders, { topic, group: null }));
    reaches(result);
    if (compression === 'gzip') expect(result.facts.record).toMatchObject({ keyBytes: 1, valueBytes: 5000 });
  });

  test('a record that is larger than what a fetch asks for', async () => {
    await kafka.createTopic('orders-large');
    await kafka.produce('orders-large', 0, [{ value: 7_000_000 }]);
    const result = await runProbe(scram(kafka, kafka.users.orders, { topic: 'orders-large' }));
    reaches(result);
    expect(result.facts.record?.valueBytes).toBe(7_000_000);
  });

  test('a user name and a password with characters that SCRAM escapes', async () => {
    const user = { username: 'a=b,c', password: 'p=ä,s s\u00ADw' };
    await kafka.setUser(user.username, user.password);
    await kafka.allow(...healthyRules(`User:${user.username}`));
    const result = await runProbe(scram(kafka, user));
    reaches(result);
    expect(result.facts.principal).toBe('User:a=b,c');
  });

  test('several addresses of which some fail', async () => {
    const silent = await silentServer();
    try {
      const result = await runProbe(
        plaintext(kafka, {
          bootstrap: [
            { host: 'localhost', port: silent.port },
            { host: 'b-1.nowhere.invalid', port: 9092 },
            { host: 'localhost', port: 1 },
            { host: '127.0.0.1', port: kafka.port('PLAINTEXT') },
          ],
          limits: { step: 3000, whole: 60_000 },
        }),
      );
      expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
      expect(failures(result)).toMatchObject([
        [`localhost:${silent.port}`, { step: 'api-versions', name: 'TIMEOUT' }],
        ['b-1.nowhere.invalid:9092', { step: 'dns' }],
        ['localhost:1', { step: 'tcp', name: 'ECONNREFUSED' }],
      ]);
    } finally {
      await silent.close();
    }
  });

  test('a slow broker', async () => {
    const slow = await slowProxy(() => kafka.port('PLAINTEXT'), 300);
    try {
      reaches(await runProbe(plaintext(kafka, { bootstrap: [{ host: 'localhost', port: slow.port }] })));
    } finally {
      await slow.close();
    }
  });

  test('a quota that throttles every request: reaches, with the throttle time', async () => {
    await kafka.setQuota('orders', 'request_percentage', 0.01);
    try {
      const result = await runProbe(scram(kafka, kafka.users.orders, { limits: { step: 6000, whole: 60_000 } }));
      reaches(result);
      expect(result.facts.throttledMs).toBeGreaterThan(0);
    } finally {
      await kafka.setQuota('orders', 'request_percentage', null);
    }
  });
});
