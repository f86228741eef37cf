/** `secret create` that was interrupted between its two calls: the same command again makes what is missing. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { openAccount } from '../../src/sandbox/index.js';
import { startDouble } from '../wire/double.js';
import { run } from './program.js';

const keyId = '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b';
const command = (username: string, ...more: string[]) =>
  ['secret', 'create', 'resumed', '--username', username, '--kms-key', keyId, '--cluster', 'orders-cluster'].concat(
    '--password-stdin',
    '--yes',
    ...more,
  );

/** An account whose associations can be refused; `made` are the changes in their order. */
async function account() {
  const sandbox = openAccount('scram')!;
  const state = { refuse: true, hide: false, made: [] as string[], associated: [] as string[] };
  const double = await startDouble(((call) => {
    if (call.operation === 'CreateSecret' || call.operation === 'BatchAssociateScramSecret')
      state.made.push(call.operation);
    if (
      (call.operation === 'BatchAssociateScramSecret' && state.refuse) ||
      (call.operation === 'GetSecretValue' && state.hide)
    )
      throw Object.assign(new Error('refused'), { name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } });
    if (call.operation === 'BatchAssociateScramSecret')
      state.associated.push(...(call.input as { SecretArnList: string[] }).SecretArnList);
    if (call.operation === 'ListScramSecrets') return Promise.resolve({ SecretArnList: state.associated });
    return sandbox.answer(call);
  }) as Answerer);
  const again = (password: string, ...words: string[]) =>
    run(words, { input: password, env: { AWS_ENDPOINT_URL: double.url } });
  return { state, again, close: () => double.close() };
}

describe('the same command again', () => {
  test('makes the association alone, and a third time nothing', async () => {
    const { state, again, close } = await account();
    const password = randomUUID();
    try {
      const first = await again(password, ...command('orders-reader'));
      expect(first.exitCode).not.toBe(0);
      expect(state.made).toEqual(['CreateSecret', 'BatchAssociateScramSecret']);
      state.refuse = false;
      state.made = [];
      const second = await again(password, ...command('orders-reader'));
      expect([second.exitCode, state.made]).toEqual([0, ['BatchAssociateScramSecret']]);
      expect(second.stdout).toContain('The secret was kept and associated');
      state.made = [];
      const third = await again(password, ...command('orders-reader', '--output', 'json'));
      expect([third.exitCode, state.made]).toEqual([0, []]);
      expect(JSON.parse(third.stdout)).toMatchObject({ changed: 0, outcome: 'done' });
      for (const { stdout, stderr } of [first, second, third]) expect(stdout + stderr).not.toContain(password);
    } finally {
      await close();
    }
  });

  test.each<[string, (password: string) => [string, string], boolean]>([
    ['another password', () => [randomUUID(), 'orders-reader'], false],
    ['another user name', (password) => [password, 'orders-writer'], false],
    ['a content that may not be read', (password) => [password, 'orders-reader'], true],
  ])('with %s the secret is in the way', async (_, given, hide) => {
    const { state, again, close } = await account();
    const password = randomUUID();
    try {
      await again(password, ...command('orders-reader'));
      Object.assign(state, { refuse: false, hide, made: [] });
      const [secondPassword, username] = given(password);
      const { exitCode, stdout, stderr } = await again(secondPassword, ...command(username));
      expect([exitCode, state.made]).toEqual([2, []]);
      expect(stderr).toContain('already');
      expect(stdout + stderr).not.toContain(password);
      expect(stdout + stderr).not.toContain(secondPassword);
    } finally {
      await close();
    }
  });

  test('with --dry-run shows the association alone', async () => {
    const { state, again, close } = await account();
    const password = randomUUID();
    try {
      await again(password, ...command('orders-reader'));
      state.made = [];
      const { exitCode, stdout } = await again(password, ...command('orders-reader', '--dry-run', '--output', 'json'));
      expect([exitCode, state.made]).toEqual([0, []]);
      const { plan } = JSON.parse(stdout) as { plan: { operation: string }[] };
      expect(plan.map(({ operation }) => operation)).toEqual(['BatchAssociateScramSecret']);
    } finally {
      await close();
    }
  });
});
