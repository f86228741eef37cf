/** Prose wrapped to the terminal's width, as wide as it looks; a word that is too long stays whole, since it may be an ARN to copy; so does a command in backquotes. */
import stringWidth from 'string-width';

export interface Wrapping {
  columns: number;
  /** Blanks before each line. */
  indent?: number;
  /** More blanks before every line but the first. */
  hang?: number;
}

const longest = 1000;
/** Characters that are one column wide. Nearly all words have no others. */
const plain = /^[!-~\u00a0‘’“”–…·×•←→✓✔✗]*$/;

export function wrap(text: string, { columns, indent = 0, hang = 0 }: Wrapping): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns, ' '.repeat(indent), ' '.repeat(indent + hang)))
    .join('\n');
}

/** Words between blanks. A command of this program in backquotes is one word. */
const wordsOf = (text: string): string[] =>
  text.includes('`msk-lambda ') ? (text.match(/(?:`msk-lambda [^`]*`|[^ ])+|(?<= |^)(?= |$)/g) ?? []) : text.split(' ');

/** A blank in a command: it looks like one, and no line ends there. */
const hardBlank = '\u2007';

/** A command in a sentence, which `wrap` keeps in one line. */
export const unbroken = (command: string): string => command.replaceAll(' ', hardBlank);

function wrapLine(text: string, columns: number, first: string, next: string): string {
  const lines: string[] = [];
  let line = first;
  let width = first.length;
  let empty = true;
  for (const word of wordsOf(text)) {
    // A word of that length fills any line, and measuring it takes quadratic time.
    const size = word.length > longest || plain.test(word) ? word.length : stringWidth(word);
    if (!empty && width + 1 + size > columns) {
      lines.push(line);
      [line, width, empty] = [next, next.length, true];
    }
    line += empty ? word : ` ${word}`;
    width += empty ? size : size + 1;
    empty = false;
  }
  return [...lines, line].join('\n').replaceAll(hardBlank, ' ');
}
