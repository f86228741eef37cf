/**
 * The headers that serializers with a schema registry put before the content: Confluent (a zero byte and the number of
 * the schema in 4 bytes; before a Protobuf message the indexes of its type; Confluent documentation: wire format) and
 * AWS Glue (version 3, the compression, the UUID of the schema version in 16 bytes; awslabs/aws-glue-schema-registry).
 */

/** A header with what follows it. */
export type Frame =
  | { registry: 'confluent'; schemaId: string; compressed: false; content: Uint8Array }
  | { registry: 'glue'; schemaId: string; compressed: boolean; content: Uint8Array };

const glueHeader = 18;
const confluentHeader = 5;
const glueVersion = 3;
/** Compression bytes of Glue: none, and zlib. */
const [glueStored, glueZlib] = [0, 5];
/** Schema numbers count up from 1. Larger ones are other content that begins with a zero byte. */
const largestSchemaNumber = 2 ** 24;

/** The header at the beginning of a value or a key; null for content without one. */
export function readFrame(bytes: Uint8Array): Frame | null {
  if (bytes.length >= glueHeader && bytes[0] === glueVersion && (bytes[1] === glueStored || bytes[1] === glueZlib))
    return {
      registry: 'glue',
      schemaId: toUuid(bytes.subarray(2, glueHeader)),
      compressed: bytes[1] === glueZlib,
      content: bytes.subarray(glueHeader),
    };
  if (bytes.length < confluentHeader || bytes[0] !== 0) return null;
  const number = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(1);
  if (number === 0 || number >= largestSchemaNumber) return null;
  return {
    registry: 'confluent',
    schemaId: String(number),
    compressed: false,
    content: bytes.subarray(confluentHeader),
  };
}

/** Content with the header of a registry. Throws `RangeError` for a schema id that the registry cannot have. */
export function writeFrame(registry: Frame['registry'], schemaId: string, content: Uint8Array): Uint8Array {
  if (registry === 'glue') {
    const uuid = Buffer.from(schemaId.replaceAll('-', ''), 'hex');
    if (uuid.length !== glueHeader - 2) throw new RangeError('a Glue schema version is a UUID');
    return Buffer.concat([Buffer.from([glueVersion, glueStored]), uuid, content]);
  }
  const number = Number(schemaId);
  if (!Number.isInteger(number) || number < 1 || number >= largestSchemaNumber)
    throw new RangeError(`a Confluent schema ID is a number from 1 to ${largestSchemaNumber - 1}`);
  const header = Buffer.alloc(confluentHeader);
  header.writeUInt32BE(number, 1);
  return Buffer.concat([header, content]);
}

function toUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The position of a Protobuf message in its schema, which Confluent writes before the message: the index of the type,
 * then of the type nested in it; a single zero for the first type. `rest`: the message. Null where there are none.
 */
export function readMessageIndexes(bytes: Uint8Array): { path: number[]; rest: Uint8Array } | null {
  let at = 0;
  const next = (): number => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) return Number.NaN;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const count = next();
  if (count === 0) return { path: [0], rest: bytes.subarray(at) };
  // Types are rarely nested deeper than this; a larger number is the message itself.
  if (!(count > 0 && count <= 16)) return null;
  const path = Array.from({ length: count }, next);
  return path.every((index) => index >= 0) ? { path, rest: bytes.subarray(at) } : null;
}

/** The index of the first type, which Confluent writes as one byte. */
export const firstMessage = Uint8Array.of(0);
