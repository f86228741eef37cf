/** Compression of record batches: the codec by its number, and how each is opened. Libraries load on first use. */
import * as zlib from 'node:zlib';
import { promisify } from 'node:util';

/** By the lowest three bits of a batch's attributes (Kafka: record batch). */
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof codecs)[number];

/** The codec of a batch; null for a number that this version does not know. */
export const codecOf = (attributes: number): Codec | null => codecs[attributes & 0x07] ?? null;

/** The largest content of one batch that is opened, in bytes. */
const largest = 256 * 1024 * 1024;

/** The content exceeds the limit, whatever the compressed bytes hold. */
export class ContentTooLarge extends Error {
  override name = 'ContentTooLarge';
  constructor() {
    super(`a batch of records decompresses to more than ${largest / 1024 / 1024} MB`);
  }
}

/** Opens compressed bytes; rejects with `ContentTooLarge`, or with the library's error where they are damaged. */
type Opener = (bytes: Buffer) => Promise<Buffer>;

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const openers: Record<Codec, Opener> = {
  none: async (bytes) => bytes,
  gzip: (bytes) => inflated(promisify(zlib.gunzip) as Inflate, bytes),
  snappy: openSnappy,
  lz4: openLz4,
  zstd: openZstd,
};

/** How to open a codec; undefined for one that this program cannot open. */
export const openerOf = (codec: Codec | null): Opener | undefined => (codec === null ? undefined : openers[codec]);

async function inflated(inflate: Inflate, bytes: Buffer): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: largest });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? new ContentTooLarge() : error;
  }
}

/** First bytes of the blocks that Java's client writes (xerial/snappy-java: SnappyCodec). */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic with two version numbers. */
const xerialHead = 16;

/** One block, or the blocks of Java's client, each with its length before it. */
async function openSnappy(bytes: Buffer): Promise<Buffer> {
  const { uncompress } = await import('snappyjs');
  if (!bytes.subarray(0, xerialMagic.length).equals(xerialMagic)) {
    if (snappyLength(bytes) > largest) throw new ContentTooLarge();
    return uncompress(bytes);
  }
  const blocks: Buffer[] = [];
  let total = 0;
  for (let at = xerialHead; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    const block = bytes.subarray(at + 4, at + 4 + length);
    if (length < 0 || block.length < length) throw new Error('a block is cut off');
    total += snappyLength(block);
    if (total > largest) throw new ContentTooLarge();
    blocks.push(uncompress(block));
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

/** The length of the content, a varint before the block (Snappy: format description). */
function snappyLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < Math.min(5, block.length); index++) {
    length += (block[index]! & 0x7f) * 2 ** (7 * index);
    if (block[index]! < 0x80) break;
  }
  return length;
}

async function openLz4(bytes: Buffer): Promise<Buffer> {
  const { openLz4Frames } = await import('./lz4.js');
  return openLz4Frames(bytes, largest, () => new ContentTooLarge());
}

/** By Node where it has the codec (from 22.15), which is faster than the library. */
async function openZstd(bytes: Buffer): Promise<Buffer> {
  const { zstdDecompress } = zlib as { zstdDecompress?: (...rest: never[]) => void };
  if (zstdDecompress !== undefined) return inflated(promisify(zstdDecompress) as Inflate, bytes);
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let total = 0;
  const stream = new Decompress((part) => {
    total += part.length;
    if (total > largest) throw new ContentTooLarge();
    parts.push(part.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(parts);
}
