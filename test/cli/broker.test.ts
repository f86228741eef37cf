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
