/** A group with live members keeps its members, their partitions, its generation and its offsets, however often it is probed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProbe } from '../../../src/probe/run-probe.js';
import { leftOut } from '../left-out.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { GroupMember } from './group-member.js';
import { scram } from './probing.js';
import { startKafka, type RealKafka } from './real-kafka.js';

const probes = 100;

describe.skipIf(leftOut('live consumer groups', missingTool())).each(['4.3.1', '3.9.1'] as const)(
  'Kafka %s',
  (version) => {
    let kafka: RealKafka;
    beforeAll(async () => {
      kafka = await startKafka({ version });
      await kafka.createTopic('orders', 3);
      for (const partition of [0, 1, 2]) await kafka.produce('orders', partition, [{ value: 'a' }, { value: 'b' }]);
      // Members that come byte by byte do not wait until the broker has made __consumer_offsets.
      await kafka.commit('order-ready', 'orders', [0, 0, 0]);
      for (const principal of ['User:orders', 'User:ANONYMOUS']) await kafka.allow(...healthyRules(principal));
    });
    afterAll(() => kafka?.end());

    const stepOf = (result: Awaited<ReturnType<typeof runProbe>>, step: string) =>
      result.brokers.flatMap(({ steps }) => steps.filter((each) => each.step === step).map(({ status }) => status));

    test.each(['classic', 'consumer'] as const)('a live group of the %s protocol', async (protocol) => {
      const group = `order-${protocol}`;
      await kafka.commit(group, 'orders', [1, 0, 2]);
      await kafka.consume(group, 'orders', protocol);
      const before = await kafka.describeGroup(group);
      expect(before).toMatchObject({ state: 'Stable', committed: { 'orders-0': 1, 'orders-2': 2 } });
      for (let done = 0; done < probes; done++) {
        const result = await runProbe(scram(kafka, kafka.users.orders, { group }));
        expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
        expect(stepOf(result, 'group-join')).toEqual(['skipped']);
        expect(result.topic?.partitions).toMatchObject([
          { committed: 1, lag: 1 },
          { committed: 0, lag: 2 },
          { committed: 2, lag: 0 },
        ]);
      }
      // `written` counts every record of the coordinators: none was joined, none committed.
      expect(await kafka.describeGroup(group)).toEqual(before);
      await kafka.leave(group);
    });

    test('an empty group is joined and left, and keeps its offsets', async () => {
      await kafka.commit('order-empty', 'orders', [1, 0, 2]);
      const result = await runProbe(scram(kafka, kafka.users.orders, { group: 'order-empty' }));
      expect(stepOf(result, 'group-join')).toEqual(['ok']);
      expect(result.group).toMatchObject({ id: 'order-empty', members: 0 });
      expect(await kafka.describeGroup('order-empty')).toMatchObject({
        state: 'Empty',
        members: {},
        committed: { 'orders-0': 1, 'orders-1': 0, 'orders-2': 2 },
      });
    });

    test('an empty group of the new protocol', async () => {
      await kafka.consume('order-left', 'orders', 'consumer');
      await kafka.leave('order-left');
      const result = await runProbe(scram(kafka, kafka.users.orders, { group: 'order-left' }));
      expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
      expect((await kafka.describeGroup('order-left')).members).toEqual({});
    });

    test.each(['CompletingRebalance', 'PreparingRebalance'] as const)('a group in the state %s', async (state) => {
      const group = `order-${state}`;
      const [first, second] = [1, 2].map(() => new GroupMember(kafka.port('PLAINTEXT'), group, 'consumer'));
      try {
        if (state === 'CompletingRebalance') await first!.join();
        else {
          await first!.settle();
          second!.ask();
          while ((await kafka.describeGroup(group)).state !== state);
        }
        const before = await kafka.describeGroup(group);
        expect(before.state).toBe(state);
        const result = await runProbe(scram(kafka, kafka.users.orders, { group }));
        expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
        expect(stepOf(result, 'group-join')).toEqual(['skipped']);
        expect(await kafka.describeGroup(group)).toEqual(before);
      } finally {
        first!.close();
        second!.close();
      }
    });
  },
);
