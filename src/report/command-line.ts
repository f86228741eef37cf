/** A command line for people to copy. */
import { continuations, piecesInShell, unwritable, type Shell } from '../text/shells.js';
import { visible } from '../text/visible.js';

/** Indented. A line wider than `columns` is broken between options, with the shell's continuation. */
export function commandLine(
  words: readonly string[],
  { columns, shell = 'bash' }: { columns: number; shell?: Shell | undefined },
  indent = 4,
): string {
  const shown = (piecesInShell(words, shell) ?? [unwritable]).map(visible);
  const space = ' '.repeat(indent);
  const line = `${space}${shown.join(' ')}`;
  return line.length <= columns
    ? line
    : shown
        .map((word, index) => (index === 0 ? `${space}${word}` : `${space}  ${word}`))
        .join(` ${continuations[shell]}\n`);
}
