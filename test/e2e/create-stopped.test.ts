/** The built program is stopped, or killed, in the middle of a change; run again, it makes what was asked, once. */
import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { isOk } from '../../src/snapshot/read.js';
import { uuid } from '../../src/sandbox/healthy.js';
import { serve, type Account } from './account.js';
import { spawnProgram, type Ran } from './program.js';

const account = 'rights-by-wildcard';
const payments = [
  'create',
  '--function',
  'order-handler',
  '--cluster',
  'orders-cluster',
  '--topic',
  'payments',
  '--starting-position',
  'TRIM_HORIZON',
  '--yes',
  '--wait',
];

interface Stop {
  /** The call at which it is stopped, and at which time of it. */
  call: string;
  time: number;
  /** Whether the call was carried out before. */
  carriedOut: boolean;
  signal: NodeJS.Signals;
}

/** Between the account and the program that runs against it. */
interface Hook {
  stop: Stop | null;
  kill: (name: NodeJS.Signals) => void;
  ended: Promise<Ran> | null;
}

/** Runs until the call comes, and sends the signal there. */
async function stopAt(world: Account, hook: Hook, stop: Stop, words: readonly string[]): Promise<Ran> {
  hook.stop = stop;
  hook.ended = spawnProgram([...words, '--timeout', '600'], {
    env: { AWS_ENDPOINT_URL: world.double.url },
    started: (kill) => {
      hook.kill = kill;
    },
  });
  const ran = await hook.ended;
  expect(hook.stop, `${stop.call} never came`).toBeNull();
  return ran;
}

async function stoppable(name: string) {
  const hook: Hook = { stop: null, kill: () => {}, ended: null };
  const world = await serve(name, undefined, (sandboxAnswer): Answerer => {
    const times = new Map<string, number>();
    return async (call) => {
      times.set(call.operation, (times.get(call.operation) ?? 0) + 1);
      const { stop } = hook;
      if (stop === null || call.operation !== stop.call || times.get(call.operation)! < stop.time)
        return sandboxAnswer(call);
      hook.stop = null;
      const answer = stop.carriedOut ? await sandboxAnswer(call) : null;
      hook.kill(stop.signal);
      // The program hears no answer any more.
      await hook.ended;
      return answer ?? { $metadata: {} };
    };
  });
  return { world, hook };
}

describe('killed', () => {
  test.each<[string, Omit<Stop, 'signal'>]>([
    ['while it looks for the function', { call: 'GetFunctionConfiguration', time: 1, carriedOut: true }],
    ['while it looks whether the mapping is there', { call: 'ListEventSourceMappings', time: 1, carriedOut: true }],
    ['while it reads the network', { call: 'DescribeRouteTables', time: 1, carriedOut: true }],
    ['before the mapping is made', { call: 'CreateEventSourceMapping', time: 1, carriedOut: false }],
    ['after it was made', { call: 'CreateEventSourceMapping', time: 1, carriedOut: true }],
    ['at the first look at it', { call: 'GetEventSourceMapping', time: 1, carriedOut: true }],
    ['while it waits', { call: 'GetEventSourceMapping', time: 3, carriedOut: true }],
  ])('%s', async (_, stop) => {
    const { world, hook } = await stoppable(account);
    const killed = await stopAt(world, hook, { ...stop, signal: 'SIGKILL' }, payments);
    expect(killed.exitCode).toBeNull();
    const again = await world.json(...payments);
    expect([again.exitCode, again.document.mapping?.lastProcessingResult], again.document.message).toEqual([0, 'OK']);
    expect(world.mappings()).toEqual(['orders', 'payments']);
  });
});

