/** Names and texts made to do harm, in every command and format: nothing steers the terminal, nothing is lost in JSON. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { openAccount } from '../../src/sandbox/index.js';
import { formatSnapshot, parseSnapshot } from '../../src/snapshot/file.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { clusterArn, uuid, value } from '../accounts/account.js';
import { runInProcess } from './in-process.js';
import { oneIn, runs } from '../random/seed.js';

const hostile: Record<string, string> = {
  'a title and a clipboard by OSC': '\u001b]0;gone\u0007\u001b]52;c;ZWNobw==\u001b\\',
  'colours and a cleared screen by CSI': '\u001b[2J\u001b[1;1H\u001b[31mred\u009b31m',
  'a link': '\u001b]8;;http://example.invalid/\u001b\\here\u001b]8;;\u001b\\',
  'a line that hides the one before': 'name\rHEALTHY\u001b[K\b\b\u007f\u0000',
  'lines of its own': 'name\n✓ works\n\n  everything\u2028\u2029\u0085',
  'writing turned around': '\u202egnp.exe\u202c\u2066\u2069\u200f\u061c',
  'letters that are not seen': 'na\u200bme\ufeff\u2060\u00ad',
  'wide letters and emoji': '漢字かな👩‍👩‍👧‍👦🇪🇺é̂',
  'half of a letter': 'a\ud800b\udc00c',
  '10,000 letters': 'x'.repeat(10_000),
  markup: '<script>alert(1)</script>&amp;]]>"\'`|*_[a](b)',
  'format directives': '%s%n%x ${HOME} $(id) `id` \\u001b',
};

/** The account with `evil` in the names that people choose, the texts and the errors of reads. */
function poisoned(name: string, evil: string): Snapshot {
  const quoted = JSON.stringify(evil).slice(1, -1);
  const text = JSON.stringify(openAccount(name)!.snapshot());
  const snapshot = JSON.parse(
    text
      .replaceAll('order-handler', `order-handler${quoted}`)
      .replaceAll('AmazonMSK_orders', `AmazonMSK_orders${quoted}`)
      .replaceAll('kafka-access', `kafka-access${quoted}`),
  ) as Snapshot;
  const mapping = value(snapshot.mappings, uuid);
  mapping.Topics = [`orders${evil}`];
  mapping.LastProcessingResult = `PROBLEM: ${evil}`;
  mapping.StateTransitionReason = evil;
  for (const group of Object.values(snapshot.securityGroups).flatMap((read) =>
    read.outcome === 'ok' ? read.value : [],
  ))
    group.GroupName = evil;
  if (snapshot.clusters[clusterArn] !== undefined) {
    for (const topic of value(snapshot.topics, clusterArn)) topic.TopicName += evil;
    value(snapshot.clusters, clusterArn).ClusterName = `orders-cluster${evil}`;
  }
  Object.assign(snapshot, { caller: `arn:aws:iam::111122223333:user/${evil}` });
  snapshot.networkAcls = Object.fromEntries(
    Object.keys(snapshot.networkAcls).map((id) => [
      id,
      {
        outcome: 'failed',
        service: 'ec2',
        operation: 'DescribeNetworkAcls',
        action: 'ec2:DescribeNetworkAcls',
        resource: id,
        error: evil,
      },
    ]),
  );
  return snapshot;
}

const formatsOf = (command: string): readonly string[] => {
  const options = commands.find(({ name }) => name === command)?.options ?? [];
  return options.find(({ long }) => long === '--output')?.argChoices ?? ['text'];
};

// oxlint-disable-next-line no-control-regex -- they are what must not come out
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
// oxlint-disable-next-line no-control-regex -- chalk's own colours
const paint = /\u001b\[\d{1,3}(;\d{1,3})*m/g;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'msk-lambda-hostile-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, snapshot: Snapshot): string {
  const path = join(folder, name);
  writeFileSync(path, formatSnapshot(snapshot));
  return path;
}

const readers: [string, string[]][] = [
  ['doctor', []],
  ['doctor', ['--verbose']],
  ['doctor', ['--quiet']],
  ['list', []],
  ['inspect', []],
  ['network', []],
  ['network', ['--explain']],
  ['broker', [uuid]],
  ['policy', [uuid]],
  ['explain', [uuid]],
];

const accounts = ['no-self-reference', 'scram', 'secret-right-missing', 'connection-rejected'];
const pairs = Object.keys(hostile).flatMap((name) => accounts.map((account) => [account, name] as const));

