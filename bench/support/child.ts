/** Runs the built program as users do, and measures it. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const launcher = fileURLToPath(new URL('../../bin/msk-lambda.js', import.meta.url));

export interface Measured {
  exitCode: number | null;
  milliseconds: number;
  /** Largest resident set, in megabytes. */
  peak: number;
  /** Processor time of its own, in milliseconds. */
  processor: number;
  stdout: string;
}

/** Prints what it used as the last line of stderr. */
const meter = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const u = process.resourceUsage(); require('fs').writeSync(2, '\\n@' + JSON.stringify([u.maxRSS / 1024, (u.userCPUTime + u.systemCPUTime) / 1000])); }); import { createRequire } from 'node:module'; const require = createRequire(process.cwd() + '/');")}`;

export function measure(words: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', meter, launcher, ...words], {
    env: { ...credentials, ...env, PATH: process.env['PATH'] },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise((done) =>
    child.on('close', (exitCode) => {
      const [peak = 0, processor = 0] = JSON.parse(/@(\[.*\])\s*$/.exec(output.stderr)?.[1] ?? '[]') as number[];
      done({ exitCode, milliseconds: performance.now() - started, peak, processor, stdout: output.stdout });
    }),
  );
}

const credentials = {
  AWS_ACCESS_KEY_ID: 'made-up',
  AWS_SECRET_ACCESS_KEY: 'made-up',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};

/** Milliseconds of one run of another program; null where it is not installed. */
export function timeOf(program: string, words: readonly string[]): number | null {
  const started = performance.now();
  const { error, status } = spawnSync(program, words, { stdio: 'ignore' });
  return error !== undefined || status !== 0 ? null : performance.now() - started;
}

/** Milliseconds of one call by the AWS CLI, its start included; null where it is not installed. */
export function timeOfCli(words: readonly string[]): Promise<number | null> {
  const started = performance.now();
  const child = spawn('aws', words, { env: { ...process.env, ...credentials }, stdio: 'ignore' });
  return new Promise((done) => {
    child.on('error', () => done(null));
    child.on('close', (status) => done(status === 0 ? performance.now() - started : null));
  });
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** A line of the table: what, its figure, what it may be. Fails the run where a count is beyond its bound; times are only shown. */
export function row(what: string, figure: string, bound = ''): void {
  console.log(`| ${what} | ${figure} | ${bound} |`);
}
