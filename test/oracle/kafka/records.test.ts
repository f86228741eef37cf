/** What `replay` and `event generate` read of a topic is, byte for byte, what Kafka's own consumer in Java reads. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from '../left-out.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import { anyRecords, codecs, largeRecords, oddRecords, several, textRecord } from './odd-records.js';
import { generated, replayed } from './reading-commands.js';
import { startKafka, unhurried, type RealKafka } from './real-kafka.js';
import {
  apart,
  endTransaction,
  inEvent,
  offsetsOf,
  readByJava,
  readBySource,
  together,
  write,
  type Seen,
  type Written,
} from './record-clients.js';

describe.each(['4.3.1', '3.9.1'] as const)('Kafka %s', (version) => {
  describe.skipIf(leftOut(`records of Kafka ${version}`, missingTool()))('records', () => {
    let kafka: RealKafka;
    beforeAll(async () => {
      // Compaction begins at once.
      kafka = await startKafka({ version, properties: { ...unhurried, 'log.cleaner.backoff.ms': '50' } });
      for (const rule of healthyRules('User:ANONYMOUS')) await kafka.allow(rule);
    });
    afterAll(() => kafka?.end());

    /** Java's consumer, the source, and both commands agree. Returns the records. */
    async function expectSame(topic: string): Promise<Seen[]> {
      const wanted = await readByJava(kafka, topic);
      expect(await readBySource(kafka, topic)).toEqual(wanted);
      const { exitCode, records, summary } = await replayed(kafka, topic);
      expect(records).toEqual(inEvent(wanted));
      expect([exitCode, summary.records, summary.dropped, summary.stopped]).toEqual([0, wanted.length, [], []]);
      return wanted;
    }

    test('all codecs, and all of them in one partition; single records and batches', async () => {
      const mixed = codecs.length;
      await kafka.createTopic('orders-codecs', codecs.length + 1);
      for (const [partition, codec] of codecs.entries()) {
        await write(kafka, ['orders-codecs', partition], oddRecords, { ...codec, ...apart });
        await write(kafka, ['orders-codecs', partition], [...oddRecords, ...anyRecords(300)], {
          ...codec,
          ...together,
        });
        await write(kafka, ['orders-codecs', mixed], [...oddRecords, ...anyRecords(40)], { ...codec, ...together });
      }
      const records = await expectSame('orders-codecs');
      expect(records).toHaveLength(codecs.length * (3 * oddRecords.length + 340));
      const last = await generated(kafka, 'orders-codecs', mixed, '--max', '10000');
      expect(last).toEqual(inEvent(records.filter(({ partition }) => partition === mixed)));
    });

    test('records of megabytes, larger than what one fetch asks for', async () => {
      await kafka.createTopic('orders-large', codecs.length, { 'max.message.bytes': '20000000' });
      for (const [partition, codec] of codecs.entries())
        await write(kafka, ['orders-large', partition], largeRecords(1_200_000), { ...codec, ...together });
      await expectSame('orders-large');
    });

    test('thousands of batches of one record', async () => {
      await kafka.createTopic('orders-single');
      await write(kafka, ['orders-single', 0], several(3000, 'single'), { ...apart, 'compression.type': 'lz4' });
      expect(await expectSame('orders-single')).toHaveLength(3000);
    });

    test('the time at which the broker appended', async () => {
      await kafka.createTopic('orders-appended', 2, { 'message.timestamp.type': 'LogAppendTime' });
      for (const codec of codecs)
        await write(kafka, ['orders-appended', 0], [textRecord('a'), textRecord('b', { timestamp: 1000 })], {
          ...codec,
          ...together,
        });
      // The broker compresses again.
      await kafka.createTopic('orders-again', 1, {
        'compression.type': 'zstd',
        'message.timestamp.type': 'LogAppendTime',
      });
      await write(kafka, ['orders-again', 0], [...oddRecords, ...anyRecords(50)], {
        'compression.type': 'gzip',
        ...together,
      });
      for (const topic of ['orders-appended', 'orders-again'])
        expect(new Set((await expectSame(topic)).map(({ timestampType }) => timestampType))).toEqual(
          new Set(['LogAppendTime']),
        );
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
      const { records, stderr } = await replayed(kafka, 'orders-deleted', '--from', '0');
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
          for (const partition of [0, 1]) await send(name, partition, several(3, `${name} of round ${round}`), codec);
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
      expect(await generated(kafka, topic, 0, '--latest', '5')).toEqual(
        inEvent(decided.filter(({ partition }) => partition === 0).slice(-5)),
      );
      await send('b', 0, several(2, 'undecided'), codecs[1]!);
      await send('', 0, several(2, 'behind it'), codecs[1]!);
      expect(await expectSame(topic)).toEqual(decided);
      const { stderr } = await replayed(kafka, topic, '--partition', '0');
      expect(stderr).toMatch(/Partition 0: a transaction from offset \d+ on is still open/u);
      expect(await generated(kafka, topic, 0, '--latest', '5')).toEqual(
        inEvent(decided.filter(({ partition }) => partition === 0).slice(-5)),
      );
      await endTransaction(kafka, 'b', 'commit');
      expect(await expectSame(topic)).toHaveLength(decided.length + 4);
    });
  });
});
