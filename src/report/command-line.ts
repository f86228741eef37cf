/** A command line for people to copy. */
import { visible } from '../text/visible.js';

/** Indented. A line wider than `columns` is broken between options, with the shell's continuation. */
export function commandLine(words: readonly string[], columns: number, indent = 4): string {
  const shown = words.map(visible);
  const space = ' '.repeat(indent);
  const line = `${space}${shown.join(' ')}`;
  return line.length <= columns
    ? line
    : shown.map((word, index) => (index === 0 ? `${space}${word}` : `${space}  ${word}`)).join(' \\\n');
}
