/** Runs the built program as users do. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/msk-lambda.js', import.meta.url));

export interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Replaces all AWS settings of the machine; made-up credentials unless it says otherwise. */
  env?: Record<string, string>;
  cwd?: string;
  input?: string;
  /** Given what sends the program a signal, once it runs. */
  started?: (signal: (name: NodeJS.Signals) => void) => void;
}

export function run(words: readonly string[], { env = {}, cwd, input, started }: RunOptions = {}): Promise<Ran> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|NO_COLOR|FORCE_COLOR|CI$|VITEST)/.test(name)),
  );
  const credentials = {
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const child = spawn(process.execPath, [launcher, ...words], {
    env: { ...clean, ...credentials, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  started?.((name) => void child.kill(name));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.end(input ?? '');
  return new Promise((done) => child.on('close', (exitCode) => done({ exitCode, ...output })));
}

/** Two places where a stack trace would show. */
export const looksLikeTrace = ({ stdout, stderr }: Ran): boolean => /\n\s+at .*(:\d+:\d+|node:)/.test(stdout + stderr);
