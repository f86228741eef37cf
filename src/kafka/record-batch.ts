/** Batches of records, as Fetch returns them: formats 0, 1 and 2 (Kafka: record batch, message sets). */
import { Reader } from './bytes.js';
import { codecOf, ContentTooLarge, openerOf, type Codec } from './compression.js';
import { malformed } from './wire-error.js';

export interface KafkaRecord {
  offset: number;
  /** Milliseconds since 1970; -1 where the format has none. */
  timestamp: number;
  /** Whether the broker set the time when it appended the record. */
  appended: boolean;
  key: Buffer | null;
  value: Buffer | null;
  headers: { name: string; value: Buffer | null }[];
}

export interface RecordBatch {
  firstOffset: number;
  /** The last offset of the batch, also where compaction removed its record. */
  lastOffset: number;
  /** Bytes of the batch as the broker sent it. */
  bytes: number;
  /** Null for a codec that this version does not know. */
  codec: Codec | null;
  /** A marker of a transaction: no consumer sees its records. */
  control: boolean;
  /** The transaction that the batch belongs to; null without one. */
  transaction: { producerId: number } | null;
  /** Of the first record, in milliseconds since 1970; -1 where the format has none. */
  timestamp: number;
  /** Null where the codec cannot be opened here. */
  records: KafkaRecord[] | null;
}

/** Bytes of a batch before its own length counts. */
const lengthEnd = 12;
/** Bytes of the head of a batch of format 2. */
const head2 = 61;

/** A batch as the broker sent it, not yet opened. */
export interface ClosedBatch {
  bytes: Buffer;
  /** Opens it. Rejects with `MALFORMED`. */
  open(): Promise<RecordBatch>;
}

/** The complete batches in order. A broker may cut the last one off; it is left out. Throws `MALFORMED`. */
export function splitBatches(bytes: Buffer): ClosedBatch[] {
  const batches: ClosedBatch[] = [];
  for (let at = 0; bytes.length - at >= lengthEnd + 5;) {
    const length = bytes.readInt32BE(at + 8);
    if (length < 10) throw malformed(`a batch of records claims ${length} bytes`);
    const end = at + lengthEnd + length;
    if (end > bytes.length) break;
    const batch = bytes.subarray(at, end);
    const magic = batch.readInt8(16);
    if (magic < 0 || magic > 2) throw malformed(`a batch of records has the unknown format ${magic}`);
    batches.push({ bytes: batch, open: () => (magic === 2 ? decodeBatch(batch) : decodeMessage(batch, magic)) });
    at = end;
  }
  return batches;
}

/** The complete batches in order, opened. Throws `MALFORMED`. */
export async function decodeBatches(bytes: Buffer): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for (const batch of splitBatches(bytes)) batches.push(await batch.open());
  return batches;
}

async function decodeBatch(bytes: Buffer): Promise<RecordBatch> {
  if (bytes.length < head2) throw malformed('a batch of records ends in its head');
  const firstOffset = Number(bytes.readBigInt64BE(0));
  const attributes = bytes.readInt16BE(21);
  const timestamp = Number(bytes.readBigInt64BE(27));
  const appended = (attributes & 0x08) !== 0 ? Number(bytes.readBigInt64BE(35)) : null;
  const count = bytes.readInt32BE(57);
  const codec = codecOf(attributes);
  const content = await open(codec, bytes.subarray(head2));
  return {
    firstOffset,
    lastOffset: firstOffset + bytes.readInt32BE(23),
    bytes: bytes.length,
    codec,
    control: (attributes & 0x20) !== 0,
    transaction: (attributes & 0x10) !== 0 ? { producerId: Number(bytes.readBigInt64BE(43)) } : null,
    timestamp: appended ?? timestamp,
    records: content === null ? null : readRecords(content, count, { firstOffset, timestamp, appended }),
  };
}

interface Base {
  firstOffset: number;
  timestamp: number;
  /** The time at which the broker appended the batch, where the topic keeps that one. */
  appended: number | null;
}

