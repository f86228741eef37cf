/** `--report FORMAT=FILE`: more files with the same result, in other formats. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);
const run = (...words: string[]) => runInProcess(words);
const broken = ['doctor', '--snapshot', inFolder('account.json')];
beforeAll(() => run('snapshot', '--sandbox', 'nat-blackhole', '--output-file', inFolder('account.json')));

describe('--report', () => {
  test('writes what --output prints, and the answer stays on standard output', async () => {
    const [json, jsonl, text] = [inFolder('a.json'), inFolder('a.jsonl'), inFolder('a.txt')];
    const { stdout, exitCode } = await run(
      ...broken,
      '--report',
      `json=${json}`,
      '--report',
      `jsonl=${jsonl}`,
      '--report',
      `text=${text}`,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toBe((await run(...broken)).stdout);
    expect(readFileSync(json, 'utf8')).toBe((await run(...broken, '--output', 'json')).stdout);
    expect(readFileSync(jsonl, 'utf8')).toBe((await run(...broken, '--output', 'jsonl')).stdout);
    expect(readFileSync(text, 'utf8')).toBe(stdout);
  });

  test('--quiet counts for the answer only', async () => {
    const file = inFolder('whole.txt');
    const { stdout } = await run(...broken, '--quiet', '--report', `text=${file}`);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).toContain('Repair');
  });

  test.each(['lint', 'network'])('%s has it too', async (command) => {
    const file = inFolder(`${command}.json`);
    const words = command === 'lint' ? ['lint', folder] : ['network', '--sandbox', 'nat-blackhole'];
    const { stdout } = await run(...words, '--output', 'json', '--report', `json=${file}`);
    expect(readFileSync(file, 'utf8')).toBe(stdout);
  });

  test.each([
    ['an unknown format', 'pdf=a.pdf', 'Expected FORMAT=FILE, with a format of: text, json, jsonl'],
    ['no format', 'a.json', 'Expected FORMAT=FILE'],
    ['no file', 'json=', 'Expected a file after json=.'],
    ['standard output', 'json=-', 'use --output json'],
  ])('%s is incorrect usage', async (_, value, sentence) => {
    const { exitCode, stdout, stderr } = await run(...broken, '--report', value);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  test('a file that cannot be written is reported before AWS is asked', async () => {
    mkdirSync(inFolder('folder'));
    writeFileSync(inFolder('plain'), '');
    for (const file of [inFolder('missing/a.json'), inFolder('folder'), inFolder('plain/a.json')]) {
      const { exitCode, stdout, stderr } = await run(...broken, '--debug', '--report', `json=${file}`);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^error: cannot write [^\n]*\n$/);
    }
  });

  test('--output-file too', async () => {
    const { exitCode, stdout, stderr } = await run(...broken, '--debug', '-o', inFolder('missing/a.txt'));
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: cannot write [^\n]*\n$/);
  });

  test('the same file twice is incorrect usage', async () => {
    const file = inFolder('twice.json');
    const again = join(folder, '.', 'folder', '..', 'twice.json').replace('twice', './twice');
    expect((await run(...broken, '--report', `json=${file}`, '--report', `text=${again}`)).exitCode).toBe(2);
    const baseline = inFolder('baseline.json');
    writeFileSync(baseline, '{"schemaVersion": 1}');
    expect((await run(...broken, '--report', `json=${baseline}`, '--baseline', baseline)).stderr).toContain(
      'both name',
    );
    expect(readFileSync(baseline, 'utf8')).toBe('{"schemaVersion": 1}');
    expect((await run(...broken, '--report', `json=${file}`, '--report', `text=${file}`)).exitCode).toBe(2);
    expect((await run(...broken, '--report', `json=${file}`, '--output-file', file)).exitCode).toBe(2);
    expect(existsSync(file)).toBe(false);
  });

  test('nothing is left of a run that reads nothing', async () => {
    const before = readdirSync(folder);
    const { exitCode } = await run(
      'doctor',
      'no-such-function',
      '--sandbox',
      '--report',
      `json=${inFolder('no.json')}`,
    );
    expect(exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
  });
});
