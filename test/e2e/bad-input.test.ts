/** What a user may get wrong: a sentence that helps, on stderr, the exit code of the contract, nothing on stdout. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { openAccount } from '../../src/sandbox/index.js';
import { uuid } from '../accounts/account.js';
import { startDouble, type Double } from '../wire/double.js';
import { looksLikeTrace, run, spawnProgram } from './program.js';

const config = mkdtempSync(join(tmpdir(), 'msk-lambda-config-'));
const emptyProfile = join(config, 'config');
writeFileSync(emptyProfile, '[profile nope]\nregion = eu-west-1\n');
afterAll(() => rmSync(config, { recursive: true, force: true }));
let folder = '';
let double: Double;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  double = await startDouble(openAccount('nat')!.answer as Answerer);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await double.close();
});

describe('wrong usage: exit 2', () => {
  const wrong: [string, string[], RegExp][] = [
    ['no command', [], /^Usage: msk-lambda/],
    ['a misspelt command', ['doctro'], /unknown command 'doctro'\n {2}Did you mean doctor\?/],
    ['a command that is nothing like one', ['xyzzy'], /unknown command 'xyzzy'\n {2}List all commands/],
    ['a misspelt command below another', ['sandbox', 'lst'], /unknown command 'lst'\n {2}Did you mean list\?/],
    ['a misspelt flag', ['doctor', '--regoin', 'x'], /unknown option '--regoin'\n\(Did you mean --region\?\)/],
    ['a flag without its value', ['doctor', '--output'], /--output .*argument missing/],
    ['a format that is not there', ['doctor', '--output', 'yaml'], /Allowed choices are text, json/],
    ['no time at all', ['doctor', '--timeout', '0'], /number of seconds greater than 0/],
    ['time that is no number', ['doctor', '--timeout', 'soon'], /number of seconds greater than 0/],
    ['an endless time', ['doctor', '--timeout', 'Infinity'], /number of seconds greater than 0/],
    ['an address that is none', ['doctor', '--endpoint-url', 'localhost'], /address that begins with http/],
    ['an empty target', ['doctor', ''], /an argument is empty\n {2}Check that the variables of your script are set/],
    ['an empty target of a sandbox', ['doctor', ' ', '--sandbox'], /an argument is empty/],
    ['a missing argument', ['broker'], /missing required argument 'target'/],
    ['an argument too many', ['broker', 'a', 'b'], /too many arguments/],
    ['an argument too many of a sandbox', ['probe', 'a', 'b', '--sandbox'], /too many arguments/],
    [
      'a sandbox of no known name after a target',
      ['probe', 'order-handler', '--sandbox', 'elsewhere'],
      /^error: unknown sandbox account “elsewhere”\n {2}List all accounts: `msk-lambda sandbox list`\.\n$/,
    ],
    [
      'a misspelt sandbox after a target',
      ['probe', 'order-handler', '--sandbox', 'no-sts-endpont'],
      /unknown sandbox account.*\n {2}Did you mean: no-sts-endpoint\?/,
    ],
    [
      'a baseline on standard output',
      ['baseline', 'update', '-', '--sandbox'],
      /a baseline cannot be written to standard output\n {2}Name a file/,
    ],
    [
      'an undo file on standard output',
      ['doctor', '--sandbox', '--fix', '--yes', '--undo-file', '-'],
      /--undo-file.*Name a file: the undo file cannot be written to standard output\./,
    ],
    [
      'nothing to explain',
      ['explain'],
      /missing argument: the message or check to explain\n {2}Give a message, a check ID or a UUID/,
    ],
    ['a misspelt check', ['explain', 'network.aws-pth'], /unknown check.*\n {2}Did you mean: network.aws-path/],
    [
      'a check of no known group',
      ['explain', 'nosuch.check'],
      /neither a check nor a known message\n {2}List them all/,
    ],
    [
      'a misspelt message ID',
      ['explain', 'connection-eror'],
      /unknown message ID.*\n {2}Did you mean: connection-error/,
    ],
    ['a pattern that fits no check', ['doctor', '--sandbox', '--check', 'nope'], /no check matches/],
    ['a misspelt sandbox', ['doctor', '--sandbox', 'nat-blackhol'], /Did you mean: nat-blackhole/],
    [
      'a target that the sandbox lacks',
      ['list', '--sandbox', 'endpoints', 'nothere'],
      /“nothere”.*\n {2}Did you mean: order-handler, orders-cluster\?/,
    ],
    [
      'a cluster that the sandbox lacks',
      ['broker', 'nothere', '--sandbox'],
      /MSK cluster not found in eu-west-1: “nothere”\.\n {2}Did you mean: orders-cluster\?/,
    ],
    [
      'a mapping that the sandbox lacks',
      ['doctor', uuid.replace('5', '6'), '--sandbox'],
      /Event source mapping 6f1c9a52-\S+ not found in eu-west-1/,
    ],
    ['a sandbox and a snapshot', ['doctor', '--sandbox', '--snapshot', 'x'], /cannot be used with option/],
    ['a snapshot that is a folder', ['doctor', '--snapshot', tmpdir()], /cannot read .*: it is a folder/],
    ['a snapshot that is not there', ['doctor', '--snapshot', '/nope/x.json'], /file not found: \/nope\/x\.json/],
    [
      'a snapshot that is some other JSON',
      ['doctor', '--snapshot', 'package.json'],
      /JSON, but not a snapshot of msk-lambda/,
    ],
    [
      'a file where there is no folder',
      ['doctor', '--sandbox', '--output-file', '/nope/x'],
      /cannot write \/nope\/x: the folder does not exist/,
    ],
    ['a file that is a folder', ['doctor', '--sandbox', '--output-file', tmpdir()], /cannot write .*: it is a folder/],
    [
      'a file in a file',
      ['doctor', '--sandbox', '--output-file', '/etc/hostname/x'],
      /cannot write .*: a part of its path is a file/,
    ],
    ['one snapshot to compare', ['snapshot', 'diff', 'a'], /missing required argument 'after'/],
    ['a region that is none', ['doctor', '--region', 'eu west'], /region cannot be used/],
  ];
  test.concurrent.each(wrong)('%s', async (_, words, sentence) => {
    const ran = await run(words);
    expect(ran.stderr).toMatch(sentence);
    expect([ran.exitCode, ran.stdout, looksLikeTrace(ran)]).toEqual([2, '', false]);
  });

  const spawned = new Set(['no command', 'a misspelt flag', 'an empty target', 'a snapshot that is not there']);
  test.concurrent.each(wrong.filter(([name]) => spawned.has(name)))(
    '%s, as a process of its own',
    async (_, words, sentence) => {
      const ran = await spawnProgram(words);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(sentence) as string });
    },
  );

  test('no region at all', async () => {
    const ran = await spawnProgram(['doctor'], { env: { AWS_REGION: '' } });
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('No AWS region is configured') as string,
    });
  });

  test('a mapping that AWS lacks', async () => {
    const ran = await run(['doctor', uuid.replace('5', '6')], { env: { AWS_ENDPOINT_URL: double.url } });
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/Event source mapping 6f1c9a52-\S+ not found in eu-west-1/) as string,
    });
  });

  test('what could not be written leaves nothing behind', async () => {
    writeFileSync(join(folder, 'file'), 'old');
    await run(['doctor', '--sandbox', '--output-file', join(folder, 'file', 'x')]);
    await run(['doctor', '--sandbox', '--output-file', folder]);
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

/** Commands that ask AWS, with a target that each of them takes. */
const asking: string[][] = [
  ['doctor', uuid],
  ['doctor'],
  ['list'],
  ['inspect', uuid],
  ['network', uuid],
  ['broker', uuid],
  ['broker', 'orders-cluster'],
  ['policy', uuid],
  ['explain', uuid],
  ['snapshot', uuid],
];

