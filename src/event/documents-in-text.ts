/**
 * JSON objects inside other text: a line of a log with a prefix, a printed Python dictionary, an object inside a text
 * of another object. The work is limited, because the text may be anything.
 */

/** How often the text is gone through, in characters: objects that do not end where they seem to are tried again. */
const mostPasses = 20;
/** How deep a text inside a text is looked into. */
const deepestText = 6;
/** How many values are visited in all documents. */
const mostValues = 20_000_000;

/** Objects that satisfy `isWanted`, in the order of the text; what is inside such an object is not searched. */
export function findObjects<T extends object>(text: string, isWanted: (value: object) => value is T): T[] {
  const found: T[] = [];
  let visited = 0;
  const open: { value: unknown; depth: number }[] = documentsIn(text)
    .map((value) => ({ value, depth: 0 }))
    .toReversed();
  for (let next = open.pop(); next !== undefined && visited < mostValues; next = open.pop()) {
    const { value, depth } = next;
    visited++;
    if (typeof value === 'string') {
      if (depth < deepestText && value.includes('{'))
        open.push(
          ...documentsIn(value)
            .map((inner) => ({ value: inner, depth: depth + 1 }))
            .toReversed(),
        );
    } else if (typeof value === 'object' && value !== null) {
      if (isWanted(value)) found.push(value);
      else for (const inner of Object.values(value).toReversed()) open.push({ value: inner, depth });
    }
  }
  return found;
}

/** The JSON document that the text is, or the objects that it contains. */
function documentsIn(text: string): unknown[] {
  const whole = parse(text.trim());
  if (whole !== undefined) return typeof whole === 'object' ? [whole] : typeof whole === 'string' ? [whole] : [];
  const documents: unknown[] = [];
  let [at, scanned] = [nextObject(text, 0), 0];
  while (at !== -1 && scanned < mostPasses * text.length) {
    const end = endOfObject(text, at);
    scanned += (end === -1 ? text.length : end) - at;
    const part = end === -1 ? '' : text.slice(at, end);
    const value = part === '' ? undefined : parseObject(part);
    if (value !== undefined) documents.push(value);
    at = nextObject(text, value === undefined ? at + 1 : end);
  }
  return documents;
}

/** The next brace that a quoted name follows; -1 for none. */
function nextObject(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at !== -1; at = text.indexOf('{', at + 1)) {
    let next = at + 1;
    while (text[next] === ' ' || text[next] === '\n' || text[next] === '\r' || text[next] === '\t') next++;
    if (text[next] === '"' || text[next] === "'") return at;
  }
  return -1;
}

/** An object of JSON or of Python; a name in single quotation marks tells them apart without a costly failure. */
function parseObject(text: string): unknown {
  const value = /^\{\s*'/.test(text) ? undefined : parse(text);
  if (value !== undefined) return value;
  const json = pythonToJson(text);
  return json === '' ? undefined : parse(json);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The position behind the brace that closes the one at `start`; -1 for none. Braces in quotes do not count. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || (character === "'" && beginsQuote(text, at))) {
      at = endOfQuote(text, at);
      if (at === -1) return -1;
    } else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

/** An apostrophe inside a word is no quotation mark. */
const beginsQuote = (text: string, at: number): boolean => /[\s{[(:,=]/.test(text[at - 1] ?? ' ');

/** The position of the closing quotation mark; -1 for none. */
function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++)
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  return -1;
}

const literals: Record<string, string> = { None: 'null', True: 'true', False: 'false' };

/** A printed Python dictionary as JSON text, as far as it has texts, numbers, lists and dictionaries only. */
function pythonToJson(text: string): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "'" || character === '"') {
      const end = endOfQuote(text, at);
      if (end === -1) return '';
      pieces.push(JSON.stringify(unescapePython(text.slice(at + 1, end))));
      at = end;
    } else if (/[A-Z]/.test(character)) {
      const [word] = /^\w{1,5}/.exec(text.slice(at, at + 5))!;
      const literal = literals[word];
      if (literal === undefined) return '';
      pieces.push(literal);
      at += word.length - 1;
    } else pieces.push(character);
  }
  return pieces.join('');
}

const short: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

const unescapePython = (text: string): string =>
  text.replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gs, (_, hex?: string, code?: string, character?: string) =>
    character === undefined
      ? String.fromCharCode(Number.parseInt((hex ?? code)!, 16))
      : (short[character] ?? character),
  );