describe('stopped by Ctrl-C', () => {
  const undoFolder = mkdtempSync(join(tmpdir(), 'msk-lambda-'));
  afterAll(() => rm(undoFolder, { recursive: true }));

  test('while it waits: the mapping stays, and how to go on is said', async () => {
    const { world, hook } = await stoppable(account);
    const ran = await stopAt(
      world,
      hook,
      { call: 'GetEventSourceMapping', time: 2, carriedOut: true, signal: 'SIGINT' },
      payments,
    );
    const made = Object.values(world.sandbox.snapshot().mappings)
      .filter(isOk)
      .find(({ value }) => value.UUID !== uuid)!.value;
    expect([ran.exitCode, ran.stdout]).toEqual([130, '']);
    expect(ran.stderr).toContain(
      `The mapping ${made.UUID} was created and is kept. Continue with \`msk-lambda doctor ${made.UUID} --wait\``,
    );
  });

  test('while it asks AWS: that it may be there is said', async () => {
    const { world, hook } = await stoppable(account);
    const ran = await stopAt(
      world,
      hook,
      { call: 'CreateEventSourceMapping', time: 1, carriedOut: true, signal: 'SIGINT' },
      payments,
    );
    expect(ran.exitCode).toBe(130);
    expect(ran.stderr).toMatch(/The call to create the mapping was sent[\s\S]*interrupted/);
  });

  test.each<{ name: string; words: string[]; call: string; sentence: RegExp }>([
    {
      name: 'update',
      words: ['update', uuid, '--batch-size', '5', '--yes'],
      call: 'UpdateEventSourceMapping',
      sentence: /^The call to update the mapping/,
    },
    {
      name: 'delete',
      words: ['delete', uuid, '--yes'],
      call: 'DeleteEventSourceMapping',
      sentence: /^The call to delete the mapping .*--consumer-group/,
    },
    {
      name: 'recreate',
      words: ['recreate', uuid, '--yes'],
      call: 'DeleteEventSourceMapping',
      sentence: /The call to delete the mapping .* create it again: msk-lambda create /,
    },
    {
      name: 'doctor --fix',
      words: ['doctor', '--fix', '--yes', '--undo-file', join(undoFolder, 'undo.json')],
      call: 'AuthorizeSecurityGroupIngress',
      sentence:
        /\nAWS did not answer yet and may have made step 1 of 1 \(ec2 AuthorizeSecurityGroupIngress sg-\S+\)\.\nTo revert .*: msk-lambda undo \S+\/undo\.json\n/,
    },
  ])('while AWS carries out $name: that it may have done so is said', async ({ words, call, sentence }) => {
    const { world, hook } = await stoppable(call.startsWith('Authorize') ? 'no-self-reference' : account);
    const ran = await stopAt(world, hook, { call, time: 1, carriedOut: true, signal: 'SIGINT' }, words);
    expect([ran.exitCode, ran.stdout]).toEqual([130, '']);
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr).not.toContain('Nothing was changed.');
  });

  test('while doctor --wait looks again', async () => {
    const { world, hook } = await stoppable('nat-blackhole');
    const ran = await stopAt(
      world,
      hook,
      { call: 'GetEventSourceMapping', time: 2, carriedOut: true, signal: 'SIGINT' },
      ['doctor', uuid, '--wait', '--wait-timeout', '3600'],
    );
    expect([ran.exitCode, ran.stdout]).toEqual([130, '']);
  });

  test('before anything was done: that nothing was changed is said once', async () => {
    const { world, hook } = await stoppable(account);
    const ran = await stopAt(
      world,
      hook,
      { call: 'DescribeRouteTables', time: 1, carriedOut: true, signal: 'SIGINT' },
      payments,
    );
    expect([ran.exitCode, ran.stderr]).toEqual([130, 'Nothing was changed.\ninterrupted\n']);
    expect(world.mappings()).toEqual(['orders']);
  });
});

