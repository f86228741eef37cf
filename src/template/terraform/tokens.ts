/** Tokens of HCL expressions (HCL specification: lexical elements). */

/** `at`: where it begins in the text. */
export type Token = { at: number } & (
  | { is: 'number'; value: number }
  | { is: 'name'; value: string }
  /** A quoted string or heredoc: the text of the template in it, escapes not yet replaced. */
  | { is: 'template'; value: string; isHeredoc: boolean }
  | { is: 'symbol'; value: string }
  | { is: 'end' }
);

/** Text that is no expression. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const symbols = ['...', '=>', '==', '!=', '<=', '>=', '&&', '||', ...'{}[]().,:?=+-*/%<>!'.split('')];

/** `base`: where the text begins in its file. */
export function tokenize(text: string, base = 0): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const skipped = match(/(?:[ \t\r]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    if (text[at] === '\n') {
      tokens.push({ at: base + at, is: 'symbol', value: '\n' });
      at += 1;
      continue;
    }
    const heredoc = /<<(-?)([A-Za-z_][\w-]*)[ \t]*\r?\n((?:[\s\S]*?\n)??)[ \t]*\2(?=\s|$)/y;
    heredoc.lastIndex = at;
    const document = heredoc.exec(text);
    if (document !== null) {
      const value = withoutIndent(document[3]!, document[1] === '-');
      tokens.push({ at: base + at, is: 'template', value, isHeredoc: true });
      at += document[0].length;
      continue;
    }
    if (text[at] === '"') {
      const end = endOfQuoted(text, at + 1, base);
      tokens.push({ at: base + at, is: 'template', value: text.slice(at + 1, end), isHeredoc: false });
      at = end + 1;
      continue;
    }
    const number = match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) {
      tokens.push({ at: base + at, is: 'number', value: Number(number) });
      at += number.length;
      continue;
    }
    const name = match(/[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF-]*(?:::[\w-]+)*/y);
    if (name !== undefined) {
      tokens.push({ at: base + at, is: 'name', value: name });
      at += name.length;
      continue;
    }
    const symbol = symbols.find((candidate) => text.startsWith(candidate, at));
    if (symbol === undefined) throw new ExpressionError(`unexpected “${text[at]}”`, base + at);
    tokens.push({ at: base + at, is: 'symbol', value: symbol });
    at += symbol.length;
  }
  tokens.push({ at: base + at, is: 'end' });
  return tokens;
}

/** The position of the quote that ends a string, past the strings inside its interpolations. */
function endOfQuoted(text: string, start: number, base: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
    else if (text[at] === '\n') break;
    else if (isOpening(text, at)) at = endOfInterpolation(text, at + 2, base);
  }
  throw new ExpressionError('a string has no end', base + start - 1);
}

/** Whether an interpolation or directive begins here. `$${` is text. */
export function isOpening(text: string, at: number): boolean {
  if ((text[at] !== '$' && text[at] !== '%') || text[at + 1] !== '{') return false;
  return text[at - 1] !== text[at];
}

/** The position of the brace that ends an interpolation. */
export function endOfInterpolation(text: string, start: number, base = 0): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1)
    if (text[at] === '"') at = endOfQuoted(text, at + 1, base);
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}' && --depth === 0) return at;
  throw new ExpressionError('an interpolation has no end', base + start - 2);
}

/** `<<-`: the indentation that all lines have is removed. */
function withoutIndent(text: string, isIndented: boolean): string {
  if (!isIndented) return text;
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0].length);
  const least = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(Number.isFinite(least) ? least : 0)).join('\n');
}
