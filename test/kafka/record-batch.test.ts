/** Batches of records in all three formats, compressed and damaged. */
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Writer } from '../../src/kafka/bytes.js';
import { codecOf } from '../../src/kafka/compression.js';
import { decodeBatches } from '../../src/kafka/record-batch.js';
import { batch2, message } from './support/batches.js';

const records = [
  { key: Buffer.from('k'), value: Buffer.from('value'), headers: [['h', 'x']] as [string, string][] },
  { key: null, value: null, headers: [] },
];

describe('format 2', () => {
  test('records with offsets, times, keys, tombstones and headers', async () =>
    expect(await decodeBatches(batch2({ firstOffset: 100, timestamp: 5000, records }))).toEqual([
      {
        firstOffset: 100,
        lastOffset: 101,
        bytes: expect.any(Number),
        codec: 'none',
        control: false,
        transaction: null,
        timestamp: 5000,
        records: [
          {
            offset: 100,
            timestamp: 5000,
            appended: false,
            key: Buffer.from('k'),
            value: Buffer.from('value'),
            headers: [{ name: 'h', value: Buffer.from('x') }],
          },
          { offset: 101, timestamp: 5001, appended: false, key: null, value: null, headers: [] },
        ],
      },
    ]));

  test('the time of the broker, where the topic keeps that one', async () => {
    const [batch] = await decodeBatches(batch2({ firstOffset: 0, timestamp: 5000, records, attributes: 0x08 }));
    expect(batch!.records!.map(({ timestamp }) => timestamp)).toEqual([5001, 5001]);
  });

  test('gzip', async () => {
    const [batch] = await decodeBatches(
      batch2({ firstOffset: 7, timestamp: 1, records, attributes: 1, compress: gzipSync }),
    );
    expect(batch).toMatchObject({ codec: 'gzip', records: [{ offset: 7 }, { offset: 8 }] });
  });

  test.each([7])('codec %i has sizes and no records', async (attributes) => {
    const [batch] = await decodeBatches(batch2({ firstOffset: 7, timestamp: 1, records, attributes }));
    expect(batch).toMatchObject({ firstOffset: 7, lastOffset: 8, codec: codecOf(attributes), records: null });
  });

  test('markers of transactions', async () =>
    expect(await decodeBatches(batch2({ firstOffset: 7, timestamp: 1, records, attributes: 0x20 }))).toMatchObject([
      { control: true },
    ]));

  test('a last batch that is cut off is left out', async () => {
    const whole = batch2({ firstOffset: 0, timestamp: 1, records });
    expect(await decodeBatches(Buffer.concat([whole, whole.subarray(0, -1)]))).toHaveLength(1);
    expect(await decodeBatches(whole.subarray(0, 10))).toEqual([]);
  });
});

describe('formats 0 and 1', () => {
  test('single messages', async () => {
    const set = Buffer.concat([
      message({ magic: 0, offset: 3, value: Buffer.from('a') }),
      message({ magic: 1, offset: 4, timestamp: 9, key: Buffer.from('k'), value: Buffer.from('b') }),
    ]);
    expect((await decodeBatches(set)).flatMap((batch) => batch.records)).toEqual([
      { offset: 3, timestamp: -1, appended: false, key: null, value: Buffer.from('a'), headers: [] },
      { offset: 4, timestamp: 9, appended: false, key: Buffer.from('k'), value: Buffer.from('b'), headers: [] },
    ]);
  });

  test.each([
    [0, [10, 11]],
    [1, [0, 1]],
  ])('a compressed set of format %i', async (magic, inner) => {
    const set = Buffer.concat(inner.map((offset) => message({ magic, offset, timestamp: 9, value: Buffer.from('v') })));
    const outer = message({ magic, offset: 11, timestamp: 9, attributes: 1, value: gzipSync(set) });
    const [batch] = await decodeBatches(outer);
    expect(batch).toMatchObject({ firstOffset: 10, lastOffset: 11, codec: 'gzip' });
    expect(batch!.records!.map(({ offset }) => offset)).toEqual([10, 11]);
  });
});

test('damaged bytes end in an error and never in anything else', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 7, 0x20),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      fc.nat(200),
      async (attributes, changes, cut) => {
        const bytes = Buffer.from(batch2({ firstOffset: 1, timestamp: 1, records, attributes }));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        await decodeBatches(bytes.subarray(0, Math.max(0, bytes.length - (cut > 100 ? 0 : cut)))).catch(
          (error: unknown) => expect(error).toMatchObject({ label: 'MALFORMED' }),
        );
      },
    ),
  ));

test('a count that the bytes cannot hold is refused before anything is allocated', async () => {
  const bytes = Buffer.from(batch2({ firstOffset: 1, timestamp: 1, records }));
  bytes.writeInt32BE(0x7fffffff, 57);
  await expect(decodeBatches(bytes)).rejects.toThrow(/claims 2147483647 records/);
  const record = new Writer();
  for (const value of [0, 0, -1, -1, 1_000_000]) record.varlong(value);
  await expect(decodeBatches(batch2({ firstOffset: 1, timestamp: 1, raw: [record.bytes()] }))).rejects.toThrow(
    /headers/,
  );
});
