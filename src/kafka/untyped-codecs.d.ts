/** Types of a codec whose package has none. */
declare module 'snappyjs' {
  /** Throws for bytes that are not Snappy. */
  export function uncompress(bytes: Buffer, longest?: number): Buffer;
  export function compress(bytes: Uint8Array): Buffer<ArrayBuffer>;
}
