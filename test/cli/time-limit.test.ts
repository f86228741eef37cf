import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limitTime } from '../../src/cli/time-limit.js';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const module = fileURLToPath(new URL('../../src/cli/time-limit.ts', import.meta.url));

describe('the limit for reading', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    { name: 'a second', seconds: 1, before: 999, after: 1000 },
    { name: 'part of a second', seconds: 0.25, before: 249, after: 250 },
    { name: 'a day', seconds: 86_400, before: 86_399_999, after: 86_400_000 },
    // Node would let a longer delay end at once.
    { name: 'more than Node’s timers take', seconds: 3_000_000, before: 2 ** 31 - 2, after: 2 ** 31 - 1 },
  ])('ends after $name, and not earlier', ({ seconds, before, after }) => {
    const signal = limitTime(seconds);
    vi.advanceTimersByTime(before);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(after - before);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  test.each([
    { name: 'with Ctrl-C', abortFirst: false },
    { name: 'at once where Ctrl-C came before', abortFirst: true },
  ])('ends $name, for its reason', ({ abortFirst }) => {
    const parent = new AbortController();
    if (abortFirst) parent.abort(new Error('interrupted'));
    const signal = limitTime(10, parent.signal);
    if (!abortFirst) parent.abort(new Error('interrupted'));
    expect(signal.reason).toMatchObject({ message: 'interrupted' });
    vi.advanceTimersByTime(10_000);
    expect(signal.reason).toMatchObject({ message: 'interrupted' });
  });
});

test('the limit is kept through garbage collection', () => {
  const program = `
    const { createJiti } = await import('jiti');
    const { limitTime } = await createJiti(${JSON.stringify(module)}).import(${JSON.stringify(module)});
    const waiting = (signal) => new Promise((done) => signal.addEventListener('abort', () => done(signal.reason.name)));
    const interrupt = new AbortController();
    const ends = [waiting(limitTime(0.3, interrupt.signal)), waiting(limitTime(0.3))];
    for (let round = 0; round < 20; round++) {
      gc();
      await new Promise((done) => setTimeout(done, 1));
    }
    // Keeps the process while the limit, which does not, is waited for.
    const running = setInterval(() => {}, 1000);
    console.log((await Promise.all(ends)).join(' '));
    clearInterval(running);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', program], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'TimeoutError TimeoutError\n', stderr: '' });
});

test('no other signal of a time is made, which could be lost', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const using = files.filter((path) => /AbortSignal\.timeout\(/.test(readFileSync(`${source}${path}`, 'utf8')));
  expect(using).toEqual([]);
});
