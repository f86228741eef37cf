/** README, help and pages say what the program does: marked blocks are made anew, and every line parses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { fillBlocks, pages } from '../../scripts/readme-blocks.js';
import { commands } from '../../src/cli/commands/index.js';
import type { AnyCommand } from '../../src/cli/define-command.js';
import { createIo } from '../../src/cli/io.js';
import { buildProgram } from '../../src/cli/program.js';
import manifest from '../../package.json' with { type: 'json' };
import { shellLines } from './aws-cli.js';
import { shownInDocuments, shownInHelp, type Shown } from './command-lines.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

test.each(pages)('the marked blocks of %s are as they are generated: npm run generate', async (path) => {
  const text = read(path);
  expect(text).toContain('<!-- begin ');
  expect(await fillBlocks(text)).toBe(text);
});

test.each(['README.md', 'docs/README.md', 'docs/architecture.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])(
  'links of %s lead somewhere',
  (path) => {
    for (const [, link] of read(path).matchAll(/\]\(([^)#]+)\)/g))
      expect(link!.startsWith('https:') || existsSync(new URL(link!, new URL(path, root))), link).toBe(true);
  },
);

test.each(['docs/architecture.md', 'CONTRIBUTING.md'])('files and scripts that %s names are there', (path) => {
  const text = read(path);
  const files = [...text.matchAll(/(?<![\w/.-])(?:bench|bin|docs|scripts|src|test)\/[\w./-]*\w/g)].map(
    ([file]) => file,
  );
  // `mapping.example` is the check that a reader adds.
  expect(files.filter((file) => !/\bexample\b/.test(file) && !existsSync(new URL(file, root)))).toEqual([]);
  const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
});

test('every document is named in the index', () => {
  for (const file of readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md') && name !== 'README.md'))
    expect(read('docs/README.md')).toContain(`](${file})`);
});

test.each(['README.md', 'CONTRIBUTING.md'])('scripts that %s names are there', (path) => {
  const named = shellLines(read(path)).flatMap((line) => /^npm run (?:--silent )?(\S+)/.exec(line)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(named));
});

/** The same command, doing nothing. */
const idle = ({ load, commands: children, ...rest }: AnyCommand): AnyCommand => ({
  ...rest,
  ...(load === undefined ? {} : { load: () => Promise.resolve(() => Promise.resolve(0)) }),
  ...(children === undefined ? {} : { commands: children.map(idle) }),
});

/** The first word that is no command where one is due. */
function strayWord([name = '', child = '']: readonly string[]): string | undefined {
  if (name === 'help') return child === 'concepts' ? undefined : strayWord([child]);
  const command = commands.find((definition) => definition.name === name);
  if (command === undefined) return name.startsWith('-') ? undefined : name;
  const isChild = command.commands?.some((definition) => definition.name === child) ?? false;
  return command.load !== undefined || isChild || child.startsWith('-') ? undefined : child;
}

async function parse({ words }: Shown): Promise<string> {
  const stray = strayWord(words);
  if (stray !== undefined) return `there is no command “${stray}”`;
  let errorText = '';
  const sink = { write: (text: string) => (errorText += text), columns: 100 };
  const io = createIo({
    stdout: sink,
    stderr: sink,
    stdin: new PassThrough(),
    env: {},
    signal: new AbortController().signal,
  });
  try {
    await buildProgram(io, () => {}, commands.map(idle)).parseAsync(words, { from: 'user' });
    return '';
  } catch (error) {
    if ((error as { code?: string }).code === 'commander.helpDisplayed') return '';
    return errorText || String(error);
  }
}

describe('lines that are shown', () => {
  test('are many', () => {
    expect(shownInDocuments().length).toBeGreaterThan(8);
    expect(shownInHelp().length).toBeGreaterThan(20);
  });
  test.each(
    [...shownInDocuments(), ...shownInHelp()].map((shown) => [shown.where, shown.words.join(' '), shown] as const),
  )('%s: msk-lambda %s', async (_, __, shown) => expect(await parse(shown)).toBe(''));
});
