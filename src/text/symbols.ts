/** The symbols of text output, and what they become where the terminal's character set has only ASCII. */

/** The sign of a verdict or a result. */
export const symbols = { failed: '✗', passed: '✓', warning: '!', off: '–', unknown: '?' } as const;

/** Own symbols and typographic marks; foreign text with other letters is left as it is. */
const ascii: Record<string, string> = {
  '✗': 'x',
  '✓': '+',
  '✔': '+',
  '←': '<-',
  '→': '->',
  '↑': '^',
  '↓': 'v',
  '›': '>',
  '❯': '>',
  '◯': 'o',
  '◉': '*',
  '•': '*',
  '·': '-',
  '–': '-',
  '—': '-',
  '─': '-',
  '│': '|',
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '\u00a0': ' ',
};
const replaced = new RegExp(`[${Object.keys(ascii).join('')}]`, 'gu');

/** The text with own symbols in ASCII. */
export const toAscii = (text: string): string => text.replace(replaced, (symbol) => ascii[symbol]!);

/**
 * Whether the environment names a character set other than UTF-8. POSIX: the first of LC_ALL, LC_CTYPE and LANG that is
 * set counts. Without any of them, and on Windows, UTF-8 is assumed: containers and CI set none and show UTF-8.
 */
export function needsAscii(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale !== undefined && !/utf-?8/i.test(locale);
}
