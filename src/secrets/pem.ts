/** PEM blocks of a text (RFC 7468), and whether its line breaks were lost in pasting. */
export interface PemBlock {
  label: string;
  /** Empty where the content is not base64. */
  der: Uint8Array;
  /** A `Proc-Type: 4,ENCRYPTED` header, as in OpenSSL's legacy format. */
  encryptedHeader: boolean;
}

/** How line breaks were lost: written as `\n`, or missing before or after a block's content. */
export type LostNewlines = 'escaped' | 'joined';

export interface PemText {
  blocks: PemBlock[];
  lost: LostNewlines | null;
}

const begin = '-----BEGIN ';
const end = '-----END ';
const dashes = '-----';
const longestLabel = 40;
/** At most this many spaces are read between a line's text and its end. */
const longestBlanks = 200;

/** The blocks of a text in order, and how line breaks were lost. */
export function readPem(text: string): PemText {
  const original = scan(text);
  if (!text.includes('\\')) return original;
  // A backslash in a comment does no harm; one in place of a line break does.
  const restored = scan(text.replace(/\\r\\n|\\n|\\r/g, '\n'));
  return whole(restored) > whole(original) || restored.lost !== original.lost
    ? { ...restored, lost: 'escaped' }
    : original;
}

const whole = ({ blocks }: PemText): number => blocks.filter(({ der }) => der.length > 0).length;

/** One pass, even if many blocks are never closed. */
function scan(text: string): PemText {
  const blocks: PemBlock[] = [];
  let joined = false;
  for (let at = text.indexOf(begin); at >= 0;) {
    const next = text.indexOf(begin, at + begin.length);
    const parsed = blockAt(text, at, next < 0 ? text.length : next);
    if (parsed !== null) {
      blocks.push(parsed.block);
      joined ||= parsed.joined;
    }
    at = next;
  }
  return { blocks, lost: joined ? 'joined' : null };
}

/** The block from `start` to before `limit`, where the next one begins. */
function blockAt(text: string, start: number, limit: number): { block: PemBlock; joined: boolean } | null {
  const labelEnd = text.indexOf(dashes, start + begin.length);
  if (labelEnd < 0 || labelEnd - start - begin.length > longestLabel) return null;
  const label = text.slice(start + begin.length, labelEnd);
  const bodyStart = labelEnd + dashes.length;
  const footer = `${end}${label}${dashes}`;
  const bodyEnd = text.indexOf(end, bodyStart);
  if (bodyEnd < 0 || bodyEnd >= limit || !text.startsWith(footer, bodyEnd)) return null;
  const body = text.slice(bodyStart, bodyEnd);
  const lines = /^[^\S\n\r]*[\n\r]/;
  const rest = text.slice(bodyEnd + footer.length, bodyEnd + footer.length + longestBlanks);
  const joined =
    text[start - 1] === '-' ||
    !lines.test(body.slice(0, longestBlanks)) ||
    !/[\n\r][^\S\n\r]*$/.test(body.slice(-longestBlanks)) ||
    !lines.test(`${rest}\n`);
  return { block: { label, der: decode(body), encryptedHeader: /^\s*Proc-Type:\s*4,ENCRYPTED/.test(body) }, joined };
}

/**
 * As strict as Java's decoder: no other characters, and only correct padding. Headers (`Proc-Type:`) are not
 * content.
 */
function decode(body: string): Uint8Array {
  const base64 = body
    .split('\n')
    .filter((line) => !line.includes(':'))
    .join('')
    .replace(/\s+/g, '');
  const fits = base64.endsWith('=') ? base64.length % 4 === 0 : base64.length % 4 !== 1;
  return fits && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
    ? new Uint8Array(Buffer.from(base64, 'base64'))
    : new Uint8Array();
}
