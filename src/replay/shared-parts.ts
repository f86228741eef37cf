/** Finds the parts that an error text shares with other texts, of any number and size. */

/** What escapes, quotation marks, spaces and case do not change: `{\"a\": \"B\"}` and `{'a':'b'}` are the same. */
export function canonicalOf(text: string): string {
  const kept = text.replaceAll(ignored, '');
  const lower = kept.toLowerCase();
  return lower.length === kept.length ? lower : kept;
}

const ignored = /[\\"'`\s]/g;

export class SharedParts {
  private readonly canonical: string;
  /** The position in the text of each character of the canonical one. */
  private readonly positions: number[] = [];
  /** Where the parts of the text begin, in the canonical text. */
  private readonly starts = new Map<string, number[]>();
  /** Marks of parts that may be in the text: most parts of another text are not, and this is quicker to see. */
  private readonly marks = new Uint8Array(2 ** 16);

  /** `partLength`: characters in a row that are no coincidence. */
  constructor(
    text: string,
    private readonly partLength: number,
  ) {
    for (let at = 0; at < text.length; at++) if (text[at]!.replace(ignored, '') !== '') this.positions.push(at);
    this.canonical = canonicalOf(text);
    for (let at = 0; at + this.partLength <= this.canonical.length; at++) {
      const part = this.canonical.slice(at, at + this.partLength);
      const starts = this.starts.get(part);
      if (starts === undefined) this.starts.set(part, [at]);
      else starts.push(at);
      this.marks[this.markOf(this.canonical, at)] = 1;
    }
  }

  /** Whether a text, in its canonical form, is long enough. */
  canFind(canonical: string): boolean {
    return canonical.length >= this.partLength;
  }

  /** Calls `found` with the range in the text of each part that it shares with this canonical text; with each range once. */
  in(canonical: string, found: (from: number, to: number) => void): void {
    for (let at = 0; at + this.partLength <= canonical.length; at++) {
      if (this.marks[this.markOf(canonical, at)] === 0) continue;
      const part = canonical.slice(at, at + this.partLength);
      const starts = this.starts.get(part);
      if (starts === undefined) continue;
      this.starts.delete(part);
      for (const start of starts) found(this.positions[start]!, this.positions[start + this.partLength - 1]! + 1);
    }
  }

  private markOf(text: string, at: number): number {
    const last = text.charCodeAt(at + this.partLength - 1);
    return (text.charCodeAt(at) + 31 * text.charCodeAt(at + 3) + 961 * last) & 0xffff;
  }
}
