/** No pattern takes more than linear time: a long text, pasted or from AWS, must not stop the program. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { repetitionsFor, unboundedLiterals } from './support/regular-expressions.js';

/** Far more than linear time needs on a busy machine, and far less than quadratic time takes on texts of these lengths. */
const limit = 400_000;
const patterns = unboundedLiterals(new URL('../../src/', import.meta.url));

test('the literals are found', () => {
  expect(patterns.length).toBeGreaterThan(80);
  expect(repetitionsFor('\\.+$', 10)).toContainEqual({ piece: '.', times: 10 });
});

/** Runs in a worker, which a hanging pattern cannot keep from being ended. */
const tryAll = `
  const { parentPort, workerData } = require('node:worker_threads');
  for (const { file, source, flags, texts } of workerData) {
    parentPort.postMessage(file + ': ' + source);
    const pattern = new RegExp(source, flags.replace(/[gy]/g, '') + 'g');
    for (const { piece, times } of texts) ('x' + piece.repeat(times) + '\\0').replace(pattern, '');
  }
  parentPort.postMessage('done');
`;

/** The last message of the worker: the pattern at which it hangs, or `done`. */
const lastTried = (list: typeof patterns): Promise<string> =>
  new Promise((resolve, reject) => {
    const workerData = list.map(({ file, source, flags }) => ({
      file,
      source,
      flags,
      texts: repetitionsFor(source, 500_000),
    }));
    const worker = new Worker(tryAll, { eval: true, workerData });
    let last = 'nothing';
    const timer = setTimeout(() => {
      void worker.terminate();
      resolve(last);
    }, limit);
    worker.on('message', (message: string) => (last = message));
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(last);
    });
  });

test('every literal of the sources ends on texts that are hard for it', { timeout: 2 * limit }, async () =>
  expect(await lastTried(patterns)).toBe('done'),
);

test('what reads foreign text ends on 1,000,000 characters', { timeout: 2 * limit }, async () => {
  const script = fileURLToPath(new URL('./support/hard-inputs.ts', import.meta.url));
  const jiti = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, [jiti, script], { timeout: limit }, (_, stdout) => resolve(stdout));
  });
  expect(printed.trimEnd().split('\n').at(-1)).toBe('done');
});
