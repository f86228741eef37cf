/** The executor where something goes wrong: what it reports is true, and what it says after an abort. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../src/plan/execution/execute.js';
import type { StepResult } from '../../src/plan/execution/result.js';
import { changeResults } from '../../src/plan/change-result.js';
import { interruptNotes } from '../../src/plan/interrupt-notes.js';
import type { MappingStep, Plan } from '../../src/plan/plan.js';
import { planNew } from '../../src/plan/create.js';
import { planDelete } from '../../src/plan/delete.js';
import { uuid } from '../../src/sandbox/healthy.js';
import { awsRefuses, cutOff } from '../mapping/support/life.js';
import { callsOf, executionIn, orders, sound, type Execution, type Fault } from './support/execution.js';
import { account, noWait, payments, plans, update, wait } from './support/plans.js';

/** Every call of every plan, by its position. */
const everyCall = Object.keys(plans).flatMap((name) =>
  callsOf(plans[name]!().plan).map((call, index) => [name, index, call.operation] as const),
);

/** What happens to the call of this position; earlier and later ones are carried out. */
const onCall = (position: number, what: Fault): Fault => {
  let index = 0;
  return (call, done) => (index++ === position ? what(call, done) : done());
};

const run = (execution: Execution, plan: Plan): Promise<StepResult[]> =>
  execute(plan.steps, { ...execution.environment, secrets: { '(not shown)': '{"username":"a","password":"b"}' } });

describe('a call that AWS refuses for good', () => {
  test.each(everyCall)('%s, call %i (%s): is reported, and nothing follows it', async (name, position) => {
    const { account: where, plan } = plans[name]!();
    const execution = executionIn(where, {
      fault: onCall(position, async () => Promise.reject(awsRefuses('AccessDeniedException', 'no', 403))),
    });
    const results = await run(execution, plan);
    const made = results.flatMap(({ calls }) => calls);
    expect(made[position]).toMatchObject({ outcome: 'refused', refusal: { outcome: 'denied' } });
    expect(made.slice(0, position).map(({ outcome }) => outcome)).toEqual(Array(position).fill('made'));
    expect(results.at(-1)!.succeeded).toBe(false);
    const rolledBack = results[0]!.rollback === null ? 0 : 1;
    expect(execution.changes).toHaveLength(position + 1 + rolledBack);
  });
});

describe('an answer that never comes, though AWS carried the call out', () => {
  const recovering = everyCall.filter(([name]) => !/secret|fix/.test(name));

  test.each(recovering)('%s, call %i (%s): all is done, once', async (name, position) => {
    const { account: where, plan } = plans[name]!();
    const execution = executionIn(where, {
      fault: onCall(position, async (_, done) => done().then(() => Promise.reject(cutOff()))),
    });
    expect((await run(execution, plan)).map(({ succeeded }) => succeeded)).toEqual(plan.steps.map(() => true));
    expect(new Set(execution.topics()).size).toBe(execution.topics().length);
  });
});

describe('an abort', () => {
  test.each(everyCall)(
    'during %s, call %i (%s): no call follows, and what is in doubt is said',
    async (name, position) => {
      const { account: where, plan } = plans[name]!();
      const execution: Execution = executionIn(where, {
        fault: onCall(position, async (_, done) => {
          const answer = await done();
          execution.abort();
          return answer;
        }),
      });
      await expect(run(execution, plan)).rejects.toMatchObject({ name: 'AbortError' });
      expect(execution.changes).toHaveLength(position + 1);
      const { during } = plan.steps.flatMap(({ calls }) => calls)[position]!.interrupted;
      const notes = interruptNotes(execution.events);
      expect(notes.length).toBeGreaterThan(0);
      if (during !== null) expect(notes.at(-1)).toBe(during);
    },
  );

  test.each(Object.keys(plans))('before the first call of %s: nothing is said to have been done', async (name) => {
    const { account: where, plan } = plans[name]!();
    const execution = executionIn(where);
    execution.abort();
    await expect(run(execution, plan)).rejects.toMatchObject({ name: 'AbortError' });
    expect(execution.changes).toEqual([]);
  });

  /** Stops at the first event of a kind. */
  const notesAt = async (name: string, type: string): Promise<string[]> => {
    const { account: where, plan } = plans[name]!();
    const execution = executionIn(where);
    const { observe } = execution.environment;
    execution.environment.observe = (event) => {
      observe(event);
      if (event.type === type) execution.abort();
    };
    await expect(run(execution, plan)).rejects.toMatchObject({ name: 'AbortError' });
    return interruptNotes(execution.events);
  };

  test.each([
    {
      name: 'create',
      sentence:
        /^The mapping [0-9a-f-]{36} was created and is kept\. Continue with `msk-lambda doctor [0-9a-f-]{36} --wait`\.$/,
    },
    { name: 'update', sentence: /^The mapping 5f1c9a52\S+ was updated\. Continue with/ },
    {
      name: 'delete',
      sentence: /^The mapping 5f1c9a52\S+ is being deleted\. A new mapping with --consumer-group 5f1c9a52/,
    },
    {
      name: 'recreate',
      sentence: /^The mapping 5f1c9a52\S+ is being deleted\. Create it again: msk-lambda create --function/,
    },
    { name: 'topic create', sentence: /^The topic returns is being created\./ },
  ])('while $name waits: what was done is said', async ({ name, sentence }) => {
    expect((await notesAt(name, 'wait-started')).at(-1)).toMatch(sentence);
  });

  test('after the new mapping of a recreation was made: the way back to the old one is said no more', async () => {
    const { plan } = plans['recreate']!();
    const execution = executionIn(account);
    const { observe } = execution.environment;
    execution.environment.observe = (event) => {
      observe(event);
      if (event.type === 'call-ended' && event.call.call.operation.startsWith('Create')) execution.abort();
    };
    await expect(run(execution, plan)).rejects.toMatchObject({ name: 'AbortError' });
    expect(interruptNotes(execution.events)).toEqual([
      expect.stringMatching(/^The mapping \S+ was created and is kept/),
    ]);
  });
});

