/** Runs a command line in this process, with streams that keep what is written. */
import { PassThrough } from 'node:stream';
import { createIo, type Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** `change`: what is different about the world, an interactive terminal for example. */
export async function runInProcess(words: readonly string[], change: Partial<Io> = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (written[name] += text), columns: 100 });
  const io = createIo({
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    stdin: new PassThrough(),
    env: {},
    signal: new AbortController().signal,
  });
  const exitCode = await main(words, { ...io, ...change });
  return { exitCode, ...written };
}
