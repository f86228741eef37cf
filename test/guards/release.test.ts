/** `npm run release` in a git repository of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { datedChangelog, isGreater } from '../../scripts/release.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GIT_|npm_)/.test(name))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

const manifest = (version: string) => ({
  name: 'tool',
  version,
  // Stands for `npm run generate`: a page that holds the version.
  scripts: { generate: 'node generate.mjs' },
});
const changelog = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.9.0] - 2026-01-02\n\n- First.\n';
const generator =
  "import { readFileSync, writeFileSync } from 'node:fs';\n" +
  "writeFileSync('page.1', JSON.parse(readFileSync('package.json', 'utf8')).version);\n";

let folder = '';
const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, env, encoding: 'utf8' }).trim();
const commit = () => git('commit', '--quiet', '--all', '--message', 'change');
const release = (...words: string[]) =>
  spawnSync(join(project, 'node_modules/.bin/jiti'), [join(project, 'scripts/release.ts'), ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });

describe('in a repository', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msk-lambda-release-'));
    write('package.json', JSON.stringify(manifest('0.9.0'), undefined, 2));
    write(
      'package-lock.json',
      JSON.stringify({ name: 'tool', version: '0.9.0', lockfileVersion: 3, packages: { '': manifest('0.9.0') } }),
    );
    write('CHANGELOG.md', changelog);
    write('generate.mjs', generator);
    write('page.1', '0.9.0');
    git('init', '--quiet');
    git('add', '--all');
    commit();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('version, lock file, changelog and generated page in one commit with its tag', () => {
    const { status, stdout, stderr } = release('0.10.0');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('tagged v0.10.0');
    const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: Record<string, unknown> };
    expect([JSON.parse(read('package.json')).version, lock.version, lock.packages['']]).toMatchObject([
      '0.10.0',
      '0.10.0',
      { version: '0.10.0' },
    ]);
    expect(read('page.1')).toBe('0.10.0');
    expect(read('CHANGELOG.md')).toMatch(
      /## \[Unreleased\]\n\n## \[0\.10\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- A thing\.\n\n## \[0\.9\.0\]/,
    );
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '--format=%s')).toBe('Version 0.10.0\nchange');
    expect(git('cat-file', '-t', 'v0.10.0')).toBe('tag');
    expect(git('rev-parse', 'v0.10.0^{commit}')).toBe(git('rev-parse', 'HEAD'));
  });

  test.each([
    ['no version', [], 'give the version'],
    ['a version with a letter', ['v1.0.0'], 'give the version'],
    ['a version of two numbers', ['1.0'], 'give the version'],
    ['the present version', ['0.9.0'], 'not greater'],
    ['an earlier version', ['0.8.12'], 'not greater'],
  ])('%s is refused', (_, words, says) => {
    const before = git('rev-parse', 'HEAD');
    const { status, stderr } = release(...words);
    expect([status, stderr]).toEqual([1, expect.stringContaining(says)]);
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag')]).toEqual([before, '', '']);
  });

  test.each([
    ['a changed file', 'generate.mjs'],
    ['a new file', 'notes.txt'],
  ])('%s in the working tree is refused and named', (_, path) => {
    write(path, '// changed\n');
    const { status, stderr } = release('1.0.0');
    expect([status, stderr]).toEqual([1, expect.stringContaining(path)]);
    expect([read('CHANGELOG.md'), git('tag')]).toEqual([changelog, '']);
  });

  test.each([
    ['headings alone', changelog.replace('- A thing.\n\n', '')],
    ['nothing', changelog.replace('### Added\n\n- A thing.\n\n', '')],
    ['no such section', changelog.replace('## [Unreleased]', '## [1.0.0]')],
  ])('%s under “Unreleased” is refused', (_, text) => {
    write('CHANGELOG.md', text);
    commit();
    const { status, stderr } = release('1.0.0');
    expect([status, stderr]).toEqual([1, expect.stringContaining('no entry under')]);
    expect([git('status', '--porcelain'), git('tag')]).toEqual(['', '']);
  });

  test('a tag that exists is refused', () => {
    git('tag', 'v1.0.0');
    expect(release('1.0.0')).toMatchObject({ status: 1, stderr: 'error: the tag v1.0.0 exists\n' });
    expect(git('status', '--porcelain')).toBe('');
  });

  test('a failing generator leaves no commit and no tag, and says how to undo the edits', () => {
    write('generate.mjs', 'process.exitCode = 3;\n');
    commit();
    const { status, stderr } = release('1.0.0');
    expect([status, stderr]).toEqual([1, expect.stringContaining('git restore --staged --worktree .')]);
    expect([git('log', '--format=%s'), git('tag')]).toEqual(['change\nchange', '']);
    git('restore', '--staged', '--worktree', '.');
    expect([git('status', '--porcelain'), read('CHANGELOG.md')]).toEqual(['', changelog]);
  });
});

test.each([
  ['0.2.0', '0.1.9', true],
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.99.99', true],
  ['0.1.10', '0.1.9', true],
  ['0.1.9', '0.1.9', false],
  ['0.9.9', '1.0.0', false],
  ['1.0.9', '1.1.0', false],
])('%s after %s: %s', (next, current, greater) => expect(isGreater(next, current)).toBe(greater));

test('the project’s own changelog has the form that a release expects', () => {
  const text = readFileSync(join(project, 'CHANGELOG.md'), 'utf8');
  expect(text.match(/^## \[Unreleased\]$/gm)).toHaveLength(1);
  expect(datedChangelog('# C\n\n## [Unreleased]\n\n- A.\n', '1.0.0', '2026-11-28')).toBe(
    '# C\n\n## [Unreleased]\n\n## [1.0.0] - 2026-11-28\n\n- A.\n',
  );
});
