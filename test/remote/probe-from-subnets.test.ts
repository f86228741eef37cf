/** Temporary functions: one in each subnet, and none is left, wherever a run ends. */
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { findLeftovers } from '../../src/remote/leftovers.js';
import { probeFromSubnets } from '../../src/remote/probe-from-subnets.js';
import { removeFunction } from '../../src/remote/temporary-function.js';
import { awsError } from '../../src/sandbox/answers.js';
import { clientsOf, fastClock, password, reaching, remoteAccount, settingOf, type RemoteAccount } from './support.js';

const leftIn = async ({ sandbox }: RemoteAccount): Promise<string[]> => {
  const leftovers = await findLeftovers(clientsOf((call) => sandbox.answer(call)));
  if (!leftovers.ok) throw new Error(leftovers.refusal.because);
  return [...leftovers.found, ...leftovers.kept].map(({ name }) => name);
};

const noSecret = {
  result: null,
  secret: { name: 'AccessDeniedException', because: 'not authorized', answered: true },
  services: [],
};

test('one function in each subnet of the pollers, with their security groups and the execution role; then none', async () => {
  const account = remoteAccount();
  const created: Record<string, unknown>[] = [];
  const clients = clientsOf((call) => {
    if (call.operation === 'CreateFunction') created.push(call.input as Record<string, unknown>);
    return account.sandbox.answer(call);
  });
  const outcome = await probeFromSubnets(account.run, settingOf(clients));
  const subnets = account.run.plan.functions.map(({ subnet }) => subnet);
  expect(subnets.length).toBeGreaterThan(1);
  expect(outcome.subnets.map(({ subnet, refusal }) => [subnet, refusal])).toEqual(subnets.map((id) => [id, null]));
  expect(created.map((input) => (input['VpcConfig'] as { SubnetIds: string[] }).SubnetIds)).toEqual(
    subnets.map((id) => [id]),
  );
  for (const input of created) {
    expect(input).toMatchObject({
      Role: account.run.plan.roleArn,
      Tags: { 'msk-lambda:run': '0a1b2c3d', 'msk-lambda:expires': '2026-11-01T00:30:00.000Z' },
    });
    expect(input).not.toHaveProperty('Environment');
  }
  expect(outcome.left).toEqual([]);
  expect(await leftIn(account)).toEqual([]);
});

test('the payload has the login only after the role could not read the secret, and the user is told', async () => {
  const account = remoteAccount();
  const plain = settingOf(clientsOf((call) => account.sandbox.answer(call)));
  await probeFromSubnets(account.run, plain);
  expect(JSON.stringify(account.events)).not.toContain(password);
  expect(plain.notes).toEqual([]);

  const refused = remoteAccount([noSecret, noSecret, noSecret, reaching]);
  const calls: string[] = [];
  const setting = settingOf(
    clientsOf((call) => {
      if (call.operation !== 'Invoke') calls.push(JSON.stringify(call.input));
      return refused.sandbox.answer(call);
    }),
  );
  const { subnets } = await probeFromSubnets(refused.run, setting);
  const ofLogin = (kind: string): unknown[] => refused.events.filter(({ login }) => login.kind === kind);
  expect(ofLogin('given').length).toBe(subnets.length);
  expect(JSON.stringify(ofLogin('secret'))).not.toContain(password);
  expect(calls.join()).not.toContain(password);
  expect(setting.notes).toHaveLength(subnets.length);
  expect(subnets.every(({ secret }) => secret?.name === 'AccessDeniedException')).toBe(true);
});

/** Far more calls than a run makes. */
const numbers = Array.from({ length: 16 }, (_, index) => index + 1);

describe.each(['before', 'after'] as const)('killed %s the call was carried out', (when) => {
  test.each(numbers)('at call %i: --clean leaves nothing', async (number) => {
    const account = remoteAccount();
    let calls = 0;
    let isDead = false;
    let die = (): void => {};
    const dead = new Promise<void>((resolve) => (die = resolve));
    const never = new Promise<never>(() => {});
    const dying: Answerer = async (call) => {
      if (isDead) return never;
      if (++calls !== number) return account.sandbox.answer(call);
      isDead = true;
      if (when === 'after') await account.sandbox.answer(call);
      die();
      return never;
    };
    await Promise.race([dead, probeFromSubnets(account.run, settingOf(clientsOf(dying)))]);
    const clients = clientsOf((call) => account.sandbox.answer(call));
    for (const name of await leftIn(account)) await removeFunction({ clients, clock: fastClock() }, name);
    expect(await leftIn(account)).toEqual([]);
  });
});

test.each(numbers)('Ctrl-C at call %i: nothing is left', async (number) => {
  const account = remoteAccount();
  const controller = new AbortController();
  let calls = 0;
  const clients = clientsOf((call) => {
    if (++calls === number) controller.abort(new Error('interrupted'));
    return account.sandbox.answer(call);
  });
  const setting = settingOf(clients, controller.signal);
  const run = probeFromSubnets(account.run, setting).catch((error: Error) => error.message);
  expect([await run, controller.signal.aborted]).toSatisfy(
    ([result, aborted]) => (result === 'interrupted') === aborted,
  );
  expect(await leftIn(account)).toEqual([]);
  if (controller.signal.aborted) expect(setting.notes.join(' ')).toMatch(/probe --clean.*Removed\./);
});