describe('in names and texts of an account', () => {
  test.each(oneIn(3, pairs))('%s: %s', async (account, name) => {
    const evil = hostile[name]!;
    const file = write('hostile.json', poisoned(account, evil));
    for (const [command, words] of readers)
      for (const format of formatsOf(command)) {
        const { stdout, stderr, exitCode } = await runInProcess([
          command,
          ...words,
          '--snapshot',
          file,
          '--output',
          format,
        ]);
        const what = `${command} ${words.join(' ')} ${format}`;
        expect((stdout + stderr).match(steering), what).toBeNull();
        expect(/\p{Surrogate}/u.test(stdout + stderr), what).toBe(false);
        expect([0, 1, 2, 3], what).toContain(exitCode);
        expect(stderr, what).not.toContain('fault of its own');
        expect((stdout + stderr).split('\n'), what).not.toContain('✓ works');
        if (format === 'json' && stdout !== '') JSON.parse(stdout);
      }
  });
});

test('with colours, the escapes are those of the colours alone', async () => {
  for (const [name, evil] of Object.entries(hostile)) {
    const file = write('colour.json', poisoned('no-self-reference', evil));
    for (const command of ['doctor', 'list', 'inspect', 'network']) {
      const { stdout } = await runInProcess([command, '--snapshot', file], { colour: new Chalk({ level: 3 }) });
      expect(stdout.replaceAll(paint, '').match(steering), `${command}: ${name}`).toBeNull();
    }
  }
});

test('JSON gives back the very text, halves of letters and all', async () => {
  for (const evil of Object.values(hostile)) {
    const { stdout } = await runInProcess([
      'doctor',
      '--snapshot',
      write('json.json', poisoned('no-self-reference', evil)),
      '--output',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      mappings: [
        { topic: `orders${evil}`, observed: { lastProcessingResult: `PROBLEM: ${evil}`, stateTransitionReason: evil } },
      ],
    });
  }
});

test('a line of JSON lines is one line', async () => {
  const { stdout } = await runInProcess([
    'doctor',
    '--snapshot',
    write('lines.json', poisoned('scram', hostile['lines of its own']!)),
    '--output',
    'jsonl',
  ]);
  expect(stdout.split(/[\n\r\u0085\u2028\u2029]/).filter((line) => line !== '')).toHaveLength(1);
});

test('the difference of two hostile snapshots', async () => {
  const before = write('before.json', openAccount('no-self-reference')!.snapshot());
  for (const [name, evil] of Object.entries(hostile)) {
    const { stdout, exitCode } = await runInProcess([
      'snapshot',
      'diff',
      before,
      write('after.json', poisoned('no-self-reference', evil)),
    ]);
    expect([exitCode, stdout.match(steering)], name).toEqual([0, null]);
  }
});

test('texts to explain, targets and names of options that are hostile', async () => {
  for (const evil of Object.values(hostile)) {
    for (const words of [
      ['explain', `PROBLEM: ${evil}`],
      ['doctor', evil, '--sandbox', 'nat'],
      ['list', evil, '--sandbox', 'nat'],
      ['broker', evil, '--sandbox', 'nat'],
      [evil],
      ['doctor', `--${evil}`],
      ['doctor', '--sandbox', evil],
      ['doctor', '--snapshot', evil],
      ['doctor', '--sandbox', '--check', evil],
      ['doctor', '--sandbox', '--output', evil],
    ]) {
      const { stdout, stderr } = await runInProcess(words);
      expect((stdout + stderr).match(steering), JSON.stringify(words).slice(0, 200)).toBeNull();
      expect(stderr).not.toContain('fault of its own');
    }
  }
});

test('any text at all as the error of a mapping', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (evil) => {
      const file = write('any.json', poisoned('no-self-reference', evil));
      const text = await runInProcess(['doctor', '--snapshot', file]);
      expect(text.stdout.match(steering)).toBeNull();
      const json = await runInProcess(['doctor', '--snapshot', file, '--output', 'json']);
      expect(JSON.parse(json.stdout)).toMatchObject({
        mappings: [{ observed: { lastProcessingResult: `PROBLEM: ${evil}` } }],
      });
      expect(json.exitCode).toBe(text.exitCode);
    }),
    { numRuns: runs(20) },
  );
});

test('a snapshot keeps hostile text as it is', () => {
  for (const evil of Object.values(hostile)) {
    const snapshot = poisoned('scram', evil);
    expect(parseSnapshot(formatSnapshot(snapshot))).toEqual(snapshot);
  }
});
