/** Where `replay` and `event generate` begin and end in a topic, what they do not read, and that they leave no trace. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from '../left-out.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { codecs, largeRecords, several, textRecord } from './odd-records.js';
import { generated, replayed } from './reading-commands.js';
import { startKafka, unhurried, type RealKafka } from './real-kafka.js';
import {
  offsetsOf,
  positionsByJava,
  readByJava,
  readBySource,
  together,
  write,
  type Written,
} from './record-clients.js';

describe.skipIf(leftOut('positions of a replay in a topic', missingTool()))('replay', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    // A quota counts the last seconds.
    kafka = await startKafka({ properties: { ...unhurried, 'quota.window.num': '3' } });
    for (const rule of healthyRules('User:ANONYMOUS')) await kafka.allow(rule);
  });
  afterAll(() => kafka?.end());

  test('from an offset, a time and the committed offsets on; up to an offset and a number of records', async () => {
    const topic = 'orders-positions';
    await kafka.createTopic(topic, 3);
    const start = Date.parse('2026-03-01T00:00:00Z');
    // Times that go back and forth, as those of several producers do.
    const timed = (partition: number): Written[] =>
      Array.from({ length: 120 }, (_, at) =>
        textRecord(`${partition}/${at}`, { timestamp: start + 1000 * (at - (at % 10 === 9 ? 25 : 0)) }),
      );
    for (const partition of [0, 1])
      for (let at = 0; at < 120; at += 30)
        await write(kafka, [topic, partition], timed(partition).slice(at, at + 30), {
          ...codecs[at / 30]!,
          ...together,
        });
    const all = await readByJava(kafka, topic);
    expect(offsetsOf((await replayed(kafka, topic, '--from', '41')).records, 1)).toEqual(offsetsOf(all, 1).slice(41));

    for (const seconds of [0, 37, 64.5, 119, 500]) {
      const time = start + 1000 * seconds;
      const positions = await positionsByJava(kafka, topic, time);
      const from = positions.map(([, end, first]) => first ?? end);
      const { records } = await replayed(kafka, topic, '--from', new Date(time).toISOString());
      expect(records).toEqual(await readByJava(kafka, topic, from));
    }

    await kafka.commit('order-readers', topic, [17, 120]);
    const before = await kafka.describeGroup('order-readers');
    const committed = await replayed(kafka, topic, '--group', 'order-readers', '--from', 'committed', '--to', '99');
    expect(committed.records).toEqual(
      (await readByJava(kafka, topic, [17, 120, 0])).filter(({ offset }) => offset <= 99),
    );
    expect(await kafka.describeGroup('order-readers')).toEqual(before);

    const few = await replayed(kafka, topic, '--partition', '1', '--from', '50', '--max', '7');
    expect(few.records).toEqual(all.filter(({ partition, offset }) => partition === 1 && offset >= 50 && offset < 57));
    expect((await replayed(kafka, topic, '--max', '130')).records).toHaveLength(130);
    expect(await generated(kafka, topic, 1, '--offset', '50', '--max', '7')).toEqual(few.records);
    expect(await generated(kafka, topic, 1, '--timestamp', String(start + 37_000))).toEqual(
      (await readByJava(kafka, topic, [120, (await positionsByJava(kafka, topic, start + 37_000))[1]![2]!, 0])).slice(
        0,
        1,
      ),
    );
    expect(await generated(kafka, topic, 1, '--latest', '3')).toEqual(
      all.filter(({ partition }) => partition === 1).slice(-3),
    );
  });

  test('a record that no event of Lambda can hold is dropped with its offset, and can be printed whole', async () => {
    await kafka.createTopic('orders-huge', 1, { 'max.message.bytes': '20000000' });
    await write(
      kafka,
      ['orders-huge', 0],
      [textRecord('before'), textRecord('x'.repeat(9_000_000)), textRecord('after')],
    );
    const wanted = await readByJava(kafka, 'orders-huge');
    expect(await readBySource(kafka, 'orders-huge')).toEqual(wanted);
    const { exitCode, records, summary } = await replayed(kafka, 'orders-huge');
    expect([exitCode, offsetsOf(records), summary.dropped]).toEqual([1, [0, 2], [{ partition: 0, offset: 1 }]]);
    expect(await generated(kafka, 'orders-huge', 0, '--max', '3')).toEqual(wanted);
  });

  test('a quota delays the records and loses none', async () => {
    await kafka.createTopic('orders-slowed');
    await write(kafka, ['orders-slowed', 0], [...largeRecords(700_000), ...largeRecords(700_000)], together);
    const wanted = await readByJava(kafka, 'orders-slowed');
    await kafka.setQuota('ANONYMOUS', 'consumer_byte_rate', 1_000_000);
    const { exitCode, records, stderr } = await replayed(kafka, 'orders-slowed');
    await kafka.setQuota('ANONYMOUS', 'consumer_byte_rate', null);
    expect([exitCode, records]).toEqual([0, wanted]);
    expect(stderr).toContain('quota');
  });

  test('a replay makes no group, commits nothing and writes nothing', async () => {
    const topic = 'orders-untouched';
    await kafka.createTopic(topic, 2);
    await write(kafka, [topic, 0], several(5, 'a'));
    await kafka.commit('order-watched', topic, [2, 0]);
    const state = async () => ({
      groups: await kafka.groups(),
      // With all records of groups that the coordinators have written.
      group: await kafka.describeGroup('order-watched'),
      positions: await positionsByJava(kafka, topic, 0),
    });
    const before = await state();
    await replayed(kafka, topic);
    await replayed(kafka, topic, '--group', 'order-watched');
    await replayed(kafka, topic, '--group', 'order-nobody', '--from', 'committed');
    await generated(kafka, topic, 0, '--latest', '2');
    expect(await state()).toEqual(before);
  });
});
