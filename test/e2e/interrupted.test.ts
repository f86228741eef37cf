/** Ctrl-C and SIGTERM while thousands of mappings are computed, and nothing is waited for: the program stops before it is done. */
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { manyMappings } from '../accounts/many.js';
import { cleanEnvironment, launcher, type Ran } from './program.js';

let folder = '';
let snapshot = '';
let mappings = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  snapshot = formatSnapshot(manyMappings({ mappings: 3000, clusters: 30, functions: 30 }));
  const entry = (index: number) => ({
    function: 'order-handler',
    cluster: 'orders-cluster',
    topic: `topic-${index}`,
    startingPosition: 'LATEST',
  });
  mappings = JSON.stringify({ mappings: Array.from({ length: 3000 }, (_, index) => entry(index)) });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the program on a named pipe in place of a file, and sends the signal when it has read all of it. */
async function interruptAfterReading(
  words: (file: string) => string[],
  content: string,
  signal: NodeJS.Signals,
): Promise<Ran> {
  const pipe = join(folder, `${signal}-${words('').join('-').replace(/\W/g, '')}`);
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const child = spawn(process.execPath, [launcher, ...words(pipe)], { env: cleanEnvironment() });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const closed = new Promise<Ran>((done) => child.on('close', (exitCode) => done({ exitCode, ...output })));
  const writing = createWriteStream(pipe);
  writing.end(content);
  await new Promise<void>((done) => writing.on('close', () => done()));
  child.kill(signal);
  return closed;
}

test.each([
  { name: 'judging', words: (file: string) => ['doctor', '--snapshot', file], of: () => snapshot },
  {
    name: 'judging for JSON',
    words: (file: string) => ['doctor', '--output', 'json', '--snapshot', file],
    of: () => snapshot,
  },
  { name: 'listing', words: (file: string) => ['list', '--snapshot', file], of: () => snapshot },
  { name: 'writing a policy', words: (file: string) => ['policy', 'orders-0', '--snapshot', file], of: () => snapshot },
  {
    name: 'missing permissions',
    words: (file: string) => ['policy', '--for', 'doctor', '--only-missing', '--snapshot', file],
    of: () => snapshot,
  },
  {
    name: 'anonymizing',
    words: (file: string) => ['snapshot', '--anonymize', '--snapshot', file],
    of: () => snapshot,
  },
  {
    name: 'planning',
    words: (file: string) => ['apply', '--sandbox', '--dry-run', '--file', file],
    of: () => mappings,
  },
])('$name', async ({ words, of }) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    expect(await interruptAfterReading(words, of(), signal)).toEqual({
      exitCode: 130,
      stdout: '',
      stderr: expect.stringMatching(/interrupted|Nothing was changed/i) as string,
    });
});
