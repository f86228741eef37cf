/** Three brokers: leaders on each, one that is down, silent or behind a name that is wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProbe } from '../../../src/probe/run-probe.js';
import { leftOut } from '../left-out.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { plaintext, scram, tls } from './probing.js';
import type { Listener } from './properties.js';
import { startKafka, type RealKafka } from './real-kafka.js';
import { silentServer, slowProxy, type Stranger } from './strangers.js';

const skipped = leftOut('clusters of three brokers', missingTool());

describe.skipIf(skipped)('three brokers', () => {
  let kafka: RealKafka;
  let silent: Stranger;
  let slow: Stranger;
  beforeAll(async () => {
    silent = await silentServer();
    slow = await slowProxy(() => kafka.port('TLS', 2), 200);
    // Clients that come by TLS are sent to a silent port in place of broker 3, and to a slow one in place of broker 2.
    kafka = await startKafka({
      brokers: 3,
      advertised: (node) => (node === 3 ? { TLS: silent.port } : node === 2 ? { TLS: slow.port } : {}),
    });
    await kafka.createTopic('orders', [[1], [2], [3]]);
    await kafka.createTopic('orders-safe', [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ]);
    await kafka.createTopic('orders-two', [[1], [2]]);
    await kafka.allow(...healthyRules('User:ANONYMOUS'));
  });
  afterAll(async () => {
    await kafka?.end();
    await silent?.close();
    await slow?.close();
  });

  const addresses = (nodes: number[], listener: Listener = 'PLAINTEXT') =>
    nodes.map((node) => ({ host: 'localhost', port: kafka.port(listener, node) }));
  const limits = { step: 1500, whole: 60_000 };

  test('all leaders are reached from one address', async () => {
    const result = await runProbe(plaintext(kafka));
    expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
    expect(result.brokers.map(({ node }) => node).toSorted()).toEqual([1, 2, 3]);
    expect(result.topic?.partitions?.map(({ leader }) => leader)).toEqual([1, 2, 3]);
  });

  test('a leader that is silent blocks, at its address and within the limit of a step', async () => {
    const result = await runProbe(tls(kafka, { limits, group: null }));
    expect(result.verdict).toBe('blocked');
    expect(result.stoppedAt).toMatchObject({ broker: `localhost:${silent.port}`, step: 'tls', name: 'TIMEOUT' });
    expect(result.brokers.find(({ node }) => node === 1)?.steps.every(({ status }) => status !== 'failed')).toBe(true);
  });

  test('a silent broker that leads nothing does not block', async () => {
    const result = await runProbe(tls(kafka, { limits, topic: 'orders-two', group: null }));
    expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
  });

  test('a refused login is tried once on the whole cluster, however many addresses are given', async () => {
    const refused = async () =>
      (await Promise.all([1, 2, 3].map((node) => kafka.logins('SCRAM', node)))).reduce(
        (sum, each) => sum + each.refused,
        0,
      );
    const before = await refused();
    const result = await runProbe(
      scram(kafka, { ...kafka.users.orders, password: 'wrong' }, { bootstrap: addresses([1, 2, 3], 'SCRAM') }),
    );
    expect(result.stoppedAt).toMatchObject({ step: 'sasl', code: 58 });
    expect(await refused()).toBe(before + 1);
  });

  describe('with broker 3 down', () => {
    let ofThree = '';
    beforeAll(async () => {
      await runProbe(plaintext(kafka));
      const partition = (await kafka.leaders('__consumer_offsets')).indexOf(3);
      ofThree = groupOf(partition);
      await kafka.stopBroker(3);
    });

    test('a partition without a leader', async () => {
      const result = await runProbe(plaintext(kafka, { limits, group: null }));
      expect(result.verdict).toBe('blocked');
      expect(result.stoppedAt).toMatchObject({ step: 'topic', code: 5, name: 'LEADER_NOT_AVAILABLE' });
      expect(result.topic?.partitions).toMatchObject([{ leader: 1 }, { leader: 2 }, { leader: null }]);
    });

    test('a replicated topic is read, and the address that fails is named', async () => {
      const result = await runProbe(
        plaintext(kafka, { bootstrap: addresses([3, 1, 2]), topic: 'orders-safe', group: null }),
      );
      expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
      expect(
        result.brokers.find(({ address }) => address.endsWith(`:${kafka.port('PLAINTEXT', 3)}`))?.steps,
      ).toContainEqual(expect.objectContaining({ step: 'tcp', status: 'failed', name: 'ECONNREFUSED' }));
    });

    test('a group whose coordinator is down', async () => {
      const result = await runProbe(plaintext(kafka, { limits, topic: 'orders-two', group: ofThree }));
      expect(result.verdict).toBe('blocked');
      expect(result.stoppedAt).toMatchObject({ step: 'coordinator', code: 15, name: 'COORDINATOR_NOT_AVAILABLE' });
    });
  });
});

/** A group that the coordinator of this partition of three is responsible for (Kafka: the hash of Java's String). */
function groupOf(partition: number): string {
  for (let number = 0; ; number++) {
    const group = `order-${number}`;
    let hash = 0;
    for (const character of group) hash = (Math.imul(31, hash) + character.charCodeAt(0)) | 0;
    if (Math.abs(hash) % 3 === partition) return group;
  }
}
