/** DER as a tree; undefined for anything else, because the bytes are not trusted. */
import * as asn1js from 'asn1js';
import { secretBytes } from '../aws/limits.js';

/** RFC 5280 needs about ten levels; the parser recurses for each. */
const deepest = 40;

/** A sequence that takes up all bytes. */
export function parseSequence(der: Uint8Array): asn1js.Sequence | undefined {
  if (der.length > secretBytes || nestsTooDeep(der)) return undefined;
  try {
    const { result, offset } = asn1js.fromBER(der);
    return result instanceof asn1js.Sequence && offset === der.length ? result : undefined;
  } catch {
    return undefined;
  }
}

/** The members of a sequence; empty for any other block. */
export const membersOf = (block: unknown): readonly asn1js.BaseBlock[] =>
  block instanceof asn1js.Sequence ? (block.valueBlock.value as asn1js.BaseBlock[]) : [];

export const objectIdentifier = (block: unknown): string | undefined =>
  block instanceof asn1js.ObjectIdentifier ? block.valueBlock.toString() : undefined;

/** Whether an indefinite length occurs, which DER does not have, or a nesting deeper than any certificate's. */
function nestsTooDeep(der: Uint8Array): boolean {
  const ends: number[] = [];
  for (let at = 0; at < der.length;) {
    while (ends.length > 0 && at >= ends.at(-1)!) ends.pop();
    const tag = der[at]!;
    // A tag number above 30 takes more bytes; certificates have none.
    if ((tag & 0x1f) === 0x1f) return true;
    let length = der[at + 1] ?? 0;
    let head = 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) return true;
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + (der[at + 2 + index] ?? 0);
      head += count;
    }
    const constructed = (tag & 0x20) !== 0;
    if (constructed) {
      ends.push(at + head + length);
      if (ends.length > deepest) return true;
    }
    at += constructed ? head : head + length;
  }
  return false;
}
