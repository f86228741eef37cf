/** A batch of records in format 2, as a broker stores it (Kafka: record batch). */
import { Writer } from '../../kafka/bytes.js';

export interface BatchRecord {
  key: Buffer | null;
  value: Buffer | null;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** The bytes of a batch without compression; an empty list has none. */
export function encodeBatch(firstOffset: number, records: readonly BatchRecord[]): Buffer {
  const [first] = records;
  if (first === undefined) return Buffer.alloc(0);
  const checked = new Writer();
  checked.int16(0);
  checked.int32(records.length - 1);
  checked.int64(first.timestamp);
  checked.int64(Math.max(...records.map(({ timestamp }) => timestamp)));
  // No producer id, epoch or sequence: the producer is not idempotent.
  checked.int64(-1);
  checked.int16(-1);
  checked.int32(-1);
  checked.int32(records.length);
  for (const [index, record] of records.entries()) {
    const bytes = encodeRecord(record, index, record.timestamp - first.timestamp);
    checked.varlong(bytes.length);
    checked.raw(bytes);
  }
  const rest = checked.bytes();
  const head = new Writer();
  head.int64(firstOffset);
  head.int32(rest.length + 9);
  head.int32(0);
  head.int8(2);
  head.uint32(crc32c(rest));
  return Buffer.concat([head.bytes(), rest]);
}

function encodeRecord({ key, value }: BatchRecord, index: number, later: number): Buffer {
  const writer = new Writer();
  writer.int8(0);
  writer.varlong(later);
  writer.varlong(index);
  for (const field of [key, value]) {
    writer.varlong(field?.length ?? -1);
    if (field !== null) writer.raw(field);
  }
  writer.varlong(0);
  return writer.bytes();
}

/** CRC-32C (RFC 3720, appendix B.4), reflected. */
function crc32c(bytes: Buffer): number {
  let rest = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * 0x82_f6_3b_78);
  }
  return (rest ^ 0xff_ff_ff_ff) >>> 0;
}
