/** Compression of record batches: the codec by its number, and the codecs that can be opened here. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

/** By the lowest three bits of a batch's attributes (Kafka: record batch). */
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof codecs)[number];

/** The codec of a batch; null for a number that this version does not know. */
export const codecOf = (attributes: number): Codec | null => codecs[attributes & 0x07] ?? null;

/** The largest content of one batch that is opened, in bytes. */
const largest = 256 * 1024 * 1024;

const unzip = promisify(gunzip);

/** Opens compressed bytes; rejects with the library's error where they are damaged or too large. */
type Opener = (bytes: Buffer) => Promise<Buffer>;

const openers: Partial<Record<Codec, Opener>> = {
  none: async (bytes) => bytes,
  gzip: (bytes) => unzip(bytes, { maxOutputLength: largest }),
};

/** How to open a codec; undefined for one that this program cannot open. */
export const openerOf = (codec: Codec | null): Opener | undefined => (codec === null ? undefined : openers[codec]);
