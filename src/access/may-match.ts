/** Whether two texts with symbols can be equal, for some values of the symbols. */
import { replaceSymbols, isTextSymbol } from '../snapshot/symbols.js';

/** `any`: any text; `segment`: text without `:` and `/`, as in an id; `character`: one character. */
type Token = string | { is: 'any' | 'segment' | 'character' };

/** `wildcards`: whether `*` and `?` in the pattern are wildcards. Takes the product of both lengths. */
export function mayBeEqual(pattern: string, text: string, { wildcards }: { wildcards: boolean }): boolean {
  const [left, right] = [tokensOf(pattern, wildcards), tokensOf(text, false)];
  // Whether the first i tokens of the pattern and the first j of the text can be equal, for one i and every j.
  let row = Array.from({ length: right.length + 1 }, (_, j) => right.slice(0, j).every(isSpan));
  for (const token of left) {
    const next = [row[0]! && isSpan(token)];
    for (const [j, other] of right.entries())
      next.push(
        (isSpan(token) && (row[j + 1]! || (next[j]! && absorbs(token, other)))) ||
          (isSpan(other) && (next[j]! || (row[j + 1]! && absorbs(other, token)))) ||
          (row[j]! && isSame(token, other)),
      );
    row = next;
  }
  return row.at(-1)!;
}

function tokensOf(text: string, wildcards: boolean): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  const push = (literal: string): void => {
    for (const character of literal)
      if (wildcards && character === '*') tokens.push({ is: 'any' });
      else tokens.push(wildcards && character === '?' ? { is: 'character' } : character);
  };
  replaceSymbols(text, (symbol, index) => {
    push(text.slice(from, index));
    tokens.push({ is: isTextSymbol(symbol) ? 'any' : 'segment' });
    from = index + symbol.length;
    return symbol;
  });
  push(text.slice(from));
  return tokens;
}

const isSpan = (token: Token): boolean => typeof token !== 'string' && token.is !== 'character';

/** Whether a span can contain what the other token stands for. */
const absorbs = (span: Token, other: Token): boolean =>
  typeof span !== 'string' && (span.is === 'any' || typeof other !== 'string' || !/[:/]/.test(other));

const isSame = (a: Token, b: Token): boolean =>
  a === b || (typeof a !== 'string' && !isSpan(a)) || (typeof b !== 'string' && !isSpan(b)) || (isSpan(a) && isSpan(b));
