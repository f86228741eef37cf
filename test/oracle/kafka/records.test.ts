/** What `replay` and `event generate` read of a topic is, byte for byte, what Kafka's own consumer in Java reads. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventRecord, KafkaEvent } from '../../../src/event/kafka-event.js';
import type { BatchLine, ReplaySummary } from '../../../src/replay/batch-line.js';
import { spawnProgram } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { anyRecords, largeRecords, oddRecords } from './odd-records.js';
import { startKafka, type RealKafka } from './real-kafka.js';
import {
  endTransaction,
  inEvent,
  positionsByJava,
  readByJava,
  readBySource,
  seenInEvent,
  write,
  type Seen,
  type Written,
} from './record-clients.js';

/** Settings of a producer whose records share batches, and of one that sends each record by itself. */
const together = { 'linger.ms': '1000', 'batch.size': '1000000' };
const apart = { 'batch.size': '0', 'linger.ms': '0' };

const codecs: Record<string, string>[] = [
  { 'compression.type': 'none' },
  { 'compression.type': 'gzip', 'compression.gzip.level': '1' },
  { 'compression.type': 'gzip', 'compression.gzip.level': '9' },
  { 'compression.type': 'snappy' },
  { 'compression.type': 'lz4', 'compression.lz4.level': '1' },
  { 'compression.type': 'lz4', 'compression.lz4.level': '17' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '-5' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '3' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '19' },
];

const text = (value: string, more: Partial<Written> = {}): Written => ({ key: null, value: Buffer.from(value), ...more });
const several = (count: number, name: string): Written[] =>
  Array.from({ length: count }, (_, at) => text(`${name} ${at}`));

