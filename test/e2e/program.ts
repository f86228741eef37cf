/**
 * Runs the built program: `run` in this process, which takes a tenth of the time; `spawnProgram` in a process of its
 * own, as users do, for what only that shows: exit codes, streams, signals, the working folder.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createIo, type Io } from '../../src/cli/io.js';
import type { main } from '../../src/cli/main.js';

export const launcher = fileURLToPath(new URL('../../bin/msk-lambda.js', import.meta.url));
const bundle = new URL('../../dist/main.js', import.meta.url).href;

export interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Replaces all AWS settings of the machine; made-up credentials unless it says otherwise. */
  env?: Record<string, string>;
  input?: string;
  /** Columns of the terminal that stdout is, without which it is a pipe. In this process only. */
  columns?: number;
  /** Where files without a path are written. In this process only. */
  folder?: string;
}

type Environment = Record<string, string | undefined>;

/** The machine's environment without its AWS settings and without what says who is running the tests. */
export const cleanEnvironment = (): Record<string, string> => ({
  // No folder: what a stopped test leaves would be found by the next.
  XDG_STATE_HOME: '/dev/null/none',
  ...Object.fromEntries(
    Object.entries(process.env as Record<string, string>).filter(
      ([name]) => !/^(AWS_|NO_COLOR|FORCE_COLOR|CI$|VITEST|XDG_STATE_HOME)/.test(name),
    ),
  ),
});

const environmentOf = (env: Record<string, string>): Record<string, string> => ({
  ...cleanEnvironment(),
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: 'made-up',
  AWS_SECRET_ACCESS_KEY: 'made-up',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  ...env,
});

/** The environment of each run in this process: the SDK reads `process.env` by itself, and runs may overlap. */
const environments = new AsyncLocalStorage<Environment>();
const real = process.env;
const current = (): Environment => environments.getStore() ?? real;
process.env = new Proxy(real, {
  get: (_, name: string) => current()[name],
  set: (_, name: string, value: string) => {
    current()[name] = value;
    return true;
  },
  has: (_, name) => name in current(),
  deleteProperty: (_, name: string) => delete current()[name],
  ownKeys: () => Reflect.ownKeys(current()),
  getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(current(), name),
});

/** One command line in this process, with streams and an environment of its own. */
export async function run(
  words: readonly string[],
  { env = {}, input = '', columns, folder = tmpdir() }: RunOptions = {},
): Promise<Ran> {
  const program = (await import(/* @vite-ignore */ bundle)) as { main: typeof main };
  const environment = environmentOf(env);
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string, gone?: () => void) => {
      written[name] += text;
      gone?.();
      return true;
    },
  });
  const io = createIo({
    stdout: columns === undefined ? sink('stdout') : { ...sink('stdout'), isTTY: true, columns },
    stderr: sink('stderr'),
    stdin: Readable.from(input === '' ? [] : [input]) as unknown as Io['stdin'],
    env: environment,
    signal: new AbortController().signal,
  });
  const exitCode = await environments.run(environment, () => program.main(words, { ...io, folder }));
  return { exitCode, ...written };
}

export interface SpawnOptions extends Omit<RunOptions, 'columns' | 'folder'> {
  cwd?: string;
  /** Given what sends the program a signal, once it runs. */
  started?: (signal: (name: NodeJS.Signals) => void) => void;
}

/** One command line in a process of its own. */
export function spawnProgram(
  words: readonly string[],
  { env = {}, cwd, input = '', started }: SpawnOptions = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [launcher, ...words], {
    env: environmentOf(env),
    ...(cwd === undefined ? {} : { cwd }),
  });
  started?.((name) => void child.kill(name));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.end(input);
  return new Promise((done) => child.on('close', (exitCode) => done({ exitCode, ...output })));
}

/** Two places where a stack trace would show. */
export const looksLikeTrace = ({ stdout, stderr }: Ran): boolean => /\n\s+at .*(:\d+:\d+|node:)/.test(stdout + stderr);
