import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeWhole } from '../../src/cli/print-answer.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string): string => join(folder, name);

describe('--output-file', () => {
  test('a new file, and one that was there', async () => {
    await writeWhole(pathOf('new'), 'one\n');
    await writeWhole(pathOf('new'), 'two\n');
    expect(readFileSync(pathOf('new'), 'utf8')).toBe('two\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a link stays one, and what it leads to is written', async () => {
    writeFileSync(pathOf('target'), 'old\n');
    symlinkSync(pathOf('target'), pathOf('link'));
    await writeWhole(pathOf('link'), 'new\n');
    expect(lstatSync(pathOf('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(pathOf('target'), 'utf8')).toBe('new\n');
  });

  test.skipIf(process.platform === 'win32')('a pipe is written to, not replaced', async () => {
    execFileSync('mkfifo', [pathOf('pipe')]);
    const reader = readFile(pathOf('pipe'), 'utf8');
    await writeWhole(pathOf('pipe'), 'through\n');
    expect(await reader).toBe('through\n');
    expect(lstatSync(pathOf('pipe')).isFIFO()).toBe(true);
  });

  test('a hyphen is standard output, and no file of that name', async () => {
    for (const words of [
      ['-o', '-'],
      ['--output-file', '-'],
      ['-o', pathOf('unused'), '-o', '-'],
    ]) {
      const { stdout } = await runInProcess(['explain', 'network.aws-path', '--output', 'json', ...words]);
      expect(JSON.parse(stdout)).toMatchObject({ check: 'network.aws-path' });
    }
    expect([existsSync('-'), existsSync(pathOf('unused'))]).toEqual([false, false]);
  });

  test('an interruption while the content is computed leaves the file as it was', async () => {
    await writeWhole(pathOf('kept'), 'old\n');
    const interruption = new AbortController();
    const reason = new Error('interrupted');
    function* pieces(): Generator<string> {
      yield 'new';
      interruption.abort(reason);
      for (;;) yield '';
    }
    await expect(writeWhole(pathOf('kept'), pieces(), interruption.signal)).rejects.toBe(reason);
    expect(readFileSync(pathOf('kept'), 'utf8')).toBe('old\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a folder is refused in words', async () => {
    await expect(writeWhole(folder, 'x')).rejects.toThrow('it is a folder, not a file');
  });
});

describe.skipIf(process.platform === 'win32')('the mode of the file', () => {
  const modeOf = (path: string): number => lstatSync(path).mode & 0o7777;
  test.each([0o600, 0o640, 0o644, 0o666, 0o400])('%o stays', async (mode) => {
    const path = pathOf(`mode-${mode}`);
    writeFileSync(path, 'old\n');
    chmodSync(path, mode);
    await writeWhole(path, 'new\n');
    expect(readFileSync(path, 'utf8')).toBe('new\n');
    expect(modeOf(path)).toBe(mode);
  });
  test('a link’s target keeps its own', async () => {
    writeFileSync(pathOf('shared'), 'old\n');
    chmodSync(pathOf('shared'), 0o664);
    symlinkSync(pathOf('shared'), pathOf('to-shared'));
    await writeWhole(pathOf('to-shared'), 'new\n');
    expect(modeOf(pathOf('shared'))).toBe(0o664);
  });
  test('a new file is its owner’s alone', async () => {
    await writeWhole(pathOf('private'), 'new\n');
    expect(modeOf(pathOf('private'))).toBe(0o600);
  });
});
