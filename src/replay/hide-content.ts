/** Error texts of handlers may repeat what a record holds; without the user's consent that is not shown. */
import type { EventRecord, KafkaEvent } from '../event/kafka-event.js';

/** A shorter text is part of ordinary words. */
const shortest = 4;
/** Texts that are searched for at most, so that a large batch stays fast. */
const mostTexts = 20_000;
/** Bytes of a key or value that are searched for. */
const longest = 64 * 1024;
const hidden = '(not shown)';

/** The text without the contents of the event’s records. `decoded`: contents in JSON that the event holds encoded. */
export function withoutContents(text: string, event: KafkaEvent, decoded: readonly string[] = []): string {
  const contents = contentsOf(event, decoded);
  let result = withoutExcerpt(text, contents);
  for (const content of contents) if (result.includes(content)) result = replaceWord(result, content);
  return result;
}

/** Keys, values and headers as text, and the texts in their JSON, the longest first. */
function contentsOf({ records }: KafkaEvent, decoded: readonly string[]): string[] {
  const found = new Set<string>();
  for (const json of decoded)
    for (const text of leavesOf(json)) if (found.size < mostTexts && text.length >= shortest) found.add(text);
  for (const record of Object.values(records).flat()) {
    for (const text of textsOf(record)) if (found.size < mostTexts && text.length >= shortest) found.add(text);
    if (found.size >= mostTexts) break;
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

function* textsOf({ key, value, headers }: EventRecord): Generator<string> {
  for (const base64 of [key, value]) {
    if (base64 === null || base64.length > longest) continue;
    yield base64;
    const text = Buffer.from(base64, 'base64').toString('utf8');
    yield text;
    yield* leavesOf(text);
  }
  for (const header of headers)
    for (const bytes of Object.values(header)) yield Buffer.from(Uint8Array.from(bytes)).toString('utf8');
}

function* leavesOf(text: string): Generator<string> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return;
  }
  const rest = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') yield value;
    else if (typeof value === 'number') yield String(value);
    else if (typeof value === 'object' && value !== null) rest.push(...(Object.values(value) as unknown[]));
  }
}

/** Only where no letter or digit continues it: `name` is not hidden in `rename`. */
function replaceWord(text: string, word: string): string {
  let result = '';
  let at = 0;
  for (let found = text.indexOf(word); found !== -1; found = text.indexOf(word, at)) {
    const end = found + word.length;
    const isWhole = !continues(text[found - 1], word[0]) && !continues(word.at(-1), text[end]);
    result += text.slice(at, found) + (isWhole ? hidden : word);
    at = end;
  }
  return result + text.slice(at);
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);
const continues = (before: string | undefined, after: string | undefined): boolean =>
  isLetter(before) && isLetter(after);

/** Node’s `JSON.parse` quotes a part of the text: `Unexpected token 'h', "hello wor"... is not valid JSON`. */
function withoutExcerpt(text: string, contents: readonly string[]): string {
  if (!text.includes('JSON')) return text;
  const from = text.indexOf('"');
  const to = text.lastIndexOf('"');
  if (from === -1 || to <= from + 1) return text;
  const excerpt = text.slice(from + 1, to);
  return contents.some((content) => content.includes(excerpt))
    ? `${text.slice(0, from)}${hidden}${text.slice(to + 1)}`
    : text;
}
