/** A schema of a registry, from a file. */
import type { DataFormat } from '../kafka-event.js';

/** Encodes and decodes content by one schema. */
export interface Codec {
  dataFormat: DataFormat;
  /**
   * The content as data of JSON. Throws an `Error` whose message says why the bytes do not fit the schema. `path`: the
   * position of a Protobuf message in its schema.
   */
  decode(bytes: Uint8Array, path?: readonly number[]): unknown;
  /** The bytes of data of JSON. Throws an `Error` whose message says why it does not fit the schema. */
  encode(data: unknown): Uint8Array;
}

/** A codec with the file that it comes from. */
export interface Schema extends Codec {
  /** As the user named it. */
  file: string;
  /** The schema id for which it is, where the user gave one. */
  id: string | null;
}
