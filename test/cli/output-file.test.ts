import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeWhole } from '../../src/cli/print-answer.js';

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

  test('a folder is refused in words', async () => {
    await expect(writeWhole(folder, 'x')).rejects.toThrow('it is a folder');
  });
});
