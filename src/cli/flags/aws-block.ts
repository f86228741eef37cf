/** Values of the AWS CLI's structured options: JSON, its shorthand (`Type=A,URI=b`, `Filters=[{Pattern=x}]`), or `file://…`. */

import { InvalidArgumentError } from 'commander';

type Parsed = string | Parsed[] | { [name: string]: Parsed };

/** The value as plain data; values of the shorthand are strings. Throws commander's InvalidArgumentError. */
export function parseBlock(text: string): unknown {
  const whole = text.startsWith('file://') ? readParameterFile(text.slice('file://'.length)) : text;
  const trimmed = whole.trim();
  if (/^[[{]/.test(trimmed)) {
    try {
      return JSON.parse(trimmed);
    } catch {
      throw new InvalidArgumentError('It begins like JSON and is none.');
    }
  }
  if (trimmed === '') return {};
  return new Shorthand(trimmed).parse();
}

function readParameterFile(path: string): string {
  try {
    return process.getBuiltinModule('node:fs').readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(
      `The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no reason given'}).`,
    );
  }
}

/** The AWS CLI's shorthand: `key=value`, values plain, quoted, `[…]`, `{…}`, or several with commas up to the next key. */
class Shorthand {
  private at = 0;

  constructor(private readonly text: string) {}

  parse(): Parsed {
    const block = this.members('');
    if (this.at < this.text.length) this.refuse();
    return block;
  }

  private members(end: string): { [name: string]: Parsed } {
    const block: { [name: string]: Parsed } = {};
    while (this.at < this.text.length && this.text[this.at] !== end) {
      const name = /^\s*([A-Za-z0-9_.:/+@-]+)\s*=\s*/.exec(this.text.slice(this.at));
      if (name === null) this.refuse();
      this.at += name![0].length;
      Object.defineProperty(block, name![1]!, {
        value: this.values(end),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return block;
  }

  /** One value, or a list of the values that follow without a key. */
  private values(end: string): Parsed {
    const values = [this.value(end)];
    while (this.text[this.at] === ',') {
      this.at++;
      if (/^\s*[A-Za-z0-9_.:/+@-]+\s*=/.test(this.text.slice(this.at))) break;
      values.push(this.value(end));
    }
    return values.length === 1 ? values[0]! : values;
  }

  private value(end: string): Parsed {
    const first = this.text[this.at];
    if (first === '{') return this.enclosed('}', () => this.members('}'));
    if (first === '[') return this.enclosed(']', () => this.items());
    if (first === '"' || first === "'") return this.quoted(first);
    const stop = new RegExp(`^[^,${end === '' ? '' : `\\${end}`}]*`).exec(this.text.slice(this.at))![0];
    this.at += stop.length;
    return stop.trim();
  }

  private enclosed<T>(end: string, inside: () => T): T {
    this.at++;
    const value = inside();
    if (this.text[this.at] !== end) this.refuse();
    this.at++;
    return value;
  }

  private items(): Parsed[] {
    const items: Parsed[] = [];
    while (this.at < this.text.length && this.text[this.at] !== ']') {
      items.push(this.value(']'));
      if (this.text[this.at] === ',') this.at++;
    }
    return items;
  }

  private quoted(quote: string): string {
    const match = new RegExp(`^${quote}((?:\\\\.|[^\\\\${quote}])*)${quote}`, 's').exec(this.text.slice(this.at));
    if (match === null) this.refuse();
    this.at += match![0].length;
    return match![1]!.replace(/\\(.)/gs, (whole, escaped: string) =>
      escaped === quote || escaped === '\\' ? escaped : whole,
    );
  }

  private refuse(): never {
    throw new InvalidArgumentError(
      `It is neither JSON nor KEY=VALUE,… (stopped at “${this.text.slice(this.at, this.at + 20)}”).`,
    );
  }
}
