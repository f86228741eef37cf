import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageFolder, thirdPartyNotices } from '../../scripts/third-party-notices.js';

let root = '';
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'msk-lambda-notices-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A package's folder with its manifest and the files given. */
function folder(name: string, manifest: object, files: Record<string, string> = {}): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', license: 'MIT', ...manifest }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

test.each([
  { id: '/a/node_modules/chalk/source/index.js', expected: '/a/node_modules/chalk' },
  { id: '/a/node_modules/@smithy/core/dist-es/index.js', expected: '/a/node_modules/@smithy/core' },
  {
    id: '/a/node_modules/cli-table3/node_modules/string-width/index.js',
    expected: '/a/node_modules/cli-table3/node_modules/string-width',
  },
  { id: 'C:\\a\\node_modules\\chalk\\source\\index.js', expected: 'C:/a/node_modules/chalk' },
  { id: '/a/src/cli/main.ts', expected: undefined },
])('the package of $id', ({ id, expected }) => expect(packageFolder(id)).toBe(expected));

test.each(['LICENSE', 'license', 'LICENSE.md', 'LICENSE-MIT.txt', 'License.txt', 'LICENCE', 'COPYING'])(
  'a licence file called %s is taken',
  (file) =>
    expect(thirdPartyNotices([folder('a', {}, { [file]: 'the text\n' })])).toContain('a 1.0.0 (MIT)\n\nthe text\n'),
);

test('a notice file stands after the licence', () =>
  expect(thirdPartyNotices([folder('a', {}, { NOTICE: 'by A', LICENSE: 'the text' })])).toContain(
    'the text\n\nby A\n',
  ));

test('packages under the same text share one section', () => {
  const folders = ['b', 'a'].map((name) => folder(name, {}, { LICENSE: 'the text' }));
  expect(thirdPartyNotices([...folders, folders[0]!])).toMatch(
    /\n\na 1\.0\.0 \(MIT\)\nb 1\.0\.0 \(MIT\)\n\nthe text\n$/,
  );
});

const repository = { type: 'git', url: 'https://example.com/many.git' };

test('a package without a licence file has the text of its repository’s other packages', () => {
  const folders = [folder('a', { repository }), folder('b', { repository }, { LICENSE: 'the text' })];
  expect(thirdPartyNotices(folders)).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nthe text\n');
});

test.each([
  ['of no repository', {}, {}],
  ['of another repository', { repository }, {}],
  ['whose sibling has another licence', { repository }, { repository, license: 'ISC' }],
])('a package without a licence file %s is refused', (_, manifest, sibling) => {
  const folders = [folder('a', manifest), folder('b', sibling, { LICENSE: 'the text' })];
  expect(() => thirdPartyNotices(folders)).toThrow('a 1.0.0 (MIT): no licence text');
});
