/**
 * Proves that two built checkouts print the same: `npm run compare-builds -- BASE_DIR [OTHER_DIR]`, OTHER_DIR being
 * this checkout where it is left out. Runs every command on every sandbox account, in every format, with the same
 * clock and the same random values (`compare-builds/fixed-world.mjs`), and compares stdout, stderr, exit code and
 * written files byte by byte. The snapshots and mapping files that the runs are given come from BASE_DIR.
 *
 * --only REGEX  only the lines that match, as they are printed (`^msk-lambda doctor .*--sandbox scram`)
 * --part 3/10   the third of ten parts, which together are everything; for a machine with other work
 * --quick       --part 1/10
 * --full        every line in every account; without it those that differ little from others are run in a quarter of them
 * --list        print the lines and run nothing
 *
 * Exit 1: something differs, or a run did not end; the first of them are shown with a diff each.
 *
 * Not compared: prompts and the progress line, which need a terminal, and answers of a real AWS.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commands } from '../src/cli/commands/index.js';
import type { Account } from './compare-builds/account.js';
import { Build } from './compare-builds/build.js';
import type { Explained } from './compare-builds/general-invocations.js';
import { writeAccount, writeGeneral } from './compare-builds/given-files.js';
import { lineOf, textOf, type Invocation } from './compare-builds/invocation.js';
import { allInvocations } from './compare-builds/invocations.js';

const usage =
  'usage: npm run compare-builds -- BASE_DIR [OTHER_DIR] [--only REGEX] [--part N/M | --quick] [--full] [--list]';
/** Different differences that are shown, and how much of each. */
const mostDiffs = 40;
const mostDiffLines = 40;
const widestDiffLine = 300;
/** JSON lines and the like hide a difference: shown in several lines. */
const longLine = /.{300,}/g;
const inLines = (line: string) => line.replace(/,(?=["{[])/g, ',\n');
/** Lines that one build may be ahead of the other, whose output waits in memory. */
const mostApart = 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    part: { type: 'string' },
    quick: { type: 'boolean' },
    full: { type: 'boolean' },
    list: { type: 'boolean' },
  },
});
const [baseFolder, otherFolder = fileURLToPath(new URL('..', import.meta.url))] = positionals;
if (baseFolder === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
const [part = 1, parts = 1] = (values.quick === true ? '1/10' : (values.part ?? '1/1')).split('/').map(Number);
if (!(part >= 1 && part <= parts)) {
  process.stderr.write(`--part is N/M with N from 1 to M\n${usage}\n`);
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'compare-builds-'));
const builds = [new Build(resolve(baseFolder)), new Build(resolve(otherFolder))] as const;
try {
  process.exitCode = await compare();
} finally {
  for (const build of builds) build.close();
  rmSync(scratch, { recursive: true, force: true });
}

async function compare(): Promise<number> {
  const only = values.only === undefined ? undefined : new RegExp(values.only);
  const invocations = (await prepare())
    .filter((invocation) => only === undefined || only.test(lineOf(invocation)))
    .filter((_, index) => index % parts === part - 1);
  if (values.list === true) {
    process.stdout.write(invocations.map((invocation) => `${lineOf(invocation)}\n`).join(''));
    return 0;
  }
  const started = performance.now();
  let differing = 0;
  const shown = new Set<string>();
  const showDifference = (invocation: Invocation, texts: [string, string]) => {
    differing += 1;
    process.stdout.write(`differs: ${lineOf(invocation)}\n`);
    if (shown.size >= mostDiffs) return;
    const lines = diffOf(...texts);
    // One cause shows in many lines: the same words gone and come are shown once.
    const change = lines.filter((line) => /^[-+]/.test(line)).join('\n');
    if (!shown.has(change)) process.stdout.write(lines.map((line) => `    ${line}\n`).join(''));
    shown.add(change);
  };
  await inStep(invocations, showDifference);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${invocations.length} invocations compared in ${seconds} s, ${differing} differ\n`);
  return differing === 0 ? 0 : 1;
}

/** Both builds run all of them, each in its own process; neither runs far ahead. */
async function inStep(
  invocations: readonly Invocation[],
  differs: (invocation: Invocation, texts: [string, string]) => void,
): Promise<void> {
  const reached = [0, 0];
  const waiting = new Map<number, string>();
  let wake = () => {};
  await Promise.all(
    builds.map(async (build, side) => {
      for (const [index, invocation] of invocations.entries()) {
        while (index - reached[1 - side]! > mostApart) await new Promise<void>((resolve) => (wake = resolve));
        const printed = await build.run(invocation);
        const text = textOf(printed);
        if (typeof printed.exitCode === 'string') differs(invocation, ['', `in ${build.root}: ${printed.exitCode}`]);
        const other = waiting.get(index);
        if (other === undefined) waiting.set(index, text);
        else if (other !== text) differs(invocation, side === 1 ? [other, text] : [text, other]);
        if (other !== undefined && index % 1000 === 999)
          process.stderr.write(`${index + 1} of ${invocations.length}\n`);
        if (other !== undefined) waiting.delete(index);
        reached[side] = index + 1;
        wake();
      }
    }),
  );
}

/** Writes the given files, and lists what is run. */
async function prepare(): Promise<Invocation[]> {
  const [base] = builds;
  const document = async (...words: string[]) =>
    JSON.parse((await base.run({ words: [...words, '--output', 'json'] })).stdout) as unknown;
  const given = join(scratch, 'given');
  mkdirSync(given);
  writeGeneral(given);
  const { accounts: listed } = (await document('sandbox', 'list')) as { accounts: { name: string }[] };
  const accounts: Account[] = [];
  for (const { name } of listed) accounts.push(await writeAccount(given, base, name));
  for (const build of builds) build.give(given);
  const { errors, checks } = (await document('explain', '--list')) as {
    errors: Explained['errors'];
    checks: { id: string }[];
  };
  return allInvocations(commands, accounts, { errors, checks: checks.map(({ id }) => id) }, values.full);
}

function diffOf(before: string, after: string): string[] {
  const files = ['base', 'other'].map((name) => join(scratch, name));
  for (const [index, text] of [before, after].entries()) writeFileSync(files[index]!, text.replace(longLine, inLines));
  const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-color', '--unified=2', '--', ...files], {
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  const lines = stdout.split('\n').slice(4, 4 + mostDiffLines);
  return lines.map((line) => (line.length > widestDiffLine ? `${line.slice(0, widestDiffLine)}…` : line));
}
