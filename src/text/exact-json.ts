/**
 * A JSON reader that keeps the text of each number: Lambda compares numbers in a filter by their text, so that 300,
 * 300.0 and 3.0e2 differ (Lambda developer guide: filter rule syntax), and JSON.parse makes them one number.
 */

/** A number as it is written in the document. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/** Documents that are nested deeper are not read; Jackson, which AWS's own filter library uses, has the same limit. */
const deepest = 1000;

/** JSON text with the numbers as they were written. */
export function exactText(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${exactText(member)}`)
    .join(',')}}`;
}

/** The document with an `ExactNumber` for each number; undefined where the text is not JSON or is nested too deeply. */
export function parseExactly(text: string): unknown {
  try {
    // It decides what is valid, so that the reader below may trust the text.
    JSON.parse(text);
    return new Reader(text).value(0);
  } catch {
    return undefined;
  }
}

/** The end of a token that is not a text: a number or a bare word. */
const ending = new Set([',', ']', '}', ' ', '\n', '\r', '\t', undefined]);

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): unknown {
    if (depth > deepest) throw new RangeError('nested too deeply');
    this.skipSpace();
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.list(depth);
      case '"':
        return this.string();
      default:
        return this.word();
    }
  }

  private object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.at++;
    for (this.skipSpace(); this.text[this.at] !== '}'; this.skipSpace()) {
      if (this.text[this.at] === ',') this.at++;
      this.skipSpace();
      const name = this.string();
      this.skipSpace();
      this.at++;
      entries.push([name, this.value(depth + 1)]);
    }
    this.at++;
    return Object.fromEntries(entries);
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = [];
    this.at++;
    for (this.skipSpace(); this.text[this.at] !== ']'; this.skipSpace()) {
      if (this.text[this.at] === ',') this.at++;
      items.push(this.value(depth + 1));
    }
    this.at++;
    return items;
  }

  private string(): string {
    const from = this.at++;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at++;
    return JSON.parse(this.text.slice(from, this.at)) as string;
  }

  private word(): unknown {
    const from = this.at;
    while (!ending.has(this.text[this.at])) this.at++;
    const word = this.text.slice(from, this.at);
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : new ExactNumber(word);
  }

  private skipSpace(): void {
    while (
      this.text[this.at] === ' ' ||
      this.text[this.at] === '\n' ||
      this.text[this.at] === '\r' ||
      this.text[this.at] === '\t'
    )
      this.at++;
  }
}
