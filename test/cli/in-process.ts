/** Runs a command line in this process, with streams that keep what is written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createIo, type Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

let folder: string | undefined;
/** A folder for the undo files of all tests of this process. */
function files(): string {
  if (folder !== undefined) return folder;
  const made = mkdtempSync(join(tmpdir(), 'msk-lambda-in-process-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (folder = made);
}

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
  const exitCode = await main(words, { ...io, folder: files(), ...change });
  return { exitCode, ...written };
}
