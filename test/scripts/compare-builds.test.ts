/** The comparison of two builds leaves out no command, no flag, no format and no account. */
import type { Option } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyCommand } from '../../src/cli/define-command.js';
import { commands } from '../../src/cli/commands/index.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { accountOf, type Account } from '../../scripts/compare-builds/account.js';
import { lineOf, textOf, type Invocation } from '../../scripts/compare-builds/invocation.js';
import { allInvocations, pathsOf } from '../../scripts/compare-builds/invocations.js';
import { runInProcess } from '../cli/in-process.js';

const explained = { checks: ['network.aws-path'], errors: [{ id: 'poll-error', text: 'Some text of Lambda' }] };
let accounts: Account[];
let invocations: Invocation[];

async function readAccount(name: string): Promise<Account> {
  const print = async (...words: string[]) => (await runInProcess([...words, '--sandbox', name])).stdout;
  return accountOf(
    name,
    JSON.parse(await print('snapshot')) as Record<string, unknown>,
    JSON.parse(await print('doctor', '--output', 'json')),
  );
}

beforeAll(async () => {
  const [first] = sandboxAccounts;
  const read = await readAccount(first!.name);
  // The lines differ in names alone: one account is read, and stands for the others.
  accounts = sandboxAccounts.map(({ name }) => ({ ...read, name }));
  invocations = allInvocations(commands, accounts, explained);
});

/** Each command that does something, with the words that call it. */
const callable = (list: readonly AnyCommand[], above: readonly string[] = []): [string, AnyCommand][] =>
  list.flatMap((command) => [
    ...(command.load === undefined ? [] : [[[...above, command.name].join(' '), command] as [string, AnyCommand]]),
    ...callable(command.commands ?? [], [...above, command.name]),
  ]);

const startsWith = (words: readonly string[], path: string) =>
  path.split(' ').every((word, index) => words[index] === word);

/** Of an option the spellings, any of which stands for it. */
const spellings = ({ long, short }: Option) => [long, short].filter((spelling) => spelling !== undefined);

describe('covered', () => {
  test.each(callable(commands).filter(([, { options }]) => options.some(({ long }) => long === '--sandbox')))(
    '%s in every account',
    (path) => {
      const names = invocations
        .filter(({ words }) => startsWith(words, path))
        .map(({ words }) => words[words.indexOf('--sandbox') + 1]);
      expect(
        accounts.map(({ name }) => name).filter((name) => !names.includes(name)),
        `accounts without a line for ${path} in scripts/compare-builds/read-invocations.ts or change-invocations.ts`,
      ).toEqual([]);
    },
  );

  test('the help of every command', () => {
    const helped = invocations
      .filter(({ words }) => words.at(-1) === '--help')
      .map(({ words }) => words.slice(0, -1).join(' '));
    for (const path of pathsOf(commands)) expect(helped).toContain(path.join(' '));
  });

  test.each(callable(commands))('every flag of %s', (path, { options }) => {
    const given = new Set(invocations.filter(({ words }) => startsWith(words, path)).flatMap(({ words }) => words));
    const missing = options.filter((option) => !spellings(option).some((spelling) => given.has(spelling)));
    expect(missing.map(({ flags }) => flags)).toEqual([]);
  });

  test.each(callable(commands))('every choice of the flags of %s', (path, { options }) => {
    const given = invocations.filter(({ words }) => startsWith(words, path)).map(({ words }) => words);
    for (const option of options)
      for (const choice of option.argChoices ?? [])
        if (choice !== option.defaultValue)
          expect(
            given.some((words) => words.some((word, index) => word === choice && words[index - 1] === option.long)),
            `${path} ${option.long} ${choice}`,
          ).toBe(true);
  });
});

test('no line is run twice', () => {
  const lines = invocations.map((invocation) => lineOf(invocation) + (invocation.input ?? ''));
  const seen = new Set<string>();
  expect(lines.filter((line) => seen.size === seen.add(line).size)).toEqual([]);
});

test('the full list holds more lines, and none less', () => {
  const full = new Set(allInvocations(commands, accounts, explained, true).map(lineOf));
  expect(full.size).toBeGreaterThan(invocations.length);
  expect(invocations.map(lineOf).filter((line) => !full.has(line))).toEqual([]);
});

test('an account gives the names that commands take', async () => {
  const account = await readAccount('scram');
  expect(account).toMatchObject({
    function: 'order-handler',
    cluster: 'orders-cluster',
    topic: 'orders',
    role: 'order-handler-role',
    secrets: [expect.stringContaining(':secret:AmazonMSK_orders')],
    key: expect.stringMatching(/^arn:aws:kms:/) as string,
    groups: [expect.stringMatching(/^sg-/), ...account.groups.slice(1)],
  });
});

test('a difference in any part shows in the text that is compared', () => {
  const printed = { exitCode: 0, stdout: 'a', stderr: 'b', files: { 'out.txt': 'c' } };
  const texts = [
    printed,
    { ...printed, exitCode: 1 },
    { ...printed, stdout: 'ab', stderr: '' },
    { ...printed, stderr: 'B' },
    { ...printed, files: { 'out.txt': 'C' } },
    { ...printed, files: {} },
  ].map(textOf);
  expect(new Set(texts).size).toBe(texts.length);
});
