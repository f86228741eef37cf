/** All of standard input as text. */
import { UsageError } from '../errors.js';
import type { Io } from './io.js';

/** Far more than any text that is pasted; longer input was not meant. */
export const mostInputBytes = 10_000_000;

/** Throws `UsageError` with `tooLarge` where the input has no end in sight. */
export async function readStdin({ stdin, signal }: Pick<Io, 'stdin' | 'signal'>, tooLarge: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    signal.throwIfAborted();
    const buffer = Buffer.from(chunk as Buffer | string);
    bytes += buffer.length;
    if (bytes > mostInputBytes) throw new UsageError(tooLarge);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
