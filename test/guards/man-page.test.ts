import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manPages } from '../../scripts/man/pages.js';
import { escape, filled } from '../../scripts/man/roff.js';
import { checkIds } from '../../src/catalogue/check-ids.js';
import { templateCheckIds } from '../../src/catalogue/template-checks.js';
import { commands } from '../../src/cli/commands/index.js';
import { runInProcess } from '../cli/in-process.js';
import { runs } from '../random/seed.js';

const folder = fileURLToPath(new URL('../../man/', import.meta.url));
const page = manPages.get('msk-lambda.1')!;
/** A letter struck twice, as printers made it bold. */
const overstruck = new RegExp(`.${String.fromCodePoint(8)}`, 'g');
const has = (name: string) => !spawnSync(name, ['-V']).error;

test('the pages in the repository are those that the definitions give: npm run generate', () => {
  expect(readdirSync(folder).toSorted()).toEqual([...manPages.keys()].toSorted());
  for (const [file, text] of manPages) expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
});

test('every command has a page with its options; the checks and exit codes are in the main one', async () => {
  for (const { name, options, commands: children = [] } of commands) {
    expect(page).toContain(`.B ${escape(`msk-lambda-${name}(1)`)}`);
    const text = manPages.get(`msk-lambda-${name}.1`)!;
    for (const option of [...options, ...children.flatMap((child) => child.options)].filter(({ hidden }) => !hidden))
      expect(text.includes(escape(option.flags)), `${name} ${option.flags}`).toBe(true);
  }
  for (const id of [...checkIds, ...templateCheckIds]) expect(page).toContain(`.B ${escape(id)}`);
  const { stdout } = await runInProcess(['--help']);
  for (const code of ['0', '1', '2', '3', '130']) {
    expect(page).toContain(`.B ${code}\n`);
    expect(stdout).toMatch(new RegExp(`^ {2}${code} `, 'm'));
  }
});

test('nothing but ASCII: a reader may have no UTF-8', () => {
  for (const text of manPages.values()) expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
});

describe.skipIf(!has('mandoc') && process.env['MSK_LAMBDA_REQUIRE_ALL'] !== '1')('mandoc', () => {
  test('has nothing to say against it', () => {
    const paths = [...manPages.keys()].map((file) => join(folder, file));
    const lint = spawnSync('mandoc', ['-T', 'lint', ...paths], { encoding: 'utf8' });
    expect([lint.status, lint.stdout, lint.stderr]).toEqual([0, '', '']);
  });

  test('shows any text as it was, escaped', () => {
    const words = fc.array(
      fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abc.\'-\\`"~^%{}[]<>$@!') }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(words, (some) => {
        const text = some.join(' ');
        const shown = spawnSync('mandoc', ['-T', 'ascii', '-O', 'width=500'], {
          input: `.TH T 1 "2026-01-01" "t" "u"\n.SH NAME\nt \\- t\n.SH DESCRIPTION\n${filled(text)}\n`,
          encoding: 'utf8',
        }).stdout.replaceAll(overstruck, '');
        expect(/DESCRIPTION\n\s+([\s\S]*?)\n\n/.exec(shown)?.[1]?.replace(/\s+/g, ' ').trim()).toBe(text);
      }),
      { numRuns: runs(60) },
    );
  });
});
