/** PEM blocks of a text (RFC 7468), and whether its line breaks were lost in pasting. */
export interface PemBlock {
  label: string;
  /** Empty where the content is no base64. */
  der: Uint8Array;
  /** A `Proc-Type: 4,ENCRYPTED` header, as keys in OpenSSL's old form have it. */
  encryptedHeader: boolean;
}

/** How line breaks were lost: written out as `\n`, or missing around a block's first or last line. */
export type LostNewlines = 'escaped' | 'joined';

export interface PemText {
  blocks: PemBlock[];
  lost: LostNewlines | null;
}

const begin = '-----BEGIN ';
const end = '-----END ';
const dashes = '-----';
const longestLabel = 40;
/** Blanks between a line's text and its end are looked at so far. */
const longestBlanks = 200;

/** Blocks in their order. */
export function readPem(text: string): PemText {
  const asItIs = scan(text);
  if (!text.includes('\\')) return asItIs;
  // A backslash in a comment takes nothing away; one in place of a line break does.
  const mended = scan(text.replace(/\\r\\n|\\n|\\r/g, '\n'));
  return whole(mended) > whole(asItIs) || mended.lost !== asItIs.lost ? { ...mended, lost: 'escaped' } : asItIs;
}

const whole = ({ blocks }: PemText): number => blocks.filter(({ der }) => der.length > 0).length;

/** One pass, however many blocks are never closed. */
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

/** The block that begins at `start` and ends before `limit`, where another one begins. */
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

/** Strict where Java's decoder is: no other letters, and no padding that does not fit. Headers (`Proc-Type:`) are no content. */
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
