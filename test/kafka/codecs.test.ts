/** Compressed batches: each codec, the blocks of Java's client, damage, and content that is too large. */
import fc from 'fast-check';
import lz4 from 'lz4js';
import { compress } from 'snappyjs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openerOf } from '../../src/kafka/compression.js';
import { openLz4Frames } from '../../src/kafka/lz4.js';
import { decodeBatches } from '../../src/kafka/record-batch.js';
import { batch2 } from './support/batches.js';

const text = Buffer.from('orders and more orders, '.repeat(4000));

/** Blocks as snappy-java writes them: a head, then each block with its length. */
function inBlocks(bytes: Buffer<ArrayBuffer>, size: number): Buffer {
  const parts = [Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1])];
  for (let at = 0; at < bytes.length; at += size) {
    const block = compress(bytes.subarray(at, at + size));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
}

/** What `zstd -19 --no-content-size` makes of 40 repetitions. */
const zstd = Buffer.from('28b52ffd0468e50000906f726465727320616e64206d6f7265202c200200a577566c86b90454cc4245', 'hex');

describe('opens', () => {
  test.each([
    ['gzip', gzipSync(text)],
    ['snappy', compress(text)],
    ['snappy', inBlocks(text, 32_768)],
    ['lz4', Buffer.from(lz4.compress(text))],
    ['none', text],
  ] as const)('%s', async (codec, bytes) => expect((await openerOf(codec)!(bytes)).equals(text)).toBe(true));
});

test('any content returns from LZ4 and Snappy', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
      fc.nat(40),
      async (parts, times) => {
        const bytes = Buffer.concat(Array.from({ length: times + 1 }, () => Buffer.concat(parts)));
        expect((await openerOf('lz4')!(Buffer.from(lz4.compress(bytes)))).equals(bytes)).toBe(true);
        expect((await openerOf('snappy')!(inBlocks(bytes, 500))).equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test('damaged LZ4 ends in an error or in bytes within the limit', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }), (changes) => {
      const bytes = Buffer.from(lz4.compress(text.subarray(0, 2000)));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        expect(openLz4Frames(bytes, 100_000, () => new Error('too large')).length).toBeLessThanOrEqual(100_000);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  ));

describe('content that is too large ends in a sentence', () => {
  const part = gzipSync(Buffer.alloc(32 * 1024 * 1024), { level: 1 });
  const snappyClaim = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x0f, 0x00]);
  test.each([
    ['gzip', 1, () => Buffer.concat(Array.from({ length: 9 }, () => part))],
    ['snappy', 2, () => snappyClaim],
  ] as const)('%s', async (_, attributes, compressed) => {
    const bomb = batch2({ firstOffset: 0, timestamp: 1, raw: [Buffer.alloc(8)], attributes, compress: compressed });
    await expect(decodeBatches(bomb)).rejects.toThrow('a batch of records decompresses to more than 256 MB');
  });

  test('LZ4, before the memory is used', () => {
    const bytes = Buffer.from(lz4.compress(Buffer.alloc(1_000_000)));
    expect(() => openLz4Frames(bytes, 65_536, () => new Error('too large'))).toThrow('too large');
  });
});

test('bytes that are not of the codec are reported with its name', async () => {
  for (const [attributes, codec] of [
    [1, 'gzip'],
    [2, 'snappy'],
    [3, 'lz4'],
    [4, 'zstd'],
  ] as const)
    await expect(
      decodeBatches(
        batch2({
          firstOffset: 0,
          timestamp: 1,
          raw: [Buffer.alloc(8)],
          attributes,
          compress: () => Buffer.from('no codec'),
        }),
      ),
    ).rejects.toThrow(`does not open as ${codec}`);
});

test('Zstandard', async () =>
  expect((await openerOf('zstd')!(zstd)).toString()).toBe('orders and more orders, '.repeat(40)));
