/** Recognises what the bytes of a key, a value or a header are. */
import { isUtf8 } from 'node:buffer';
import { gunzipSync, inflateSync } from 'node:zlib';
import { readFrame, type Frame } from './wire-format.js';

/** Kinds of content. Only null, empty, json, text and binary reach the handler as they are. */
export type ContentKind = 'null' | 'empty' | 'json' | 'text' | 'binary' | 'confluent' | 'glue' | 'gzip' | 'base64';

/** Content as it can be shown. */
export interface Content {
  kind: ContentKind;
  /** Readable text, or the bytes in hexadecimal; null for null. */
  text: string | null;
  /** The header of a schema registry, for the kinds confluent and glue. */
  frame?: Frame;
  /** The bytes under a gzip or zlib compression or a second Base64; null: they cannot be decompressed. */
  inner?: Uint8Array | null;
}

/** Decompressed content of more bytes is not shown: the compression may be hostile. */
const largestContent = 64 * 1024 * 1024;

/** What bytes are; `isKey`: 8 bytes that begin with zeros are more likely a number than a header. */
export function recognise(bytes: Uint8Array | null, isKey = false): Content {
  if (bytes === null) return { kind: 'null', text: null };
  if (bytes.length === 0) return { kind: 'empty', text: '' };
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const inner = decompress(bytes, gunzipSync);
    return { kind: 'gzip', inner, text: inner === null ? toHex(bytes) : readable(inner) };
  }
  const frame = isKey && bytes.length === 8 ? null : readFrame(bytes);
  if (frame !== null) {
    const inner = contentOfFrame(frame);
    return { kind: frame.registry, frame, inner, text: inner === null ? toHex(bytes) : readable(inner) };
  }
  const text = toText(bytes);
  if (text === null) return { kind: 'binary', text: toHex(bytes) };
  const inner = innerBase64(text);
  if (inner !== null) return { kind: 'base64', inner, text: readable(inner) };
  return { kind: isJson(text) ? 'json' : 'text', text };
}

/** What follows the header of a registry, decompressed; null where it cannot be decompressed. */
export const contentOfFrame = ({ compressed, content }: Frame): Uint8Array | null =>
  compressed ? decompress(content, inflateSync) : content;

function decompress(
  bytes: Uint8Array,
  by: (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer,
): Uint8Array | null {
  try {
    return by(bytes, { maxOutputLength: largestContent });
  } catch {
    return null;
  }
}

/** UTF-8 text without control characters other than those of layout and of terminals; null for other bytes. */
export function toText(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  // oxlint-disable-next-line no-control-regex -- they tell binary content from text
  return /[\u0000-\u0007\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? null : text;
}

/** Text, or bytes in hexadecimal. */
export const readable = (bytes: Uint8Array): string => toText(bytes) ?? toHex(bytes);

/** `00 ff 1a`. */
export function toHex(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return hex.replaceAll(/../g, '$& ').trimEnd();
}

/** Whether a text is a JSON object, list or text. A number or a word alone is plain text. */
function isJson(text: string): boolean {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[' && first !== '"') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Base64 text shorter than this may be a word. */
const [shortestPadded, shortestPlain] = [8, 12];

/**
 * The bytes of a text that is Base64 itself: its length fits, and what it contains is text, JSON, compressed or has the
 * header of a registry. Words and hexadecimal numbers contain none of these.
 */
function innerBase64(text: string): Uint8Array | null {
  const clean = text.trimEnd();
  if (clean.length % 4 !== 0 || clean.length < (clean.endsWith('=') ? shortestPadded : shortestPlain)) return null;
  const inner = decodeBase64(clean);
  // A word that happens to have the alphabet of Base64 rarely ends as an encoder ends.
  if (inner === null || Buffer.from(inner).toString('base64') !== clean) return null;
  if (inner[0] === 0x1f && inner[1] === 0x8b) return inner;
  return readFrame(inner) !== null || toText(inner) !== null ? inner : null;
}

/** The bytes of a Base64 text; null where it is not Base64. */
export const decodeBase64 = (text: string): Uint8Array | null =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
