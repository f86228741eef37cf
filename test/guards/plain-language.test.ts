/** What users read is in plain words and in AWS's own terms: words that made texts hard to read do not return. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { runInProcess } from '../cli/in-process.js';
import { filesIn, literalsOf, misspeltTerms, privateWords, type Wording } from './support/plain-words.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Records of decisions and of how the program is built: for its developers. */
const forDevelopers = ['docs/decisions/', 'docs/architecture.md'];

const isExempt = (path: string): boolean => forDevelopers.some((prefix) => path.startsWith(prefix));

/** Every wording that a text must not have, with the words around it. */
function faultsIn(text: string, wordings: readonly Wording[] = [...privateWords, ...misspeltTerms]): string[] {
  return wordings.flatMap(({ pattern, instead }) => {
    const match = pattern.exec(text);
    if (match === null) return [];
    const around = text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40);
    return [`“${match[0]}” in “…${around.replaceAll(/\s+/g, ' ')}…”: say “${instead}”`];
  });
}

/** A text that the terminal has wrapped, as one line. */
const unwrapped = (text: string): string => text.replaceAll(/\s+/g, ' ');

test.each([...privateWords, ...misspeltTerms])('$pattern is found', ({ pattern, example }) =>
  expect(example).toMatch(pattern),
);

describe('sources', () => {
  const files = filesIn(new URL('src/', root), '.ts').map((file) => `src/${file}`);
  test.each(files.filter((file) => !isExempt(file)))('%s', (file) =>
    expect(literalsOf(new URL(file, root)).flatMap((text) => faultsIn(text))).toEqual([]),
  );
});

describe('pages', () => {
  const pages = [
    ...filesIn(new URL('docs/', root), '.md').map((file) => `docs/${file}`),
    'README.md',
    'man/msk-lambda.1',
  ];
  test.each(pages.filter((page) => !isExempt(page)))('%s', (page) =>
    expect(
      read(page)
        .split('\n')
        .flatMap((line) => faultsIn(line)),
    ).toEqual([]),
  );
});

describe('help', () => {
  const calls = commands.flatMap(({ name, commands: children = [] }) => [
    [name],
    ...children.map((child) => [name, child.name]),
  ]);
  test.each([[], ...calls].map((words) => ['msk-lambda', ...words, '--help'].join(' ')))('%s', async (line) => {
    const { stdout } = await runInProcess(line.split(' ').slice(1));
    expect(faultsIn(unwrapped(stdout))).toEqual([]);
  });
});

describe('doctor', () => {
  test.each(sandboxAccounts.map(({ name }) => name))('%s', async (name) => {
    const { stdout } = await runInProcess(['doctor', '--sandbox', name]);
    expect(faultsIn(unwrapped(stdout))).toEqual([]);
  });
});
