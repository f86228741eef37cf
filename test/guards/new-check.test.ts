/** `npm run new-check ID` in a copy of the project: what it writes compiles, is listed, and its test runs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkIds } from '../../src/catalogue/check-ids.js';
import { unwritten } from './support/unwritten.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'msk-lambda-new-check-'));
const tool = (name: string) => join(project, 'node_modules', '.bin', name);
const make = (...words: string[]) =>
  spawnSync(tool('jiti'), ['scripts/new-check.ts', ...words], { cwd: copy, encoding: 'utf8' });
const read = (path: string) => readFileSync(join(copy, path), 'utf8');
/** The text of every file of the copy, by path. */
const contents = () =>
  new Map(
    ['src', 'scripts', 'schema', 'test', 'docs']
      .flatMap((folder) => readdirSync(join(copy, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(copy, join(entry.parentPath, entry.name)))
      .map((path) => [path, read(path)]),
  );

beforeAll(() => {
  for (const path of [
    'src',
    'scripts',
    'schema',
    'test/accounts',
    'test/checks/judging.ts',
    'docs/checks',
    'tsconfig.json',
    'package.json',
    '.oxfmtrc.json',
    'rolldown.config.ts',
  ])
    cpSync(join(project, path), join(copy, path), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('three files, the id in the generated lists, all of it formatted, compiled and run', () => {
  const before = contents();
  const made = make('mapping.tide');
  expect([made.status, made.stderr]).toEqual([0, '']);
  expect(made.stdout.split('\n').slice(0, 3)).toEqual([
    'src/checks/mapping/tide.ts',
    'test/checks/mapping/tide.test.ts',
    'docs/checks/mapping.tide.md',
  ]);
  const next = checkIds.find((id) => !id.startsWith('mapping.'))!;
  const last = checkIds.findLast((id) => id.startsWith('mapping.'))!;
  expect(read('src/catalogue/check-ids.ts')).toContain(`'${last}',\n  'mapping.tide',\n  '${next}'`);
  expect(read('src/checks/index.ts')).toContain("import mappingTide from './mapping/tide.js';");
  // Nothing else has changed: no list is kept by hand.
  const after = contents();
  expect([...after.keys()].filter((path) => after.get(path) !== before.get(path)).toSorted()).toEqual([
    'docs/checks/mapping.tide.md',
    'src/catalogue/check-ids.ts',
    'src/checks/index.ts',
    'src/checks/mapping/tide.ts',
    'test/checks/mapping/tide.test.ts',
  ]);
  execFileSync(tool('oxfmt'), ['--check', 'src/checks', 'src/catalogue', 'test/checks', 'docs/checks'], {
    cwd: copy,
    stdio: 'pipe',
  });
  execFileSync(tool('tsc'), ['--noEmit'], { cwd: copy, stdio: 'pipe' });
  const ran = execFileSync(tool('vitest'), ['run', '--root', copy, 'test/checks/mapping/tide.test.ts'], {
    cwd: copy,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(ran).toMatch(/2 passed/);
  // What nobody has written yet is not let through.
  for (const path of made.stdout.split('\n').slice(0, 3)) expect(unwritten(read(path)), path).not.toEqual([]);
});

test.each([
  ['mapping.state', 'is there already'],
  ['weather.rain', 'no family'],
  ['Mapping.Tide', 'no id of a check'],
  ['', 'give the id'],
])('“%s” is refused: %s', (id, says) => {
  const made = make(...(id === '' ? [] : [id]));
  expect(made.status).toBe(2);
  expect(made.stderr).toContain(says);
});
