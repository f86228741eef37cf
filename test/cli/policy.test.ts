/** The policy of a mapping of which something could not be read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatSnapshot } from '../../src/snapshot/file.js';
import type { DoctorDocument } from '../../src/report/documents/doctor.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { accountWith, denied, deny, secretArn, uuid, type HealthyOptions } from '../accounts/account.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-policy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['secrets', 'secretsmanager', 'DescribeSecret'],
  ['keys', 'kms', 'DescribeKey'],
] as const)('without %s nobody says that no right on a key is needed', async (collection, service, operation) => {
  const file = join(folder, `${collection}.json`);
  writeFileSync(
    file,
    formatSnapshot(accountWith((snapshot) => deny(snapshot, collection, service, operation), { auth: 'scram' })),
  );
  const policy = (...words: string[]) => runInProcess(['policy', uuid, '--snapshot', file, ...words]);
  for (const words of [[], ['--for', 'key'], ['--check', 'order-handler-role']])
    expect(await policy(...words), words.join(' ')).toMatchObject({ exitCode: 3, stdout: '' });
  const ran = await policy('--for', 'secretsmanager-endpoint');
  expect(ran.exitCode).toBe(0);
  expect(ran.stdout).toContain(secretArn);
});

test('the policy for doctor allows reading the content of the secrets for a schema registry', async () => {
  const ran = await runInProcess(['policy', uuid, '--for', 'doctor', '--sandbox', 'registry-with-oauth']);
  const { Statement: statements } = JSON.parse(ran.stdout) as { Statement: { Sid: string; Resource: string }[] };
  expect(statements.find(({ Sid }) => Sid === 'JudgeSecrets')?.Resource).toMatch(/:secret:registry-login-/);
});

describe('--only-missing', () => {
  const missing = (...words: string[]) => runInProcess(['policy', '--for', 'doctor', '--only-missing', ...words]);
  const actionsIn = (document: string): string[] =>
    (JSON.parse(document) as { Statement: { Action: string[] }[] }).Statement.flatMap(({ Action: actions }) => actions);
  const snapshotFile = (name: string, change: (snapshot: Snapshot) => void, options: HealthyOptions = {}): string => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, formatSnapshot(accountWith(change, options)));
    return file;
  };

  test.each(['half-readable', 'works-half-readable'])('%s: exactly the actions that doctor names', async (name) => {
    const doctor = await runInProcess(['doctor', '--sandbox', name, '--output', 'json']);
    const { coverage } = JSON.parse(doctor.stdout) as DoctorDocument;
    expect(coverage.missingActions).not.toEqual([]);
    const json = await missing('--sandbox', name, '--output', 'json');
    expect(json).toMatchObject({ exitCode: 0, stderr: '' });
    expect(actionsIn(json.stdout).toSorted()).toEqual(coverage.missingActions);
    expect((await missing('--sandbox', name, '--quiet')).stdout).toBe(`${coverage.missingActions.join('\n')}\n`);
    const text = await missing(uuid, '--sandbox', name);
    const [head, policy] = [
      text.stdout.slice(0, text.stdout.indexOf('{')),
      text.stdout.slice(text.stdout.indexOf('{')),
    ];
    expect(head.replaceAll('\n', ' ')).toBe(
      `Send this to an administrator: your credentials (arn:aws:iam::111122223333:user/you) lack these ${coverage.missingActions.length} actions.  `,
    );
    expect(policy).toBe(json.stdout);
  });

  test('is the command that doctor names', async () => {
    const { stdout } = await runInProcess(['doctor', '--sandbox', 'half-readable']);
    const [, line] = /^ +msk-lambda (policy .*--only-missing.*)$/m.exec(stdout)!;
    expect((await runInProcess(line!.split(' '))).stdout).toMatch(/^Send this to an administrator: .* lack these 7/);
  });

  test('nothing is missing', async () => {
    for (const words of [[], [uuid]])
      expect(await missing(...words, '--sandbox', 'nat')).toMatchObject({
        exitCode: 0,
        stdout: 'Your credentials (arn:aws:iam::111122223333:user/you) lack no action that doctor needs here.\n',
      });
    expect(JSON.parse((await missing('--sandbox', 'nat', '--output', 'json')).stdout)).toEqual({
      Version: '2012-10-17',
      Statement: [],
    });
    expect((await missing('--sandbox', 'nat', '--output', 'terraform')).stdout).toMatch(/^# Your credentials/);
    expect((await missing('--sandbox', 'scram', '--no-secret-values')).exitCode).toBe(0);
  });

  test('the content of a secret is allowed for that secret only', async () => {
    const file = snapshotFile(
      'content',
      (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'),
      { auth: 'scram' },
    );
    const { stdout } = await missing('--snapshot', file, '--output', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: secretArn }],
    });
  });

  test('a refused list of mappings is missing, and more may be', async () => {
    const file = snapshotFile('list', (snapshot) => {
      snapshot.targets = [];
      snapshot.mappings = {};
      snapshot.mappingLists = { '*': denied('lambda', 'ListEventSourceMappings') };
    });
    const ran = await missing('--snapshot', file);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toContain('"lambda:ListEventSourceMappings"');
  });

  test('reads that failed for other reasons give no assurance', async () => {
    const file = snapshotFile('throttled', (snapshot) => {
      for (const key of Object.keys(snapshot.roles))
        snapshot.roles[key] = { ...denied('iam', 'GetRole', key), outcome: 'throttled', error: 'ThrottlingException' };
    });
    const ran = await missing('--snapshot', file);
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout.replaceAll('\n', ' ')).toMatch(
      / Not read for other reasons: .*iam:GetRole \(ThrottlingException\)/,
    );
  });

  test('goes with --for doctor, without a planned mapping', async () => {
    expect(await runInProcess(['policy', uuid, '--only-missing', '--sandbox', 'nat'])).toMatchObject({ exitCode: 2 });
    expect((await missing('--topic', 'orders')).exitCode).toBe(2);
  });
});