test.each(['CreateFunction', 'GetFunctionConfiguration', 'Invoke', 'DeleteFunction'])(
  'a lost answer of %s: nothing is left, and a created function is used',
  async (operation) => {
    const account = remoteAccount();
    const lost = new Set<string>();
    const clients = clientsOf(async (call) => {
      const answer = await account.sandbox.answer(call);
      const name = (call.input as { FunctionName?: string }).FunctionName ?? '';
      if (call.operation !== operation || lost.has(name)) return answer;
      lost.add(name);
      throw awsError('InternalFailure', 'lost', 500);
    });
    const { subnets, left } = await probeFromSubnets(account.run, settingOf(clients));
    expect(left).toEqual([]);
    expect(await leftIn(account)).toEqual([]);
    if (operation === 'CreateFunction' || operation === 'DeleteFunction')
      expect(subnets.map(({ refusal }) => refusal)).toEqual(subnets.map(() => null));
  },
);

test.each([
  [
    'AccessDeniedException',
    'User: x is not authorized to perform: lambda:CreateFunction with an explicit deny in a service control policy',
    /service control policy/,
    null,
  ],
  ['CodeSigningConfigNotFoundException', 'x', /signed code/, null],
  [
    'InvalidParameterValueException',
    'The role defined for the function cannot be assumed by Lambda.',
    /cannot assume the execution role/,
    'access.trust',
  ],
  [
    'InvalidParameterValueException',
    'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    /network interfaces/,
    'access.network-interfaces',
  ],
  ['AccessDeniedException', 'not authorized to perform: iam:PassRole on resource: x', /iam:PassRole/, null],
  ['AccessDeniedException', 'no', /Your credentials need lambda:CreateFunction/, null],
])('a refusal is named: %s, %s', async (name, message, because, check) => {
  const account = remoteAccount();
  const clients = clientsOf((call) => {
    if (call.operation === 'CreateFunction') throw awsError(name, message, name.startsWith('Access') ? 403 : 400);
    return account.sandbox.answer(call);
  });
  const { subnets, left } = await probeFromSubnets(account.run, settingOf(clients));
  for (const { refusal } of subnets) {
    expect(refusal?.because).toMatch(because);
    expect(refusal?.check).toBe(check);
  }
  expect(left).toEqual([]);
});

test.each([
  ['EniLimitExceeded', /quota of network interfaces/],
  ['SubnetOutOfIPAddresses', /no free IP address/],
  ['InsufficientRolePermissions', /network interfaces/],
])('a function that fails with %s is named and removed', async (code, because) => {
  const account = remoteAccount();
  const clients = clientsOf(async (call) => {
    const answer = await account.sandbox.answer(call);
    return call.operation === 'GetFunctionConfiguration'
      ? { ...answer, State: 'Failed', StateReasonCode: code, StateReason: 'x' }
      : answer;
  });
  const { subnets } = await probeFromSubnets(account.run, settingOf(clients));
  for (const { refusal } of subnets) expect(refusal?.because).toMatch(because);
  expect(await leftIn(account)).toEqual([]);
});

test('a function that stays Pending ends the wait', async () => {
  const account = remoteAccount();
  const clients = clientsOf(async (call) => ({
    ...(await account.sandbox.answer(call)),
    ...(call.operation === 'GetFunctionConfiguration' ? { State: 'Pending' } : {}),
  }));
  const { subnets } = await probeFromSubnets(account.run, settingOf(clients));
  for (const { refusal } of subnets) expect(refusal?.because).toMatch(/did not finish the network interfaces/);
  expect(await leftIn(account)).toEqual([]);
});

test('zero concurrency is named, and a function that cannot be deleted too', async () => {
  const account = remoteAccount();
  const clients = clientsOf((call) => {
    if (call.operation === 'Invoke') throw awsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    if (call.operation === 'DeleteFunction') throw awsError('AccessDeniedException', 'no', 403);
    return account.sandbox.answer(call);
  });
  const { subnets, left, removed } = await probeFromSubnets(account.run, settingOf(clients));
  for (const { refusal } of subnets) expect(refusal?.because).toMatch(/no free concurrency/);
  expect(removed).toEqual([]);
  expect(left.map(({ because }) => because)).toEqual(
    left.map(() => expect.stringContaining('lambda:DeleteFunction') as string),
  );
});

test('--clean leaves a function without the tag alone', async () => {
  const account = remoteAccount();
  const clients = clientsOf(async (call) =>
    call.operation === 'ListFunctions'
      ? { Functions: [{ FunctionName: 'msk-lambda-probe-mine', FunctionArn: 'arn:aws:lambda:eu-west-1:1:function:x' }] }
      : call.operation === 'ListTags'
        ? { Tags: {} }
        : account.sandbox.answer(call),
  );
  expect(await findLeftovers(clients)).toMatchObject({
    ok: true,
    found: [],
    kept: [{ name: 'msk-lambda-probe-mine' }],
  });
});
