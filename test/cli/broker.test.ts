import { expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

async function broker(name: string) {
  const { exitCode, stdout } = await runInProcess(['broker', 'orders-cluster', '--sandbox', name, '--output', 'json']);
  return {
    exitCode,
    ...(JSON.parse(stdout) as { auth: string; because: string; alternatives: { auth: string; usable: boolean }[] }),
  };
}

test('a cluster that asks for a client certificate: what a mapping without one gets, and that it does not get in by it', async () => {
  const { exitCode, auth, because, alternatives } = await broker('mtls');
  expect({
    exitCode,
    auth,
    alternatives: alternatives.map((alternative) => [alternative.auth, alternative.usable]),
  }).toEqual({
    exitCode: 0,
    auth: 'tls',
    alternatives: [['mtls', true]],
  });
  expect(because).toMatch(/the cluster has it disabled, so no client can connect$/);
  expect((await broker('tls')).because).not.toMatch(/nobody/);
});

test.each([
  ['broker', 'ARN'],
  ['topic', 'list', 'ARN'],
  'create --function order-handler --cluster ARN --topic orders --starting-position LATEST --dry-run'.split(' '),
])('the ARN of a cluster that does not exist names one that does: %s', async (...words) => {
  const arn = (name: string) =>
    `arn:aws:kafka:eu-west-1:111122223333:cluster/${name}/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2`;
  const line = words.map((word) => (word === 'ARN' ? arn('order-cluster') : word));
  const { exitCode, stderr } = await runInProcess([...line, '--sandbox', 'endpoints']);
  expect([exitCode, stderr]).toEqual([
    2,
    `error: MSK cluster not found in eu-west-1: ${arn('order-cluster')}.\n  Did you mean: ${arn('orders-cluster')}?\n`,
  ]);
});