function readRecords(content: Buffer, count: number, { firstOffset, timestamp, appended }: Base): KafkaRecord[] {
  // A record takes at least seven bytes.
  if (count < 0 || count * 7 > content.length)
    throw malformed(`a batch claims ${count} records in ${content.length} bytes`);
  const reader = new Reader(content);
  const records: KafkaRecord[] = [];
  for (let index = 0; index < count; index++) {
    const record = new Reader(reader.take(reader.varlong()));
    record.int8();
    const time = timestamp + record.varlong();
    const offset = firstOffset + record.varlong();
    const key = sized(record);
    const value = sized(record);
    const headers = record.varlong();
    if (headers < 0 || headers * 2 > record.remaining) throw malformed(`a record claims ${headers} headers`);
    records.push({
      offset,
      timestamp: appended ?? time,
      appended: appended !== null,
      key,
      value,
      headers: Array.from({ length: headers }, () => ({
        name: (sized(record) ?? Buffer.alloc(0)).toString('utf8'),
        value: sized(record),
      })),
    });
  }
  return records;
}

function sized(reader: Reader): Buffer | null {
  const length = reader.varlong();
  return length === -1 ? null : reader.take(length);
}

/** Formats 0 and 1: a message, or a compressed set of messages in its value. */
async function decodeMessage(bytes: Buffer, magic: number): Promise<RecordBatch> {
  const lastOffset = Number(bytes.readBigInt64BE(0));
  const outer = readMessage(bytes, magic);
  const codec = codecOf(outer.attributes);
  const batch = {
    bytes: bytes.length,
    codec,
    control: false,
    transaction: null,
    timestamp: outer.record.timestamp,
    lastOffset,
  };
  if (codec === 'none') return { ...batch, firstOffset: lastOffset, records: [outer.record] };
  const content = outer.record.value === null ? null : await open(codec, outer.record.value);
  if (content === null) return { ...batch, firstOffset: lastOffset, records: null };
  const inner = readSet(content);
  // Format 1 counts the offsets of the set from 0; the outer message has the last one.
  const shift = magic === 1 ? lastOffset - (inner.at(-1)?.offset ?? 0) : 0;
  // Where the broker sets the time, the one of the outer message counts for all.
  const time = outer.record.appended ? { timestamp: outer.record.timestamp, appended: true } : {};
  const records = inner.map((record) => ({ ...record, ...time, offset: record.offset + shift }));
  return { ...batch, firstOffset: records[0]?.offset ?? lastOffset, records };
}

function readSet(content: Buffer): KafkaRecord[] {
  const records: KafkaRecord[] = [];
  for (let at = 0; content.length - at >= lengthEnd + 5;) {
    const length = content.readInt32BE(at + 8);
    if (length < 14 || at + lengthEnd + length > content.length) throw malformed('a compressed message is cut off');
    const message = content.subarray(at, at + lengthEnd + length);
    records.push(readMessage(message, message.readInt8(16)).record);
    at += lengthEnd + length;
  }
  return records;
}

function readMessage(bytes: Buffer, magic: number): { attributes: number; record: KafkaRecord } {
  const reader = new Reader(bytes);
  const offset = reader.int64();
  reader.take(9);
  const attributes = reader.int8();
  const timestamp = magic === 0 ? -1 : reader.int64();
  const appended = magic === 1 && (attributes & 0x08) !== 0;
  const field = (): Buffer | null => {
    const length = reader.int32();
    return length === -1 ? null : reader.take(length);
  };
  return { attributes, record: { offset, timestamp, appended, key: field(), value: field(), headers: [] } };
}

/** Null where the codec cannot be opened here. */
async function open(codec: Codec | null, bytes: Buffer): Promise<Buffer | null> {
  const opener = openerOf(codec);
  if (opener === undefined) return null;
  try {
    return await opener(bytes);
  } catch (error) {
    throw malformed(error instanceof ContentTooLarge ? error.message : `a batch of records does not open as ${codec}`);
  }
}
