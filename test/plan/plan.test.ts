/** What holds of every plan: it is plain JSON, hides secrets, and is what the executor does. */
import { describe, expect, test } from 'vitest';
import type { AwsCall } from '../../src/aws/call.js';
import { execute } from '../../src/plan/execution/execute.js';
import type { Values } from '../../src/plan/execution/fill-placeholders.js';
import type { StepResult } from '../../src/plan/execution/result.js';
import { joinPlans, planOf, type Plan } from '../../src/plan/plan.js';
import { planDelete } from '../../src/plan/delete.js';
import { callsOf, executionIn, orders, type Execution } from './support/execution.js';
import { account, noWait, plans, update } from './support/plans.js';

const names = Object.keys(plans);

const carryOut = (execution: Execution, { steps }: Plan, secrets: Record<string, string>): Promise<StepResult[]> =>
  execute(steps, { ...execution.environment, secrets });

/** Every placeholder of the calls in the place of the value that was sent. */
function withPlaceholders(sent: readonly AwsCall[], planned: readonly AwsCall[], known: Values): unknown {
  const text = Object.entries(known).reduce(
    (json, [placeholder, value]) => json.replaceAll(JSON.stringify(value), JSON.stringify(placeholder)),
    JSON.stringify(sent.slice(0, planned.length)),
  );
  return JSON.parse(text);
}

test.each(names)('%s: the plan is the same after JSON, and holds no text of a secret', (name) => {
  const { plan } = plans[name]!();
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  expect(JSON.stringify(plan)).not.toContain('marked-word');
});

test.each(names)(
  '%s: the calls that are shown are those that are made, also by a plan that was stored',
  async (name) => {
    const { account: where, plan, secrets = {} } = plans[name]!();
    const [first, second] = [executionIn(where), executionIn(where)];
    const results = await carryOut(first, plan, secrets);
    expect(results.map(({ succeeded }) => succeeded)).toEqual(plan.steps.map(() => true));
    const known = Object.assign({}, secrets, ...results.map(({ values }) => values)) as Values;
    expect(withPlaceholders(first.changes, callsOf(plan), known)).toEqual(callsOf(plan));
    expect(first.changes).toHaveLength(callsOf(plan).length);
    await carryOut(second, JSON.parse(JSON.stringify(plan)) as Plan, secrets);
    expect(second.changes.map(({ operation }) => operation)).toEqual(first.changes.map(({ operation }) => operation));
  },
);

test.each(names)('%s: no event holds the text of a secret', async (name) => {
  const { account: where, plan, secrets = {} } = plans[name]!();
  const execution = executionIn(where);
  await carryOut(execution, plan, secrets);
  expect(JSON.stringify(execution.events)).not.toContain('marked-word');
});

test('a placeholder is filled only in the members that are named for it', async () => {
  const { plan, secrets } = plans['secret create']!();
  const [step] = plan.steps;
  Object.assign(step!.calls[0]!.call.input, { Description: '(not shown)' });
  const execution = executionIn('scram');
  await carryOut(execution, planOf(step!), secrets!);
  expect(execution.changes[0]!.input).toMatchObject({
    Description: '(not shown)',
    SecretString: expect.stringContaining('marked-word') as string,
  });
});

describe('several plans', () => {
  const obstacle = { checks: [], sentence: 'No.' };

  test('keep their order, and obstacles name the step that they stop', () => {
    const joined = joinPlans([
      update({ batchSize: 7 }),
      planOf(planDelete(orders(account), noWait).steps[0]!, { obstacles: [obstacle] }),
    ]);
    expect(joined.steps.map(({ action }) => action)).toEqual(['update', 'delete']);
    expect(joined.obstacles).toEqual([{ step: 1, ...obstacle }]);
  });

  test('delete nothing after something else was refused', async () => {
    const plan = joinPlans([update({ batchSize: 7 }, noWait), planDelete(orders(account), noWait)]);
    const refusing = executionIn(account, {
      fault: async ({ operation }, done) => {
        if (operation !== 'UpdateEventSourceMapping') return done();
        throw Object.assign(new Error('no'), {
          name: 'InvalidParameterValueException',
          $metadata: { httpStatusCode: 400 },
        });
      },
    });
    const results = await execute(plan.steps, refusing.environment);
    expect(results.map(({ skipped }) => skipped)).toEqual([false, true]);
    expect(refusing.topics()).toEqual(['orders']);
  });
});
