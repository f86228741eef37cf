/** Every command that is printed can be pasted into a shell: names that a stranger chose are only words in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { renderCli } from '../../src/fixes/render-cli.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { formatSnapshot } from '../../src/snapshot/file.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { runInProcess } from './in-process.js';

const programs = ['aws', 'msk-lambda', 'kafka-acls', 'kafka-acls.sh', 'kafka-topics', 'openssl', 'keytool'];
const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-paste-'));
const log = join(folder, 'log');
const touched = join(folder, 'touched');
afterAll(() => rmSync(folder, { recursive: true }));

/** Programs of these names that note their words, each ended by a zero byte, and print nothing. */
for (const name of programs) {
  writeFileSync(
    join(folder, name),
    `#!/bin/sh\n{ printf '%s\\0' "${name}" "$@"; printf '\\001\\0'; } >> '${log}'\ncat >/dev/null 2>&1 </dev/null\n`,
  );
  chmodSync(join(folder, name), 0o755);
}

/** The calls that a pasted text makes. */
function paste(shell: string, text: string): string[][] {
  writeFileSync(log, '');
  spawnSync(shell, ['-s'], {
    input: `${text}\n`,
    cwd: folder,
    env: { PATH: [folder, process.env['PATH']].join(delimiter), HOME: folder },
  });
  return readFileSync(log, 'utf8')
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

const hostile: Record<string, string> = {
  substitution: `$(touch ${touched})`,
  backquotes: `\`touch ${touched}\``,
  'a quote': `'; touch ${touched}; '`,
  'a double quote': `"; touch ${touched}; "`,
  'a command': `; touch ${touched} #`,
  'an ampersand': `& touch ${touched} &`,
  'a pipe': `| touch ${touched}`,
  'a redirection': `> ${touched}`,
  'a line break': `\ntouch ${touched}\n`,
  'a carriage return': `\rtouch ${touched}\r`,
  'a dash': '--endpoint-url=http://192.0.2.1',
  'a home': `~/$HOME\${HOME}`,
  history: `!! !touch`,
  patterns: '*?[a]{b,c}',
  'a backslash': `\\$(touch ${touched})`,
};

/** Names and ids, wherever they stand in the snapshot, end with the hostile text, or are it. */
function spoil(snapshot: Snapshot, text: string): Snapshot {
  const inJson = JSON.stringify(text).slice(1, -1);
  const tail = JSON.stringify(snapshot)
    .replaceAll(/(?<=:function:)[\w-]+(?=")/g, (name) => name + inJson)
    .replaceAll(/(?<=:secret:)[\w-]+(?=")/g, (name) => name + inJson)
    .replaceAll(/(?<=":?")(subnet|sg|vpc|rtb|acl|vpce|nat|eni|igw)-[0-9a-z]+(?=")/g, (id) => id + inJson)
    .replaceAll(/"(orders)"/g, `"$1${inJson.replaceAll('$', '$$$$')}"`)
    .replaceAll(/"User:[^"]*"/g, `"User:${inJson.replaceAll('$', '$$$$')}"`);
  return JSON.parse(tail) as Snapshot;
}

/** A line that is a command, whatever its indentation. */
const command = new RegExp(`^ *(?:${programs.map((name) => name.replace('.', '\\.')).join('|')}) `);

const shells = ['sh', 'bash'].filter((shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0);
const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('every command of every sandbox account', () => {
  test.each(Object.entries(hostile))('with %s in its names', (_, text) => {
    const lines = new Set<string>();
    const expected: string[][] = [];
    for (const account of sandboxAccounts)
      for (const { findings } of diagnose(spoil(account.build(), text)).mappings)
        for (const { fixes } of findings)
          for (const { changes, commands = [] } of fixes) {
            for (const { undo, ...call } of changes)
              for (const made of undo === null ? [call] : [call, undo])
                lines.add(renderCli(made, { region: 'eu-west-1' }));
            for (const command of commands) lines.add(command);
          }
    expect(lines.size).toBeGreaterThan(30);
    for (const shell of shells) {
      // A pipe between two programs is ours; every other word is a word.
      const calls = paste(shell, [...lines].join('\n'));
      expect(existsSync(touched), shell).toBe(false);
      expect(new Set(calls.map(([program]) => program)).size).toBeGreaterThan(1);
      expect(calls.length).toBeGreaterThanOrEqual(lines.size);
      for (const call of calls) expect(programs).toContain(call[0]);
      // No name has become an option; after an option of ours the next word is always its value.
      const options = calls.filter(
        (call) => !(call.at(call.indexOf(text) - 1) ?? '').startsWith('--') && call.includes(text),
      );
      if (text.startsWith('-')) expect(options).toEqual([]);
      expected.push(...calls);
    }
    if (!/^[-~]/.test(text)) expect(expected.some((call) => call.some((word) => word.includes(text)))).toBe(true);
  });
});

test.skipIf(isWindows).each(Object.entries(hostile))('what is printed as text, with %s', async (_, text) => {
  let commands = 0;
  for (const name of [
    'nat-blackhole',
    'secret-misspelt',
    'permissions-boundary',
    'trust',
    'wrong-port',
    'kafka-acl',
    'managed-policy-only',
  ]) {
    const account = sandboxAccounts.find((candidate) => candidate.name === name)!;
    const file = join(folder, 'snapshot.json');
    writeFileSync(file, formatSnapshot(spoil(account.build(), text)));
    for (const words of [
      ['doctor', '--snapshot', file, '--verbose'],
      ['doctor', '--snapshot', file, '--plan'],
      ['policy', '--snapshot', file, '--for', 'acls'],
    ]) {
      const { stdout } = await runInProcess(words);
      const lines = stdout.split('\n').filter((line) => command.test(line) || /^ +--/.test(line));
      commands += lines.filter((line) => command.test(line)).length;
      for (const shell of shells) {
        for (const call of paste(shell, lines.join('\n'))) expect(programs).toContain(call[0]);
        expect(existsSync(touched)).toBe(false);
      }
    }
  }
  expect(commands).toBeGreaterThan(20);
});
