/** The policy of a mapping of which something could not be read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatSnapshot } from '../../src/snapshot/file.js';
import { accountWith, deny, secretArn, uuid } from '../accounts/account.js';
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
