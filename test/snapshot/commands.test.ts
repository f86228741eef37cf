import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toDoctorDocument } from '../../src/report/documents/doctor.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { formatSnapshot, parseSnapshot, SnapshotFileError } from '../../src/snapshot/file.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { healthyAccount, uuid } from '../accounts/account.js';
import { runInProcess } from '../cli/in-process.js';
import { runs } from '../random/seed.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
});
afterAll(() => rm(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const parsed = async (name: string) => JSON.parse(await readFile(at(name), 'utf8')) as Snapshot;

describe('the command snapshot', () => {
  test('writes a file for its owner alone, whole or not at all', async () => {
    const { exitCode, stdout, stderr } = await runInProcess([
      'snapshot',
      '--sandbox',
      'nat-blackhole',
      '-o',
      at('one.json'),
    ]);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toContain('Wrote 1 mapping');
    expect((await stat(at('one.json'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(parseSnapshot(await readFile(at('one.json'), 'utf8')).targets).toEqual([uuid]);
  });

  test('takes the options of every answer, and says nothing with --quiet', async () => {
    for (const format of ['json', 'text'])
      expect(
        await runInProcess([
          'snapshot',
          '--sandbox',
          'nat',
          '--output',
          format,
          '--quiet',
          '--output-file',
          at('quiet.json'),
        ]),
      ).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(parseSnapshot(await readFile(at('quiet.json'), 'utf8')).targets).toEqual([uuid]);
  });

  test('a pipe that is named as the file is written to, and stays a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reading = readFile(at('pipe'), 'utf8');
    expect((await runInProcess(['snapshot', '--sandbox', 'nat', '-o', at('pipe')])).exitCode).toBe(0);
    expect(parseSnapshot(await reading).targets).toEqual([uuid]);
    expect((await stat(at('pipe'))).isFIFO()).toBe(true);
  });

  test('what it wrote is judged as the account is, by every command', async () => {
    await runInProcess(['snapshot', '--sandbox', 'nat-blackhole', '-o', at('two.json')]);
    const [live, file] = await Promise.all(
      [
        ['--sandbox', 'nat-blackhole'],
        ['--snapshot', at('two.json')],
      ].map((from) => runInProcess(['doctor', '--output', 'json', ...from])),
    );
    const judged = ({ stdout }: { stdout: string }) => ({
      ...(JSON.parse(stdout) as object),
      capturedAt: '',
      reads: [],
    });
    expect(judged(file!)).toEqual(judged(live!));
    expect(file!.exitCode).toBe(1);
    for (const command of ['network', 'inspect', 'list', 'broker', 'policy']) {
      const { exitCode, stdout } = await runInProcess([
        command,
        ...(command === 'broker' || command === 'policy' ? [uuid] : []),
        '--snapshot',
        at('two.json'),
        '--output',
        'json',
      ]);
      expect([command, exitCode <= 1, stdout.startsWith('{')]).toEqual([command, true, true]);
    }
  });

  test('--anonymize: the same first cause and exit code, the same tokens for the same key', async () => {
    const anonymous = (name: string, ...more: string[]) =>
      runInProcess(['snapshot', '--sandbox', 'managed-policy-only', '--anonymize', ...more, '-o', at(name)]);
    for (const name of ['key-1.json', 'key-2.json'])
      expect((await anonymous(name, '--anonymize-key', 'k')).exitCode).toBe(0);
    await anonymous('random.json');
    const [first, two, random] = await Promise.all(['key-1.json', 'key-2.json', 'random.json'].map(parsed));
    expect(first!.targets).toEqual(two!.targets);
    expect(first!.targets).not.toEqual(random!.targets);
    const { exitCode, stdout } = await runInProcess(['doctor', '--snapshot', at('random.json'), '--quiet']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/broken access\.kafka-connect/);
  });

  test('an anonymous file is made of a file as well, and the key alone is wrong usage', async () => {
    await runInProcess(['snapshot', '--sandbox', 'nat', '-o', at('plain.json')]);
    expect(
      (await runInProcess(['snapshot', '--snapshot', at('plain.json'), '--anonymize', '-o', at('hidden.json')]))
        .exitCode,
    ).toBe(0);
    expect((await parsed('hidden.json')).caller).toBeNull();
    expect((await runInProcess(['snapshot', '--sandbox', '--anonymize-key', 'k'])).exitCode).toBe(2);
  });

  test('diff tells what changed and which checks turned', async () => {
    await Promise.all(
      [
        ['nat', 'before.json'],
        ['nat-blackhole', 'after.json'],
      ].map(([name, file]) => runInProcess(['snapshot', '--sandbox', name!, '-o', at(file!)])),
    );
    const { stdout, exitCode } = await runInProcess(['snapshot', 'diff', at('before.json'), at('after.json')]);
    expect(
      (await runInProcess(['snapshot', 'diff', at('before.json'), at('after.json'), '--output-file', at('diff.txt')]))
        .stdout,
    ).toBe('');
    expect(await readFile(at('diff.txt'), 'utf8')).toBe(stdout);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/~ routeTables vpc-.*\n.*State: "active" → "blackhole"/);
    expect(stdout).toMatch(/network\.aws-path: pass → fail/);
  });
});

describe('a file that is none to be judged', () => {
  const whole = () => formatSnapshot(healthyAccount());
  const files: [string, () => Buffer | string, RegExp][] = [
    ['is not there', () => '', /file not found/],
    ['is empty', () => '', /is empty/],
    ['holds twenty million blanks', () => Buffer.alloc(20_000_000, ' '), /begins with blanks only/],
    ['is compressed', () => gzipSync(whole()), /is compressed/],
    ['is in UTF-16', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(whole(), 'utf16le')]), /UTF-16/],
    ['is cut off', () => whole().slice(0, 5000), /may have been cut off/],
    ['is foreign', () => '{"Resources": {}}', /JSON, but not a snapshot of msk-lambda/],
    ['is a page of HTML', () => '<html></html>', /is not a snapshot of msk-lambda/],
    [
      'is nested a million deep',
      () => `{"kind":"msk-lambda snapshot","schemaVersion":1,"x":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
      /damaged at tool/,
    ],
    [
      'has members of a prototype',
      () => whole().replace('"functions": {', '"functions": {"__proto__": {"outcome": "ok"}, "constructor": 7,'),
      /damaged at functions/,
    ],
    ['is of a later version', () => whole().replace('"schemaVersion": 1', '"schemaVersion": 2'), /schemaVersion 2/],
  ];
  test.each(files)('that %s: a sentence and exit 2', async (what, make, sentence) => {
    const path = at('damaged.json');
    if (what === 'is not there') await rm(path, { force: true });
    else await writeFile(path, make());
    const { exitCode, stdout, stderr } = await runInProcess(['doctor', '--snapshot', path]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('with a byte order mark it is judged all the same', async () => {
    await writeFile(at('marked.json'), `\uFEFF${whole()}`);
    expect((await runInProcess(['doctor', '--snapshot', at('marked.json')])).exitCode).toBe(0);
  });
});

describe('hostile values in a file', () => {
  const values = fc.constantFrom<unknown>(
    '',
    '*',
    'constructor',
    '__proto__',
    'toString',
    'arn:',
    'arn:aws:kafka:::cluster/',
    '10.0.0.0/33',
    '999.1.1.1',
    '0.0.0.0/0',
    '\u001b[31m\u202e',
    '{',
    '{"Statement":7}',
    '{"Statement":[{"Effect":"Allow"}]}',
    'x'.repeat(10_000),
    '-1',
    'NaN',
    -1,
    0,
    1e308,
    true,
    null,
    [],
    {},
    '['.repeat(20_000),
  );
  /** Every place of a value in a JSON document. */
  function* places(node: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
    if (typeof node !== 'object' || node === null) yield path;
    else for (const [name, inner] of Object.entries(node)) yield* places(inner, [...path, name]);
  }
  const accounts = (['iam', 'scram', 'mtls'] as const).map(
    (auth) => JSON.parse(formatSnapshot(healthyAccount({ auth }))) as unknown,
  );
  const all = accounts.map((account) => [...places(account)]);

  test('are refused in a sentence or judged, and never crash', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 4 }), (which, changes) => {
        const account = structuredClone(accounts[which]);
        for (const [number, value] of changes) {
          const path = all[which]![number % all[which]!.length]!;
          let node = account as Record<string, unknown>;
          for (const name of path.slice(0, -1))
            node = (typeof node[name] === 'object' && node[name] !== null ? node[name] : {}) as Record<string, unknown>;
          node[path.at(-1)!] = value;
        }
        try {
          const snapshot = parseSnapshot(JSON.stringify(account));
          JSON.stringify(toDoctorDocument(diagnose(snapshot), snapshot.tool));
        } catch (error) {
          if (!(error instanceof SnapshotFileError)) throw error;
        }
      }),
      { numRuns: runs(150) },
    );
  });
});
