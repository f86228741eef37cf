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
  stream.push(withSmallWindow(bytes), true);
  return Buffer.concat(parts);
}

/** Sizes of blocks and bits of the head of a frame (RFC 8878, 3.1.1). */
const zstd = { magic: 0xfd2fb528, largestBlock: 128 * 1024, singleSegment: 0x20, compressed: 2 };

/**
 * The frame with a window that is no larger than its content can be: the library sets up all of a window, which has
 * megabytes where a batch has a few kilobytes. Anything but a single frame with a window is left as it is.
 */
function withSmallWindow(bytes: Buffer): Buffer {
  if (bytes.length < 9 || bytes.readUInt32LE(0) !== zstd.magic) return bytes;
  const flags = bytes.readUInt8(4);
  if ((flags & zstd.singleSegment) !== 0) return bytes;
  const sizeBytes = flags >> 6 === 0 ? 0 : 1 << (flags >> 6);
  const dictionaryBytes = [0, 1, 2, 4][flags & 3]!;
  let content = 0;
  for (let at = 6 + dictionaryBytes + sizeBytes; ;) {
    if (bytes.length - at < 3) return bytes;
    const head = bytes.readUIntLE(at, 3);
    const [kind, size] = [(head >> 1) & 3, head >> 3];
    content += kind === zstd.compressed ? zstd.largestBlock : size;
    // One byte stands for all of a repeated block.
    at += 3 + (kind === 1 ? 1 : size);
    if ((head & 1) === 1) break;
  }
  const exponent = Math.max(0, Math.ceil(Math.log2(content / 1024)));
  if (exponent >= bytes.readUInt8(5) >> 3) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeUInt8(exponent << 3, 5);
  return copy;
}
