/** A command line for people to copy. */
import { visible } from '../text/visible.js';

/** Indented; broken between options only, in the shell's own way, where it is wider than `columns`. */
export function commandLine(words: readonly string[], columns: number): string {
  const shown = words.map(visible);
  const line = `    ${shown.join(' ')}`;
  return line.length <= columns
    ? line
    : shown.map((word, index) => (index === 0 ? `    ${word}` : `      ${word}`)).join(' \\\n');
}
