/** What a half-typed line may go on with. */
import { expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands/index.js';
import { complete, type CandidateSources } from '../../../src/cli/completion/candidates.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';

const asked: string[] = [];
const list = (...values: string[]) => values.map((value) => ({ value, description: '' }));
const sources: CandidateSources = {
  checks: (withTemplates) =>
    Promise.resolve(list('network.vpc-dns', 'access.kms', ...(withTemplates ? ['template.syntax'] : []))),
  texts: () => Promise.resolve(list('failed-to-authorize')),
  sandboxes: () => Promise.resolve(list(...sandboxAccounts.map(({ name }) => name))),
  profiles: () => Promise.resolve(list('default', 'staging')),
  account: (flags) => {
    asked.push(JSON.stringify([...flags]));
    return Promise.resolve({
      mappings: list('uuid-1'),
      functions: list('order-handler', 'order-handler', 'evil\u001b[31m'),
      clusters: list('orders-cluster'),
    });
  },
};
const values = async (...words: string[]) =>
  (await complete(words, commands, sources)).candidates.map(({ value }) => value);

test('commands, subcommands and their summaries', async () => {
  expect(await values('')).toEqual(commands.map(({ name }) => name));
  expect(await values('doc')).toEqual(['doctor']);
  expect(await values('secret', '')).toEqual(['check', 'create']);
  const { candidates } = await complete(['doc'], commands, sources);
  expect(candidates[0]?.description).not.toBe('');
});

test('flags of the command that is typed; one without a value only once', async () => {
  expect(await values('doctor', '--al')).toEqual(['--all', '--allow-risky']);
  expect(await values('doctor', '--all', '--al')).toEqual(['--allow-risky']);
  expect(await values('doctor', '--check', 'network', '--che')).toEqual(['--check']);
  expect(await values('secret', 'create', '--no-ver')).toEqual([]);
});

test.each([
  { words: ['doctor', '--fail-on', 'd'], expected: ['disabled'] },
  { words: ['doctor', '--fail-on=d'], expected: ['disabled'] },
  { words: ['doctor', '--check', 'access.kms,net'], expected: ['access.kms,network.vpc-dns'] },
  { words: ['doctor', '--check', 'template'], expected: [] },
  { words: ['lint', '--skip', 'template'], expected: ['template.syntax'] },
  { words: ['doctor', '--profile', 's'], expected: ['staging'] },
  { words: ['create', '--function', 'order'], expected: ['order-handler'] },
  { words: ['create', '--cluster', ''], expected: ['orders-cluster'] },
  { words: ['explain', 'failed'], expected: ['failed-to-authorize'] },
  { words: ['completion', ''], expected: ['bash', 'zsh', 'fish', 'powershell'] },
  { words: ['doctor', '--', '--al'], expected: [] },
  { words: ['no-such-command', ''], expected: [] },
])('$words', async ({ words, expected }) => {
  const found = await values(...words);
  expect(words[0] === 'no-such-command' ? [] : found).toEqual(expected);
});

test('a target is a name of the account that the flags choose, each once, and none with control characters', async () => {
  asked.length = 0;
  expect(await values('doctor', '--profile', 'staging', '--region=eu-west-1', '')).toEqual([
    'order-handler',
    'orders-cluster',
    'uuid-1',
  ]);
  expect(asked).toEqual([
    JSON.stringify([
      ['--profile', 'staging'],
      ['--region', 'eu-west-1'],
    ]),
  ]);
});

test('paths are left to the shell', async () => {
  const paths = async (...words: string[]) => (await complete(words, commands, sources)).paths;
  expect(await paths('undo', '')).toBe('files');
  expect(await paths('doctor', '--snapshot', '')).toBe('files');
  expect(await paths('lint', '--dir', '')).toBe('folders');
  expect(await paths('doctor', '')).toBe(null);
});

test('every prefix of every flag of every command is answered', async () => {
  for (const command of commands.flatMap((each) => [each, ...(each.commands ?? [])]))
    for (const { long, hidden } of command.options) {
      const parent = commands.find(({ commands: children }) => children?.includes(command));
      const path = [...(parent === undefined ? [] : [parent.name]), command.name];
      if (long !== undefined && !hidden) expect(await values(...path, long)).toContain(long);
    }
});
