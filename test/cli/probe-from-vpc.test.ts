/** `probe --from-vpc` of sandbox accounts: the code of the function runs, against the brokers of the account. */
import { expect, test } from 'vitest';
import type { ProbeDocument } from '../../src/report/documents/probe.js';
import { runInProcess } from './in-process.js';

test.each([
  ['central-endpoints', 0, 'reaches', []],
  ['nat-blackhole', 1, 'blocked', ['network.aws-path']],
  ['group-forgotten', 1, 'blocked', ['access.kafka-group']],
  ['no-network-interfaces', 1, 'blocked', ['access.network-interfaces']],
  ['trust', 1, 'blocked', ['access.trust']],
])('%s', async (account, code, verdict, failing) => {
  const line = ['probe', '--from-vpc', '--yes', '--sandbox', account, '--output', 'json'];
  const { exitCode, stdout, stderr } = await runInProcess(line);
  const document = JSON.parse(stdout) as ProbeDocument;
  expect([exitCode, document.verdict]).toEqual([code, verdict]);
  expect(document.findings.filter(({ status }) => status === 'fail').map(({ check }) => check)).toEqual(failing);
  expect(document.functions!.every(({ removed }) => removed)).toBe(true);
  expect(document.subnets!.length).toBe(document.functions!.length);
  expect(stderr).not.toMatch(/was not removed/);
});

test('the role reads the secret: the login is in no payload', async () => {
  const line = ['probe', '--from-vpc', '--yes', '--sandbox', 'secret-right-missing', '--output', 'json'];
  const { stdout, stderr } = await runInProcess(line);
  const document = JSON.parse(stdout) as ProbeDocument;
  expect(document.findings[0]!.check).toBe('access.secret');
  expect(stderr).toContain('the login now goes in the payload of the invocation');
});
