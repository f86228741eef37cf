/** Reading and writing the primitive types of the Kafka protocol (Kafka: Protocol guide, primitive types). */
import { malformed } from './wire-error.js';

/** Reads from a buffer; throws `MALFORMED` where the buffer ends too early. */
export class Reader {
  private at = 0;

  constructor(private readonly buffer: Buffer) {}

  get remaining(): number {
    return this.buffer.length - this.at;
  }

  /** The next bytes, without a copy. */
  take(length: number): Buffer {
    if (length < 0 || length > this.remaining)
      throw malformed(`a field claims ${length} bytes, and ${this.remaining} are left`);
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }

  int8(): number {
    return this.take(1).readInt8();
  }
  int16(): number {
    return this.take(2).readInt16BE();
  }
  int32(): number {
    return this.take(4).readInt32BE();
  }
  uint32(): number {
    return this.take(4).readUInt32BE();
  }
  /** Offsets and timestamps: exact up to 2^53. */
  int64(): number {
    return Number(this.take(8).readBigInt64BE());
  }

  /** Seven bits a byte, the lowest first; at most five bytes. */
  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.take(1).readUInt8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw malformed('a number is longer than its type allows');
  }

  /** Zigzag, as in record batches; at most ten bytes. */
  varlong(): number {
    // Nearly all are short, and numbers are far faster than BigInt.
    let short = 0;
    for (let shift = 0, at = this.at; shift < 28 && at < this.buffer.length; shift += 7, at++) {
      const byte = this.buffer[at]!;
      short |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at + 1;
        return (short >>> 1) ^ -(short & 1);
      }
    }
    return this.longVarlong();
  }

  private longVarlong(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.take(1).readUInt8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number((value >> 1n) ^ -(value & 1n));
    }
    throw malformed('a number is longer than its type allows');
  }
}

/** Collects bytes; `bytes` joins them. */
export class Writer {
  private readonly parts: Buffer[] = [];

  raw(bytes: Buffer): void {
    this.parts.push(bytes);
  }

  private fixed(length: number, write: (buffer: Buffer) => void): void {
    const buffer = Buffer.alloc(length);
    write(buffer);
    this.parts.push(buffer);
  }

  int8(value: number): void {
    this.fixed(1, (buffer) => buffer.writeInt8(value));
  }
  int16(value: number): void {
    this.fixed(2, (buffer) => buffer.writeInt16BE(value));
  }
  int32(value: number): void {
    this.fixed(4, (buffer) => buffer.writeInt32BE(value));
  }
  uint32(value: number): void {
    this.fixed(4, (buffer) => buffer.writeUInt32BE(value));
  }
  int64(value: number): void {
    this.fixed(8, (buffer) => buffer.writeBigInt64BE(BigInt(value)));
  }

  unsignedVarint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
    bytes.push(rest);
    this.parts.push(Buffer.from(bytes));
  }

  varlong(value: number): void {
    const number = BigInt(value);
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, (number << 1n) ^ (number >> 63n));
    for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    this.parts.push(Buffer.from(bytes));
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}
