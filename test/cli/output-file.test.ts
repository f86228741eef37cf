import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeWhole } from '../../src/cli/print-answer.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
afterAll(() => rmSync(folder, { recursive: true }));
const place = (name: string): string => join(folder, name);

describe('--output-file', () => {
  test('a new file, and one that was there', async () => {
    await writeWhole(place('new'), 'one\n');
    await writeWhole(place('new'), 'two\n');
    expect(readFileSync(place('new'), 'utf8')).toBe('two\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a link stays one, and what it leads to is written', async () => {
    writeFileSync(place('target'), 'old\n');
    symlinkSync(place('target'), place('link'));
    await writeWhole(place('link'), 'new\n');
    expect(lstatSync(place('link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(place('target'), 'utf8')).toBe('new\n');
  });

  test.skipIf(process.platform === 'win32')('a pipe is written to, not replaced', async () => {
    execFileSync('mkfifo', [place('pipe')]);
    const reader = readFile(place('pipe'), 'utf8');
    await writeWhole(place('pipe'), 'through\n');
    expect(await reader).toBe('through\n');
    expect(lstatSync(place('pipe')).isFIFO()).toBe(true);
  });

  test('a folder is refused in words', async () => {
    await expect(writeWhole(folder, 'x')).rejects.toThrow('it is a folder');
  });
});
