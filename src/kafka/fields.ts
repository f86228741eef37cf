/**
 * The fields that messages are made of. A field is declared once and works in both directions; `from` and `between`
 * say which versions have it. Flexible versions write lengths as varints and end each structure with tagged fields,
 * which are skipped (KIP-482).
 */
import type { Reader, Writer } from './bytes.js';
import { malformed } from './wire-error.js';

/** How a message is encoded: its version, and whether that version is flexible. */
export interface Encoding {
  version: number;
  flexible: boolean;
}

export interface Field<T> {
  write(writer: Writer, value: T, encoding: Encoding): void;
  read(reader: Reader, encoding: Encoding): T;
}

/** The value that a field reads and writes. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

export const int8: Field<number> = { write: (to, value) => to.int8(value), read: (from) => from.int8() };
export const int16: Field<number> = { write: (to, value) => to.int16(value), read: (from) => from.int16() };
export const int32: Field<number> = { write: (to, value) => to.int32(value), read: (from) => from.int32() };
/** Exact up to 2^53. */
export const int64: Field<number> = { write: (to, value) => to.int64(value), read: (from) => from.int64() };
export const boolean: Field<boolean> = {
  write: (to, value) => to.int8(value ? 1 : 0),
  read: (from) => from.int8() !== 0,
};
/** Sixteen bytes, in hexadecimal digits. */
export const uuid: Field<string> = {
  write: (to, value) => to.raw(Buffer.from(value, 'hex')),
  read: (from) => from.take(16).toString('hex'),
};

/** A length of -1 means null; flexible versions write the length plus one. */
function writeLength(to: Writer, length: number, { flexible }: Encoding, fixed: 'int16' | 'int32'): void {
  if (flexible) to.unsignedVarint(length + 1);
  else to[fixed](length);
}
function readLength(from: Reader, { flexible }: Encoding, fixed: 'int16' | 'int32'): number {
  const length = flexible ? from.unsignedVarint() - 1 : from[fixed]();
  if (length < -1) throw malformed(`a field claims a length of ${length}`);
  return length;
}

export const nullableString: Field<string | null> = {
  write(to, value, encoding) {
    const bytes = value === null ? null : Buffer.from(value, 'utf8');
    writeLength(to, bytes?.length ?? -1, encoding, 'int16');
    if (bytes !== null) to.raw(bytes);
  },
  read(from, encoding) {
    const length = readLength(from, encoding, 'int16');
    return length === -1 ? null : from.take(length).toString('utf8');
  },
};

export const nullableBytes: Field<Buffer | null> = {
  write(to, value, encoding) {
    writeLength(to, value?.length ?? -1, encoding, 'int32');
    if (value !== null) to.raw(value);
  },
  read(from, encoding) {
    const length = readLength(from, encoding, 'int32');
    return length === -1 ? null : from.take(length);
  },
};

/** The same field, where null breaks the protocol. */
function required<T>(field: Field<T | null>): Field<T> {
  return {
    write: (to, value, encoding) => field.write(to, value, encoding),
    read(from, encoding) {
      const value = field.read(from, encoding);
      if (value === null) throw malformed('a field is null, and the protocol requires a value');
      return value;
    },
  };
}

export const string: Field<string> = required(nullableString);
export const bytes: Field<Buffer> = required(nullableBytes);

export function nullableArray<T>(item: Field<T>): Field<T[] | null> {
  return {
    write(to, value, encoding) {
      writeLength(to, value?.length ?? -1, encoding, 'int32');
      for (const each of value ?? []) item.write(to, each, encoding);
    },
    read(from, encoding) {
      const length = readLength(from, encoding, 'int32');
      if (length === -1) return null;
      // Each item takes at least a byte, so a longer claim is refused before anything is allocated.
      if (length > from.remaining)
        throw malformed(`a list claims ${length} items, and ${from.remaining} bytes are left`);
      const items: T[] = [];
      for (let index = 0; index < length; index++) items.push(item.read(from, encoding));
      return items;
    },
  };
}
export const array = <T>(item: Field<T>): Field<T[]> => required(nullableArray(item));

/** A field of the versions from `first` to `last`; in the others it is not written and reads as `fallback`. */
export function between<T>(first: number, last: number, field: Field<T>, fallback: T): Field<T> {
  const has = ({ version }: Encoding): boolean => version >= first && version <= last;
  return {
    write: (to, value, encoding) => void (has(encoding) && field.write(to, value, encoding)),
    read: (from, encoding) => (has(encoding) ? field.read(from, encoding) : fallback),
  };
}
export const from = <T>(first: number, field: Field<T>, fallback: T): Field<T> =>
  between(first, Number.MAX_SAFE_INTEGER, field, fallback);

type Fields = Record<string, Field<unknown>>;
type Structure<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> };

/** A structure: its fields in the order of the declaration. */
export function structure<F extends Fields>(fields: F): Field<Structure<F>> {
  const entries = Object.entries(fields);
  return {
    write(to, value, encoding) {
      for (const [name, field] of entries) field.write(to, value[name], encoding);
      if (encoding.flexible) to.unsignedVarint(0);
    },
    read(from, encoding) {
      const value = Object.fromEntries(entries.map(([name, field]) => [name, field.read(from, encoding)]));
      if (encoding.flexible) skipTags(from);
      return value as Structure<F>;
    },
  };
}

/** Tagged fields are optional: none of ours is needed. */
export function skipTags(from: Reader): void {
  const count = from.unsignedVarint();
  if (count > from.remaining) throw malformed(`a structure claims ${count} tagged fields`);
  for (let index = 0; index < count; index++) {
    from.unsignedVarint();
    from.take(from.unsignedVarint());
  }
}
