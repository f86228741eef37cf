/** Avro schemas, by avsc. */
import avsc, { type Schema as AvroSchema, type Type } from 'avsc';
import type { Codec } from './schema.js';

const { Type: AvroType, types } = avsc;

/** Longs as BigInt: a number would lose digits. */
const exactLong = types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer(value: bigint) {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: (value: number | string) => BigInt(value),
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
});

/** The codec of a schema in JSON. Throws an `Error` for a document that is not an Avro schema. */
export function avroCodec(schema: unknown): Codec {
  const type: Type = AvroType.forSchema(schema as AvroSchema, { registry: { long: exactLong } });
  return {
    dataFormat: 'AVRO',
    decode: (bytes) => toJsonData(type.fromBuffer(Buffer.from(bytes))),
    encode(data) {
      const value: unknown = type.clone(fromJsonData(type, data), { wrapUnions: true });
      return type.toBuffer(value);
    },
  };
}

/** A decoded value as data of JSON: bytes as text with one character each (Avro specification: JSON encoding). */
function toJsonData(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  if (Array.isArray(value)) return value.map(toJsonData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJsonData(inner)]));
}

/** Data of JSON with bytes and large longs as avsc expects them. A union is left to avsc, but for bytes and longs in it. */
function fromJsonData(type: Type, data: unknown): unknown {
  switch (type.typeName) {
    case 'bytes':
    case 'fixed':
      return typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    case 'abstract:long':
    case 'long':
      return typeof data === 'string' && /^-?\d{1,19}$/.test(data) ? BigInt(data) : data;
    case 'array':
      return Array.isArray(data)
        ? data.map((item) => fromJsonData((type as avsc.types.ArrayType).itemsType, item))
        : data;
    case 'map':
      return mapMembers(data, () => (type as avsc.types.MapType).valuesType);
    case 'record':
      return mapMembers(data, (name) => (type as avsc.types.RecordType).field(name)?.type);
    case 'union:unwrapped':
    case 'union:wrapped': {
      const { types: branches } = type as avsc.types.UnwrappedUnionType;
      const converted = branches.map((branch) => ({ branch, value: fromJsonData(branch, data) }));
      return converted.find(({ branch, value }) => branch.isValid(value))?.value ?? data;
    }
    default:
      return data;
  }
}

function mapMembers(data: unknown, typeOf: (name: string) => Type | undefined): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, inner]) => {
      const type = typeOf(name);
      return [name, type === undefined ? inner : fromJsonData(type, inner)];
    }),
  );
}
