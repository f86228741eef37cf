/** Error texts of handlers may repeat what a record holds; without the user's consent that is not shown. */
import type { EventRecord, KafkaEvent } from '../event/kafka-event.js';
import { canonicalOf, SharedParts } from './shared-parts.js';

/** A shorter text is part of ordinary words, unless it stands in quotation marks. */
const shortest = 4;
/** Characters in a row that an error shares with a content where it repeats a part of it. */
const partLength = 8;
/** The same for JSON with the names of its members: a name alone stays, since it says what is missing. */
const partOfDocument = 24;
/** Longer errors are cut: they repeat content, and nobody reads them in one line. */
const longestError = 4000;
const hidden = '(not shown)';
/** Contents that say nothing, and that errors name on their account. */
const ordinary = new Set(['null', 'true', 'false', 'undefined']);

/**
 * The text without the contents of the event’s records, whole or in part, also in Base64, in hexadecimal, with escapes
 * or in other case. Names of JSON members and of headers stay. `decoded`: contents in JSON that the event holds encoded.
 */
export function withoutContents(text: string, event: KafkaEvent, decoded: readonly string[] = []): string {
  const error = text.length > longestError ? `${text.slice(0, longestError)}…` : text;
  const marks = new Marks(error);
  for (const json of decoded) hideText(json, marks);
  for (const record of Object.values(event.records).flat()) hideRecord(record, marks);
  return marks.result();
}

/** Keys, values and headers in the forms that an error may repeat. */
function hideRecord({ key, value, headers }: EventRecord, marks: Marks): void {
  for (const base64 of [key ?? null, value ?? null]) {
    if (base64 === null) continue;
    marks.hide(base64);
    const bytes = Buffer.from(base64, 'base64');
    marks.hide(bytes.toString('hex'));
    hideText(bytes.toString('utf8'), marks);
  }
  for (const header of headers)
    for (const bytes of Object.values(header)) {
      marks.hide(bytes.join(','));
      hideText(Buffer.from(Uint8Array.from(bytes)).toString('utf8'), marks);
    }
}

function hideText(text: string, marks: Marks): void {
  if (parse(text) !== undefined) marks.hideDocument(text);
  for (const leaf of leavesOf(text)) marks.hide(leaf);
}

/** The texts and numbers in an object or a list, also in JSON inside a text; any other text as it is. */
function* leavesOf(text: string): Generator<string> {
  const rest: unknown[] = [text];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'number') yield String(value);
    else if (typeof value === 'string') {
      const inner = parse(value);
      if (inner === undefined) yield value;
      else for (const leaf of Object.values(inner)) rest.push(leaf);
    } else if (typeof value === 'object' && value !== null) rest.push(...(Object.values(value) as unknown[]));
  }
}

/** Undefined where a text is no object or list in JSON. */
function parse(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** The characters of an error that are not shown. */
class Marks {
  private readonly isHidden: Uint8Array;
  private readonly parts: SharedParts;
  private readonly documentParts: SharedParts;
  private readonly excerpt: { from: number; to: number; text: string } | null;
  /** Quoted pieces that are too short to look for elsewhere. */
  private readonly quoted = new Map<string, number[]>();

  constructor(private readonly error: string) {
    this.isHidden = new Uint8Array(error.length);
    this.parts = new SharedParts(error, partLength);
    this.documentParts = new SharedParts(error, partOfDocument);
    this.excerpt = excerptOf(error);
    for (const { index, 2: piece = '' } of error.matchAll(/(["'])([^"']{1,3})\1/g))
      this.quoted.set(piece, [...(this.quoted.get(piece) ?? []), index]);
  }

  /** JSON, with the names of its members. */
  hideDocument(json: string): void {
    this.hideExcerptOf(json);
    const canonical = canonicalOf(json);
    if (this.documentParts.canFind(canonical)) this.documentParts.in(canonical, (from, to) => this.mark(from, to));
    else this.markWord(json);
  }

  hide(content: string): void {
    if (ordinary.has(content)) return;
    this.hideExcerptOf(content);
    for (const at of this.quoted.get(content) ?? []) this.mark(at + 1, at + 1 + content.length);
    const canonical = canonicalOf(content);
    if (this.parts.canFind(canonical)) this.parts.in(canonical, (from, to) => this.mark(from, to));
    else if (content.length >= shortest) this.markWord(content);
  }

  private hideExcerptOf(content: string): void {
    const { excerpt } = this;
    if (excerpt !== null && content.includes(excerpt.text)) this.mark(excerpt.from, excerpt.to);
  }

  /** Only where no letter or digit continues it: `name` is not hidden in `rename`. */
  private markWord(word: string): void {
    const { error } = this;
    for (let at = error.indexOf(word); at !== -1; at = error.indexOf(word, at + word.length)) {
      const end = at + word.length;
      if (!continues(error[at - 1], word[0]) && !continues(word.at(-1), error[end])) this.mark(at, end);
    }
  }

  private mark(from: number, to: number): void {
    this.isHidden.fill(1, from, to);
  }

  result(): string {
    let result = '';
    for (let at = 0; at < this.error.length; at++)
      if (this.isHidden[at] === 0) result += this.error[at]!;
      else if (at === 0 || this.isHidden[at - 1] === 0) result += hidden;
    return result;
  }
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);
const continues = (before: string | undefined, after: string | undefined): boolean =>
  isLetter(before) && isLetter(after);

/** Node’s `JSON.parse` quotes a part of the text: `Unexpected token 'h', "hello wor"... is not valid JSON`. */
function excerptOf(error: string): { from: number; to: number; text: string } | null {
  const from = error.indexOf('"');
  const to = error.lastIndexOf('"');
  if (!error.includes('JSON') || from === -1 || to <= from + 1) return null;
  return { from, to: to + 1, text: error.slice(from + 1, to) };
}