describe('a mapping that turns out not to work', () => {
  const broken = 'nat-blackhole';
  const made = async (more: { disabledTest?: boolean; rollback?: boolean; force?: boolean }) => {
    const plan: Plan<MappingStep> = planNew(
      { settings: payments, wait, ...more },
      { preflight: sound, groupUsers: null },
    );
    const execution = executionIn(broken);
    const results = await execute(plan.steps, execution.environment);
    return { execution, result: changeResults(plan.steps, results)[0]! };
  };

  test('stays, with its cause', async () => {
    const { execution, result } = await made({});
    expect(result).toMatchObject({ outcome: 'failed', changed: 1 });
    expect(result.blockers?.[0]).toBe('network.aws-path');
    expect(execution.topics()).toContain('payments');
  });

  test('is taken back where that is asked for', async () => {
    const { execution, result } = await made({ rollback: true });
    expect(result).toMatchObject({ outcome: 'failed', changed: 0, mapping: null });
    expect(result.message).toMatch(/It was deleted \(--rollback\)\.$/);
    expect(execution.topics()).toEqual(['orders']);
  });

  test('stays disabled where its checks stop it, and is enabled with --force', async () => {
    const tested = await made({ disabledTest: true });
    expect(tested.result).toMatchObject({ outcome: 'failed', changed: 1, mapping: { State: 'Disabled' } });
    expect(tested.execution.changes.map(({ operation }) => operation)).toEqual(['CreateEventSourceMapping']);
    const forced = await made({ disabledTest: true, force: true });
    expect(forced.execution.changes.map(({ operation }) => operation)).toEqual([
      'CreateEventSourceMapping',
      'UpdateEventSourceMapping',
    ]);
  });
});

describe('what another did meanwhile', () => {
  test('an equal mapping is adopted', async () => {
    const plan = planNew(
      { settings: { ...payments, topic: 'orders' }, wait: noWait },
      { preflight: sound, groupUsers: null },
    );
    const results = await execute(plan.steps, executionIn(account).environment);
    expect(results).toMatchObject([{ calls: [{ outcome: 'adopted' }], succeeded: true }]);
    expect(changeResults(plan.steps, results)).toMatchObject([
      { outcome: 'nothing-to-do', changed: 0, mapping: { UUID: uuid } },
    ]);
  });

  test('a mapping that differs stands in the way', async () => {
    const settings = { ...payments, topic: 'orders', batchSize: 7 };
    const plan = planNew({ settings, wait: noWait }, { preflight: sound, groupUsers: null });
    const results = await execute(plan.steps, executionIn(account).environment);
    expect(changeResults(plan.steps, results)).toMatchObject([
      { outcome: 'blocked', changed: 0, blockers: ['mapping.conflict'] },
    ]);
  });

  test('a mapping that was to be deleted is gone', async () => {
    const plan = planDelete(orders(account), wait);
    const execution = executionIn(account, {
      fault: async () => Promise.reject(awsRefuses('ResourceNotFoundException', 'gone', 404)),
    });
    const results = await execute(plan.steps, execution.environment);
    expect(changeResults(plan.steps, results)).toMatchObject([{ outcome: 'nothing-to-do', changed: 0, mapping: null }]);
  });

  test('a change is repeated while another is under way, and that is told', async () => {
    let left = 2;
    const execution = executionIn(account, {
      fault: async (_, done) => (left-- > 0 ? Promise.reject(awsRefuses('ResourceInUseException', 'in use')) : done()),
    });
    expect(await execute(update({ batchSize: 7 }).steps, execution.environment)).toMatchObject([{ succeeded: true }]);
    expect(execution.events).toContainEqual({
      type: 'retrying',
      because: expect.stringMatching(/^the mapping is being changed by another operation: retrying/) as string,
    });
  });
});

test('MSK’s refusal inside an answer is a refusal', async () => {
  const { plan, secrets } = plans['secret create']!();
  const execution = executionIn('scram', {
    fault: async ({ operation }, done) =>
      operation === 'BatchAssociateScramSecret'
        ? { UnprocessedScramSecrets: [{ ErrorCode: 'X', ErrorMessage: 'not this' }] }
        : done(),
  });
  const results = await execute(plan.steps, { ...execution.environment, secrets: secrets! });
  expect(results[1]).toMatchObject({ calls: [{ outcome: 'unprocessed', message: 'X not this' }], succeeded: false });
});
