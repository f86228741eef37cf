/** Reads a command that `shell.ts` quoted back into its words. */
import type { ShellCommand } from './shell.js';

/** A word, or an operator between two programs. */
export type Token = { word: string } | { operator: '|' | '&&' };

/** Exact, because only `shellQuote` quotes: single quotes, and an escaped quote between them. */
export function tokensOf(command: ShellCommand): Token[] {
  const tokens: Token[] = [];
  let word: string | null = null;
  let isQuoted = false;
  const end = (): void => {
    if (word !== null) tokens.push(!isQuoted && (word === '|' || word === '&&') ? { operator: word } : { word });
    [word, isQuoted] = [null, false];
  };
  for (const [part] of command.matchAll(/'[^']*'|\\.|[ \n]+|[^ \n'\\]+/gs)) {
    if (/^[ \n]/.test(part)) end();
    else {
      isQuoted ||= /^['\\]/.test(part);
      word = (word ?? '') + (part.startsWith("'") ? part.slice(1, -1) : part.startsWith('\\') ? part.slice(1) : part);
    }
  }
  end();
  return tokens;
}