describe.each(['4.3.1', '3.9.1'] as const)('Kafka %s', (version) => {
  describe.skipIf(leftOut(`records of Kafka ${version}`, missingTool()))('records', () => {
    let kafka: RealKafka;
    let calls = 0;
    beforeAll(async () => {
      // Compaction begins at once, and a quota counts the last seconds.
      const properties = { 'log.cleaner.backoff.ms': '50', 'quota.window.num': '3' };
      kafka = await startKafka({ version, properties });
      for (const rule of healthyRules('User:ANONYMOUS')) await kafka.allow(rule);
    });
    afterAll(() => kafka?.end());

    const connection = (topic: string) => [
      '--bootstrap',
      `localhost:${kafka.port('PLAINTEXT')}`,
      '--auth',
      'plaintext',
      '--topic',
      topic,
    ];

    /** What a handler receives from `replay`, and what it prints. */
    async function replayed(topic: string, ...words: string[]) {
      const file = join(kafka.folder, `received-${++calls}`);
      const handler = `${file}.mjs`;
      writeFileSync(file, '');
      writeFileSync(
        handler,
        `import { appendFileSync } from 'node:fs';
        export const handler = ({ records }) =>
          appendFileSync(${JSON.stringify(file)}, Object.values(records).flat().map((each) => JSON.stringify(each) + '\\n').join(''));`,
      );
      const { exitCode, stdout, stderr } = await spawnProgram([
        'replay',
        ...connection(topic),
        '--handler',
        handler,
        '--batch-size',
        '10000',
        '--output',
        'jsonl',
        ...words,
      ]);
      const lines = jsonLines<BatchLine>(stdout);
      const { summary } = lines.pop() as unknown as { summary: ReplaySummary };
      return { exitCode, stderr, lines, summary, records: seenInEvent(jsonLines<EventRecord>(readFileSync(file, 'utf8'))) };
    }

    const jsonLines = <T>(written: string): T[] =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T);

    /** The records that `event generate` prints of a partition. */
    async function generated(topic: string, partition: number, ...words: string[]): Promise<Seen[]> {
      const { exitCode, stdout } = await spawnProgram([
        'event',
        'generate',
        ...connection(topic),
        '--partition',
        String(partition),
        ...words,
      ]);
      expect(exitCode).toBe(0);
      return seenInEvent(Object.values((JSON.parse(stdout) as KafkaEvent).records).flat());
    }

    /** Java's consumer, the source, and both commands agree. Returns the records. */
    async function expectSame(topic: string): Promise<Seen[]> {
      const wanted = await readByJava(kafka, topic);
      expect(await readBySource(kafka, topic)).toEqual(wanted);
      const { exitCode, records, summary } = await replayed(topic);
      expect(records).toEqual(inEvent(wanted));
      expect([exitCode, summary.records, summary.dropped, summary.stopped]).toEqual([0, wanted.length, [], []]);
      return wanted;
    }

    const offsetsOf = (records: readonly Seen[], partition = 0): number[] =>
      records.filter((record) => record.partition === partition).map(({ offset }) => offset);

    test('all codecs, and all of them in one partition; single records and batches', async () => {
      const mixed = codecs.length;
      await kafka.createTopic('orders-codecs', codecs.length + 1);
      for (const [partition, codec] of codecs.entries()) {
        await write(kafka, ['orders-codecs', partition], oddRecords, { ...codec, ...apart });
        await write(kafka, ['orders-codecs', partition], [...oddRecords, ...anyRecords(300)], { ...codec, ...together });
        await write(kafka, ['orders-codecs', mixed], [...oddRecords, ...anyRecords(40)], { ...codec, ...together });
      }
      const records = await expectSame('orders-codecs');
      expect(records).toHaveLength(codecs.length * (3 * oddRecords.length + 340));
      const last = await generated('orders-codecs', mixed, '--max', '10000');
      expect(last).toEqual(inEvent(records.filter(({ partition }) => partition === mixed)));
    });

    test('records of megabytes, larger than what one fetch asks for', async () => {
      await kafka.createTopic('orders-large', codecs.length, { 'max.message.bytes': '20000000' });
      for (const [partition, codec] of codecs.entries())
        await write(kafka, ['orders-large', partition], largeRecords(1_200_000), { ...codec, ...together });
      await expectSame('orders-large');
    });

    test('a record that no event of Lambda can hold is dropped with its offset, and can be printed whole', async () => {
      await kafka.createTopic('orders-huge', 1, { 'max.message.bytes': '20000000' });
      await write(kafka, ['orders-huge', 0], [text('before'), text('x'.repeat(9_000_000)), text('after')]);
      const wanted = await readByJava(kafka, 'orders-huge');
      expect(await readBySource(kafka, 'orders-huge')).toEqual(wanted);
      const { exitCode, records, summary } = await replayed('orders-huge');
      expect([exitCode, offsetsOf(records), summary.dropped]).toEqual([1, [0, 2], [{ partition: 0, offset: 1 }]]);
      expect(await generated('orders-huge', 0, '--max', '3')).toEqual(wanted);
    });

    test('thousands of batches of one record', async () => {
      await kafka.createTopic('orders-single');
      await write(kafka, ['orders-single', 0], several(3000, 'single'), { ...apart, 'compression.type': 'lz4' });
      expect(await expectSame('orders-single')).toHaveLength(3000);
    });

    test('the time at which the broker appended', async () => {
      await kafka.createTopic('orders-appended', 2, { 'message.timestamp.type': 'LogAppendTime' });
      for (const codec of codecs)
        await write(kafka, ['orders-appended', 0], [text('a'), text('b', { timestamp: 1000 })], { ...codec, ...together });
      // The broker compresses again.
      await kafka.createTopic('orders-again', 1, { 'compression.type': 'zstd', 'message.timestamp.type': 'LogAppendTime' });
      await write(kafka, ['orders-again', 0], [...oddRecords, ...anyRecords(50)], { 'compression.type': 'gzip', ...together });
      for (const topic of ['orders-appended', 'orders-again'])
        expect(new Set((await expectSame(topic)).map(({ timestampType }) => timestampType))).toEqual(new Set(['LogAppendTime']));
    });

    test('compaction leaves holes in the offsets and keeps tombstones', async () => {
      const topic = 'orders-compacted';
      await kafka.createTopic(topic, 1, {
        'cleanup.policy': 'compact',
        'segment.ms': '100',
        'min.cleanable.dirty.ratio': '0.001',
        'max.compaction.lag.ms': '100',
      });
      const keyed = (round: number): Written[] =>
        Array.from({ length: 60 }, (_, at) => ({
          key: Buffer.from(`key ${at % 7 === round ? at : at % 5}`),
          value: at % 11 === 3 ? null : Buffer.from(`round ${round} ${at}`),
        }));
      let written = 0;
      const round = async (number: number): Promise<void> => {
        const config = { ...codecs[number % codecs.length]!, ...(number % 2 === 0 ? together : apart) };
        await write(kafka, [topic, 0], keyed(number), config);
        written += 60;
      };
      for (let number = 0; number < 6; number++) await round(number);
      // The newest segment is never cleaned: each round ends one.
      let found: Seen[] = [];
      for (let number = 6; number === 6 || found.length > written - 250; number++) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await round(number);
        found = await readByJava(kafka, topic);
      }
      // Cleaning goes on between two readings.
      for (;;) {
        const ours = await readBySource(kafka, topic);
        const again = await readByJava(kafka, topic);
        if (JSON.stringify(again) === JSON.stringify(found)) {
          expect(ours).toEqual(found);
          break;
        }
        found = again;
      }
      expect(found.some(({ value }) => value === null)).toBe(true);
      expect(found.some(({ offset }, at) => offset !== (found[at - 1]?.offset ?? -1) + 1)).toBe(true);
    });

    test('deleted records: the topic begins later, and a replay from 0 says so', async () => {
      await kafka.createTopic('orders-deleted');
      await write(kafka, ['orders-deleted', 0], several(10, 'deleted'), together);
      // In the middle of a batch.
      await kafka.truncate('orders-deleted', 0, 4);
      expect(offsetsOf(await expectSame('orders-deleted'))).toEqual([4, 5, 6, 7, 8, 9]);
      const { records, stderr } = await replayed('orders-deleted', '--from', '0');
      expect(offsetsOf(records)).toEqual([4, 5, 6, 7, 8, 9]);
      expect(stderr).toContain('the topic begins at offset 4');
    });

    test('committed and aborted transactions among each other, and one that is still open', async () => {
      const topic = 'orders-transactions';
      await kafka.createTopic(topic, 2);
      const send = (producer: string, partition: number, records: readonly Written[], codec: Record<string, string>) =>
        write(
          kafka,
          [topic, partition],
          records,
          { ...codec, ...together, ...(producer === '' ? {} : { 'transactional.id': producer }) },
          producer,
        );
      for (const [round, codec] of codecs.entries()) {
        // Each round has three transactions side by side, and records without one.
        for (const name of ['a', 'b', 'c', '', 'a', 'b'])
          for (const partition of [0, 1])
            await send(name, partition, several(3, `${name} of round ${round}`), codec);
        await endTransaction(kafka, 'a', round % 2 === 0 ? 'commit' : 'abort');
        await send('b', 0, oddRecords, codec);
        await endTransaction(kafka, 'b', round % 3 === 0 ? 'abort' : 'commit');
        await endTransaction(kafka, 'c', round % 4 === 1 ? 'abort' : 'commit');
      }
      // A transaction over more than one fetch, aborted.
      await send('a', 1, largeRecords(1_000_000), codecs[0]!);
      await endTransaction(kafka, 'a', 'abort');
      await send('', 1, several(2, 'after'), codecs[0]!);
      const decided = await expectSame(topic);
      // The last offset is a marker of partition 0.
      expect(await generated(topic, 0, '--latest', '5')).toEqual(
        inEvent(decided.filter(({ partition }) => partition === 0).slice(-5)),
      );
      await send('b', 0, several(2, 'undecided'), codecs[1]!);
      await send('', 0, several(2, 'behind it'), codecs[1]!);
      expect(await expectSame(topic)).toEqual(decided);
      const { stderr } = await replayed(topic, '--partition', '0');
      expect(stderr).toMatch(/Partition 0: a transaction from offset \d+ on is still open/u);
      expect(await generated(topic, 0, '--latest', '5')).toEqual(
        inEvent(decided.filter(({ partition }) => partition === 0).slice(-5)),
      );
      await endTransaction(kafka, 'b', 'commit');
      expect(await expectSame(topic)).toHaveLength(decided.length + 4);
    });

    test('from an offset, a time and the committed offsets on; up to an offset and a number of records', async () => {
      const topic = 'orders-positions';
      await kafka.createTopic(topic, 3);
      const start = Date.parse('2026-03-01T00:00:00Z');
      // Times that go back and forth, as those of several producers do.
      const timed = (partition: number): Written[] =>
        Array.from({ length: 120 }, (_, at) =>
          text(`${partition}/${at}`, { timestamp: start + 1000 * (at - (at % 10 === 9 ? 25 : 0)) }),
        );
      for (const partition of [0, 1])
        for (let at = 0; at < 120; at += 30)
          await write(kafka, [topic, partition], timed(partition).slice(at, at + 30), { ...codecs[at / 30]!, ...together });
      const all = await readByJava(kafka, topic);
      expect(offsetsOf((await replayed(topic, '--from', '41')).records, 1)).toEqual(offsetsOf(all, 1).slice(41));

      for (const seconds of [0, 37, 64.5, 119, 500]) {
        const time = start + 1000 * seconds;
        const positions = await positionsByJava(kafka, topic, time);
        const from = positions.map(([, end, first]) => first ?? end);
        const { records } = await replayed(topic, '--from', new Date(time).toISOString());
        expect(records).toEqual(await readByJava(kafka, topic, from));
      }

      await kafka.commit('order-readers', topic, [17, 120]);
      const before = await kafka.describeGroup('order-readers');
      const committed = await replayed(topic, '--group', 'order-readers', '--from', 'committed', '--to', '99');
      expect(committed.records).toEqual((await readByJava(kafka, topic, [17, 120, 0])).filter(({ offset }) => offset <= 99));
      expect(await kafka.describeGroup('order-readers')).toEqual(before);

      const few = await replayed(topic, '--partition', '1', '--from', '50', '--max', '7');
      expect(few.records).toEqual(all.filter(({ partition, offset }) => partition === 1 && offset >= 50 && offset < 57));
      expect((await replayed(topic, '--max', '130')).records).toHaveLength(130);
      expect(await generated(topic, 1, '--offset', '50', '--max', '7')).toEqual(few.records);
      expect(await generated(topic, 1, '--timestamp', String(start + 37_000))).toEqual(
        (await readByJava(kafka, topic, [120, (await positionsByJava(kafka, topic, start + 37_000))[1]![2]!, 0])).slice(0, 1),
      );
      expect(await generated(topic, 1, '--latest', '3')).toEqual(all.filter(({ partition }) => partition === 1).slice(-3));
    });

    test('a quota delays the records and loses none', async () => {
      await kafka.createTopic('orders-slowed');
      await write(kafka, ['orders-slowed', 0], [...largeRecords(700_000), ...largeRecords(700_000)], together);
      const wanted = await readByJava(kafka, 'orders-slowed');
      await kafka.setQuota('ANONYMOUS', 'consumer_byte_rate', 1_000_000);
      const { exitCode, records, stderr } = await replayed('orders-slowed');
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
      await replayed(topic);
      await replayed(topic, '--group', 'order-watched');
      await replayed(topic, '--group', 'order-nobody', '--from', 'committed');
      await generated(topic, 0, '--latest', '2');
      expect(await state()).toEqual(before);
    });
  });
});
