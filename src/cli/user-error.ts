/** How an error for the user is printed. */
import { UsageError, type UserError } from '../errors.js';
import { sentenceInShell } from '../text/shells.js';
import { visible, visibleLines } from '../text/visible.js';
import type { PlainIo } from './io.js';

/** Writes the sentence and its hint to stderr; returns the exit code. */
export function sayUserError(
  { stderr, shell }: Pick<PlainIo, 'stderr'> & Partial<Pick<PlainIo, 'shell'>>,
  error: UserError,
): number {
  const sentence = error instanceof UsageError ? visibleLines(error.message) : visible(error.message);
  stderr.write(
    `error: ${sentence}\n${error.hint === undefined ? '' : `  ${visible(sentenceInShell(error.hint, shell))}\n`}`,
  );
  return error.exitCode;
}
