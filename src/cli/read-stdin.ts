/** All of standard input as text. */
import { UsageError } from '../errors.js';
import type { Io } from './io.js';

/** Far more than any pasted text; longer input is a mistake. */
export const mostInputBytes = 10_000_000;

/** Throws `UsageError` with the text `tooLarge` where the input is longer. */
export async function readStdin(
  { stdin, signal }: Pick<Io, 'stdin' | 'signal'>,
  tooLarge: string,
  mostBytes: number = mostInputBytes,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    const buffer = Buffer.from(chunk as Buffer | string);
    bytes += buffer.length;
    if (bytes > mostBytes) throw new UsageError(tooLarge);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