describe('AWS cannot be asked: exit 3, the reason in a sentence', () => {
  const cases: [string, Record<string, string>, string[], RegExp][] = [
    [
      'no credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
      [],
      /No AWS credentials were found\.\n {2}Pass --profile NAME/,
    ],
    [
      'a profile without credentials',
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_CONFIG_FILE: emptyProfile },
      ['--profile', 'nope'],
      /No AWS credentials were found for the profile “nope”/,
    ],
    ['a closed port', {}, ['--endpoint-url', 'http://127.0.0.1:1'], /could not be reached \(ECONNREFUSED\)/],
    // A label of more than 63 characters is refused without asking a name server, which may be slow or absent.
    [
      'a host without an address',
      {},
      ['--endpoint-url', `http://${'a'.repeat(64)}.invalid`],
      /the host name of the service could not be resolved \(ENOTFOUND\)/,
    ],
  ];
  test.concurrent.each(
    cases.flatMap(([name, env, words, sentence]) =>
      asking.map((command) => [name, command.join(' '), { env, words: [...command, ...words], sentence }] as const),
    ),
  )('%s: %s', async (_name, _command, { env, words, sentence }) => {
    const ran = await run(words, { env });
    // Answers are wrapped, errors are not.
    expect(`${ran.stderr}${ran.stdout.replaceAll(/\s+/g, ' ')}`).toMatch(sentence);
    expect([ran.exitCode, looksLikeTrace(ran)]).toEqual([3, false]);
    expect(`${ran.stderr}${ran.stdout}`).not.toMatch(
      /Event source mapping \S+ not found|No Amazon MSK event source mappings/,
    );
  });

  test.each([
    ['ExpiredTokenException', /Your AWS credentials have expired\.\n {2}Sign in again/],
    ['UnrecognizedClientException', /AWS rejects your credentials \(UnrecognizedClientException\)/],
  ] as const)('%s', async (name, sentence) => {
    const refusing = await startDouble(() =>
      Promise.reject(Object.assign(new Error('made up'), { name, $metadata: { httpStatusCode: 403 } })),
    );
    const ran = await run(['doctor', uuid, '--output', 'json'], { env: { AWS_ENDPOINT_URL: refusing.url } });
    await refusing.close();
    expect(ran.stderr).toMatch(sentence);
    expect(JSON.parse(ran.stdout)).toMatchObject({ mappings: [{ uuid, verdict: 'unknown' }] });
    expect([ran.exitCode, looksLikeTrace(ran)]).toEqual([3, false]);
  });
});

test('no mapping in the region is no fault: exit 0, with a sentence', async () => {
  const empty = await startDouble(async ({ operation }) =>
    operation === 'ListEventSourceMappings' ? { EventSourceMappings: [] } : { Account: '111122223333' },
  );
  const ran = await run(['doctor'], { env: { AWS_ENDPOINT_URL: empty.url } });
  await empty.close();
  expect(ran).toMatchObject({
    exitCode: 0,
    stdout: 'No Amazon MSK event source mappings in eu-west-1.\n',
    stderr: '',
  });
});
