/** A file or standard input as text. */
import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { whyUnreadable } from '../text/file-errors.js';
import { visible } from '../text/visible.js';
import type { Io } from './io.js';
import { readStdin } from './read-stdin.js';

/** Far more than an event, which has at most 6 MB, laid out with one byte of a header per line. */
export const largestInputFile = 100_000_000;

/** `-` is standard input. Throws `UsageError` for a file that is missing, unreadable or too large. */
export async function readInputFile(name: string, io: Pick<Io, 'stdin' | 'signal'>): Promise<string> {
  const tooLarge = `${name === '-' ? 'standard input' : visible(name)} is larger than ${largestInputFile / 1_000_000} MB`;
  if (name === '-') return readStdin(io, tooLarge, largestInputFile);
  try {
    if ((await stat(name)).size > largestInputFile) throw new UsageError(tooLarge);
    return await readFile(name, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(visible(whyUnreadable(name, error)), undefined, { cause: error });
  }
}

/** The name of an input in messages. */
export const inputName = (name: string): string => (name === '-' ? 'standard input' : name);
