/** What a step overwrites whole is read again before it: a change by somebody else is not lost. */
import { describe, expect, test } from 'vitest';
import type { AwsCall } from '../../src/aws/call.js';
import { executeRepair, recordOf } from '../../src/plan/execution/repair.js';
import { stepsToUndo } from '../../src/plan/undo/undo-file.js';
import type { RepairStep } from '../../src/repair/repair-plan.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { executionIn, type Execution } from './support/execution.js';
import { fixesIn, stepsOfFix } from './support/repairs.js';

async function repair(execution: Execution, steps: readonly RepairStep[]) {
  const record = recordOf(steps, { account: '123456789012', region: 'eu-west-1', at: '2026-11-24T10:00:00.000Z' });
  const outcomes = await executeRepair(steps, execution.environment, { record, save: async () => {} });
  return { record, outcomes };
}

/** The first fix of a sandbox account that makes the call, in an execution of its own. */
function fixWith(operation: string): { execution: Execution; steps: RepairStep[] } {
  for (const { name } of sandboxAccounts) {
    const execution = executionIn(name);
    const fix = fixesIn(execution.sandbox).find(({ changes }) => changes[0]?.operation === operation);
    if (fix !== undefined) return { execution, steps: stepsOfFix(fix) };
  }
  throw new Error(`no sandbox account is repaired by ${operation}`);
}

const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}';
/** The call of somebody else on the same resource. */
const others: Record<string, (step: RepairStep) => AwsCall> = {
  PutRolePolicy: ({ input }) => ({
    service: 'iam',
    operation: 'PutRolePolicy',
    input: { ...input, PolicyDocument: document },
  }),
  UpdateAssumeRolePolicy: ({ input }) => ({
    service: 'iam',
    operation: 'UpdateAssumeRolePolicy',
    input: { ...input, PolicyDocument: document },
  }),
  CreatePolicyVersion: ({ input }) => ({
    service: 'iam',
    operation: 'CreatePolicyVersion',
    input: { ...input, PolicyDocument: document },
  }),
};

describe.each(Object.keys(others))('%s', (operation) => {
  test('a resource that has changed since is not overwritten, and later steps are not made', async () => {
    const { execution, steps } = fixWith(operation);
    await execution.sandbox.answer(others[operation]!(steps[0]!));
    const before = structuredClone(execution.sandbox.snapshot());
    const later = { ...steps[0]!, id: 'step-9' };
    const { record, outcomes } = await repair(execution, [...steps, later]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([...steps, later].map(() => 'not-made'));
    expect(outcomes[0]!.error).toContain('has changed since this plan was computed');
    expect(outcomes.slice(1).every(({ error }) => error === null)).toBe(true);
    expect(execution.changes).toEqual([]);
    expect(execution.sandbox.snapshot()).toEqual(before);
    expect(stepsToUndo(record)).toEqual([]);
  });

  test('as the plan found it, the step is made', async () => {
    const { execution, steps } = fixWith(operation);
    const { outcomes } = await repair(execution, steps);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(steps.map(() => 'made'));
  });

  test('a resource that cannot be read again is no reason to stop', async () => {
    const { execution, steps } = fixWith(operation);
    const denied = Object.assign(new Error('not authorized'), {
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    const { answer } = execution.sandbox;
    execution.sandbox.answer = async (call) => {
      if (call.operation.startsWith('Get')) throw denied;
      return answer(call);
    };
    const { outcomes } = await repair(execution, steps);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(steps.map(() => 'made'));
  });
});
