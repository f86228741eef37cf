/** Whatever goes wrong on the way, in whatever order: there is one mapping at most, and what is said of it is true. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { createCall } from '../../src/plan/calls.js';
import { createOnce } from '../../src/plan/execution/create-once.js';
import { repeatChange } from '../../src/plan/execution/repeat-change.js';
import { isOk } from '../../src/snapshot/read.js';
import { uuid } from '../../src/sandbox/healthy.js';
import { awsRefuses, cutOff, liveIn, type Fault, type Life } from '../mapping/support/life.js';
import { least } from '../mapping/support/settings.js';
import { runs } from '../random/seed.js';

const wanted = { ...least, topic: 'payments' };
const faults = [
  'none',
  'cut before',
  'cut after',
  'error after',
  'throttled',
  'in use',
  'not yet',
  'made by another',
  'list refused',
  'list empty',
  'get fails',
] as const;
type FaultName = (typeof faults)[number];

const ownMapping = (life: Life) =>
  Object.values(life.sandbox.snapshot().mappings)
    .filter(isOk)
    .map(({ value }) => value)
    .filter((mapping) => mapping.UUID !== uuid);

/** One fault for each call, in their order, as far as it fits the call. */
function plagued(schedule: readonly FaultName[]): Life {
  let at = 0;
  const other: Answerer = async (call) => life.sandbox.answer(call);
  const fault: Fault = async (call, answer) => {
    const name = schedule[at++] ?? 'none';
    if (call.operation === 'CreateEventSourceMapping') {
      if (name === 'cut before') throw cutOff();
      if (name === 'cut after') return answer().then(() => Promise.reject(cutOff()));
      if (name === 'error after')
        return answer().then(() => Promise.reject(awsRefuses('ServiceException', 'sorry', 500)));
      if (name === 'throttled') throw awsRefuses('TooManyRequestsException', 'Rate exceeded', 429);
      if (name === 'in use') throw awsRefuses('ResourceInUseException', 'in use');
      if (name === 'not yet')
        throw awsRefuses(
          'InvalidParameterValueException',
          'The role defined for the function cannot be assumed by Lambda.',
        );
      if (name === 'made by another')
        await other({ ...call, input: { ...call.input, BatchSize: 7 } }).catch(() => ({}));
    }
    if (call.operation === 'ListEventSourceMappings') {
      if (name === 'list refused') throw awsRefuses('AccessDeniedException', 'no', 403);
      if (name === 'list empty') return { EventSourceMappings: [] };
    }
    if (call.operation === 'GetEventSourceMapping' && name === 'get fails')
      throw awsRefuses('AccessDeniedException', 'no', 403);
    return answer();
  };
  const life: Life = liveIn('rights-by-wildcard', { fault });
  return life;
}

test('a mapping is made once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...faults), { maxLength: 12 }), async (schedule) => {
      const life = plagued(schedule);
      const created = await createOnce({
        clients: life.clients,
        call: createCall(wanted),
        settings: wanted,
        retryRights: true,
        policy: life.policy,
      });
      const remaining = ownMapping(life);
      expect(remaining.length).toBeLessThanOrEqual(1);
      if (created.outcome === 'made' || created.outcome === 'adopted')
        expect(remaining).toMatchObject([{ UUID: created.mapping.UUID, Topics: ['payments'], BatchSize: 100 }]);
      if (created.outcome === 'differs')
        expect(remaining).toMatchObject([{ UUID: created.mapping.UUID, BatchSize: 7 }]);
      // And the same again, with nothing in the way, ends where it was wanted.
      const calm = { ...life, clients: liveOn(life) };
      const again = await createOnce({
        clients: calm.clients,
        call: createCall(wanted),
        settings: wanted,
        retryRights: true,
        policy: life.policy,
      });
      expect(ownMapping(life)).toHaveLength(1);
      expect(['made', 'adopted', 'differs']).toContain(again.outcome);
    }),
    { numRuns: runs(40) },
  );
});

/** The same account without its faults. */
const liveOn = (life: Life): Life['clients'] => ({
  region: () => life.clients.region(),
  send: (service, operation, input) => life.sandbox.answer({ service, operation, input }),
});

test.each([
  ['ResourceInUseException', 3, 'ok'],
  ['TooManyRequestsException', 1, 'ok'],
  ['ResourceInUseException', 999, 'failed'],
  ['InvalidParameterValueException', 1, 'failed'],
])('a change that AWS refuses with %s, %i times, ends %s', async (name, times, outcome) => {
  let left = times;
  const life = liveIn('endpoints', {
    limit: 120,
    fault: async ({ operation }, answer) =>
      operation === 'UpdateEventSourceMapping' && left-- > 0
        ? Promise.reject(awsRefuses(name, 'made up', name === 'TooManyRequestsException' ? 429 : 400))
        : answer(),
  });
  const applied = await repeatChange(
    life.clients,
    { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, BatchSize: 7 } },
    life.policy,
  );
  expect(applied.outcome).toBe(outcome);
  if (times === 999) expect(life.passed()).toBeGreaterThanOrEqual(120);
  if (name === 'InvalidParameterValueException') expect(life.count('UpdateEventSourceMapping')).toBe(1);
});

describe('a change whose answer never came, though it was carried out,', () => {
  const lost = (operation: string): Life => {
    let left = 1;
    return liveIn('endpoints', {
      fault: async (call, answer) =>
        call.operation === operation && left-- > 0 ? answer().then(() => Promise.reject(cutOff())) : answer(),
    });
  };

  test('is made again once the mapping is at rest', async () => {
    const life = lost('UpdateEventSourceMapping');
    const applied = await repeatChange(
      life.clients,
      { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, BatchSize: 7 } },
      life.policy,
    );
    expect(applied.outcome, JSON.stringify(life.notes)).toBe('ok');
    expect(life.passed()).toBeLessThan(30);
  });

  test.each([
    ['and it is still going', 'Deleting'],
    ['and it is gone', 'gone'],
  ])('is the deletion that was asked for: %s', async (_, state) => {
    const life = lost('DeleteEventSourceMapping');
    const gone = async () => {
      const read = await life.clients.send('lambda', 'GetEventSourceMapping', { UUID: uuid }).catch(() => null);
      return read === null;
    };
    const clock = {
      ...life.clock,
      sleep: async (milliseconds: number) => {
        await life.clock.sleep(milliseconds);
        if (state === 'gone') while (!(await gone()));
      },
    };
    expect(
      await repeatChange(
        life.clients,
        { service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID: uuid } },
        { ...life.policy, clock },
      ),
    ).toMatchObject({ outcome: 'ok' });
  });

  test('and never will: it is given up, and nothing is claimed', async () => {
    const life = liveIn('endpoints', {
      fault: async ({ operation }, answer) =>
        operation === 'UpdateEventSourceMapping' ? Promise.reject(cutOff()) : answer(),
    });
    expect(
      await repeatChange(
        life.clients,
        { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, BatchSize: 7 } },
        life.policy,
      ),
    ).toMatchObject({ outcome: 'failed', status: null });
    expect(life.count('UpdateEventSourceMapping')).toBe(4);
  });
});
