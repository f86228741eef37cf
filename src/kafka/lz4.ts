/**
 * Opens LZ4 frames (LZ4: frame format, block format). Checksums are not compared: TCP protects the way here, and old
 * clients of Kafka wrote wrong ones in message sets of format 0.
 */
const magic = 0x184d2204;
const uncompressed = 0x8000_0000;
/** Bits of the frame’s descriptor. */
const flags = { version: 0xc0, blockChecksum: 0x10, contentSize: 0x08, contentChecksum: 0x04, dictionary: 0x01 };
const version = 0x40;
const shortestMatch = 4;
/** Up to as many bytes are copied faster by a loop than by a call of Node. */
const fewBytes = 48;

/** The content of all frames. Throws where the bytes are damaged, and `tooLarge()` where the content has more than `largest` bytes. */
export function openLz4Frames(bytes: Buffer, largest: number, tooLarge: () => Error): Buffer {
  const output = new Output(largest, tooLarge, Math.min(largest, Math.max(64 * 1024, 4 * bytes.length)));
  for (let at = 0; at < bytes.length;) at = openFrame(bytes, at, output);
  return output.content();
}

/** Returns the position after the frame. */
function openFrame(bytes: Buffer, start: number, output: Output): number {
  if (bytes.readUInt32LE(start) !== magic) throw new Error('no LZ4 frame');
  const descriptor = bytes.readUInt8(start + 4);
  if ((descriptor & flags.version) !== version || (descriptor & flags.dictionary) !== 0)
    throw new Error('an LZ4 frame of another version');
  let at = start + 7 + ((descriptor & flags.contentSize) === 0 ? 0 : 8);
  for (;;) {
    const word = bytes.readUInt32LE(at);
    at += 4;
    if (word === 0) break;
    const length = word & ~uncompressed;
    if (length > bytes.length - at) throw new Error('a block is cut off');
    const block = bytes.subarray(at, at + length);
    if (word >= uncompressed) output.literals(block, 0, length);
    else openBlock(block, output);
    at += length + ((descriptor & flags.blockChecksum) === 0 ? 0 : 4);
  }
  return at + ((descriptor & flags.contentChecksum) === 0 ? 0 : 4);
}

function openBlock(block: Buffer, output: Output): void {
  let at = 0;
  const byte = (): number => {
    if (at >= block.length) throw new Error('a block ends in a sequence');
    return block[at++]!;
  };
  const length = (first: number): number => {
    let sum = first;
    if (first === 15)
      for (;;) {
        const more = byte();
        sum += more;
        if (more !== 255) break;
      }
    return sum;
  };
  while (at < block.length) {
    const token = byte();
    const literals = length(token >> 4);
    if (literals > block.length - at) throw new Error('a block ends in its literals');
    output.literals(block, at, literals);
    at += literals;
    // The last sequence has literals only.
    if (at === block.length) return;
    const distance = byte() | (byte() << 8);
    output.match(distance, shortestMatch + length(token & 15));
  }
}

/** Grows as it is written. */
class Output {
  private bytes: Buffer;
  private at = 0;

  constructor(
    private readonly largest: number,
    private readonly tooLarge: () => Error,
    size: number,
  ) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  content(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  literals(from: Buffer, start: number, length: number): void {
    this.reserve(length);
    if (length > fewBytes) from.copy(this.bytes, this.at, start, start + length);
    else this.copy(from, start, length);
    this.at += length;
  }

  /** Repeats earlier bytes; a distance below the length repeats what it has just written. */
  match(distance: number, length: number): void {
    if (distance === 0 || distance > this.at) throw new Error('a match begins before the content');
    this.reserve(length);
    const start = this.at - distance;
    if (length > fewBytes && distance >= length) this.bytes.copyWithin(this.at, start, start + length);
    else this.copy(this.bytes, start, length);
    this.at += length;
  }

  /** Byte by byte, so that bytes just written may be among those that are copied. */
  private copy(from: Buffer, start: number, length: number): void {
    const { bytes, at } = this;
    for (let index = 0; index < length; index++) bytes[at + index] = from[start + index]!;
  }

  private reserve(length: number): void {
    const needed = this.at + length;
    if (needed > this.largest) throw this.tooLarge();
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.largest, Math.max(needed, 2 * this.bytes.length)));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