describe('apply and recreate', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'msk-lambda-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = async (name: string, mappings: object[]): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, JSON.stringify({ mappings }));
    return path;
  };
  const base = { function: 'order-handler', cluster: 'orders-cluster', startingPosition: 'TRIM_HORIZON' };

  test('apply creates, changes and leaves alone; the second time it changes nothing', async () => {
    const { world } = await stoppable(account);
    const path = await file('two.json', [
      { ...base, topic: 'orders', batchSize: 7 },
      { ...base, topic: 'payments', tags: { team: 'orders' } },
    ]);
    const first = await world.json('apply', '-f', path, '--yes', '--wait');
    expect([first.exitCode, first.document.changed, first.document.plan.map(({ action }) => action)]).toEqual([
      0,
      2,
      ['update', 'create'],
    ]);
    const second = await world.json('apply', '-f', path, '--yes');
    expect([second.exitCode, second.document.changed, second.document.plan.map(({ action }) => action)]).toEqual([
      0,
      0,
      ['none', 'none'],
    ]);
    expect(world.mappings()).toEqual(['orders', 'payments']);
  });

  test('apply stops before anything is made where one of them is blocked', async () => {
    const { world } = await stoppable(account);
    const path = await file('blocked.json', [
      { ...base, topic: 'payments' },
      { ...base, topic: 'nowhere' },
    ]);
    const { exitCode, document } = await world.json('apply', '-f', path, '--yes');
    expect([exitCode, document.changed, document.blockers]).toEqual([1, 0, ['cluster.topic']]);
    expect(world.mappings()).toEqual(['orders']);
  });

  test('apply --prune deletes the others only when that is confirmed', async () => {
    const { world } = await stoppable(account);
    const path = await file('prune.json', [{ ...base, topic: 'payments' }]);
    const unconfirmed = await world.run('apply', '-f', path, '--prune', '--yes');
    expect([unconfirmed.exitCode, unconfirmed.stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`${uuid}[\\s\\S]*--confirm-prune`)) as string,
    ]);
    expect(world.mappings()).toEqual(['orders']);
    const { document } = await world.json('apply', '-f', path, '--prune', '--confirm-prune', '--yes', '--wait');
    expect([document.changed, document.plan.map(({ action }) => action)]).toEqual([2, ['create', 'delete']]);
    expect(world.mappings()).toEqual(['payments']);
  });

  test('apply --prune deletes nothing after something else was refused', async () => {
    const refusing =
      (answer: Answerer): Answerer =>
      async (call) => {
        if (call.operation === 'CreateEventSourceMapping')
          throw Object.assign(new Error('made up'), {
            name: 'InvalidParameterValueException',
            $metadata: { httpStatusCode: 400 },
          });
        return answer(call);
      };
    const world = await serve(account, undefined, refusing);
    const path = await file('prune-refused.json', [{ ...base, topic: 'payments' }]);
    const { exitCode, document } = await world.json('apply', '-f', path, '--prune', '--confirm-prune', '--yes');
    expect([exitCode, document.changed, document.outcome]).toEqual([1, 0, 'refused']);
    expect(document.message).toMatch(
      /order-handler ← payments: Nothing was created.*order-handler ← orders: The mapping \S+ was not deleted/,
    );
    expect(world.mappings()).toEqual(['orders']);
  });

  test('a mapping of the file with a group of its own is followed to another topic', async () => {
    const { world } = await stoppable(account);
    await world.json('delete', uuid, '--yes', '--wait');
    const wanted = { ...base, consumerGroup: 'orders-group' };
    const first = await world.json(
      'apply',
      '-f',
      await file('from.json', [{ ...wanted, topic: 'payments' }]),
      '--yes',
      '--wait',
    );
    const path = await file('to.json', [{ ...wanted, topic: 'orders' }]);
    const { document } = await world.json('apply', '-f', path, '--yes', '--wait');
    expect(
      [document.changed, document.plan[0]?.action, document.plan[0]?.mapping, document.mapping?.topic],
      document.message,
    ).toEqual([1, 'recreate', first.document.mapping?.uuid, 'orders']);
    expect(world.mappings()).toEqual(['orders']);
    expect((await world.json('apply', '-f', path, '--yes')).document.changed).toBe(0);
  });

  test.each<[string, Omit<Stop, 'signal'>]>([
    ['before the old one is deleted', { call: 'DeleteEventSourceMapping', time: 1, carriedOut: false }],
    ['after the old one was deleted', { call: 'DeleteEventSourceMapping', time: 1, carriedOut: true }],
    ['after the new one was made', { call: 'CreateEventSourceMapping', time: 1, carriedOut: true }],
  ])('apply killed in a recreation %s', async (_, stop) => {
    const { world, hook } = await stoppable(account);
    const path = await file('group.json', [{ ...base, topic: 'orders', consumerGroup: 'orders-2' }]);
    const killed = await stopAt(world, hook, { ...stop, signal: 'SIGKILL' }, ['apply', '-f', path, '--yes', '--wait']);
    expect(killed.exitCode).toBeNull();
    if (stop.carriedOut)
      expect(killed.stderr).toMatch(/If this is interrupted.*msk-lambda create .*--consumer-group orders-2/);
    const again = await world.json('apply', '-f', path, '--yes', '--wait');
    expect(again.exitCode, again.document.message).toBe(0);
    expect(world.mappings()).toEqual(['orders']);
    expect((await world.json('apply', '-f', path, '--yes')).document.changed).toBe(0);
  });

  test('recreate keeps the group and the tags, and refuses where records could be lost', async () => {
    const { world } = await stoppable(account);
    const refused = await world.json('recreate', uuid, '--topic', 'payments', '--starting-position', 'LATEST', '--yes');
    expect([refused.exitCode, refused.document.changed, refused.document.message]).toEqual([
      1,
      0,
      expect.stringMatching(/Records could be lost/) as string,
    ]);
    await world.json('update', uuid, '--tag', 'team=orders', '--yes');
    const { exitCode, document } = await world.json(
      'recreate',
      uuid,
      '--topic',
      'payments',
      '--tag',
      'cost=7',
      '--yes',
      '--wait',
    );
    expect([exitCode, document.changed, document.plan[0]!.calls[1]!.input], document.message).toEqual([
      0,
      1,
      expect.objectContaining({ Tags: { team: 'orders', cost: '7' } }),
    ]);
    const made = Object.values(world.sandbox.snapshot().mappings).find(isOk);
    expect(made?.value).toMatchObject({
      Topics: ['payments'],
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid },
    });
    expect(world.mappings()).toEqual(['payments']);
  });
});
