/** A new version of a managed policy: the old one is in force again afterwards, and the new one is deleted. */
import { expect, test } from 'vitest';
import { executeRepair, recordOf } from '../../../src/plan/execution/repair.js';
import { revert } from '../../../src/plan/undo/revert.js';
import type { UndoFile } from '../../../src/plan/undo/undo-file.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';
import { executionIn, type Execution, type Fault } from '../support/execution.js';
import { fixesIn, stepsOfFix } from '../support/repairs.js';

const changesVersion = (execution: Execution) =>
  fixesIn(execution.sandbox).find(({ changes }) =>
    changes.some(({ operation }) => operation === 'CreatePolicyVersion'),
  );
const name = sandboxAccounts.find((account) => changesVersion(executionIn(account.name)) !== undefined)!.name;

async function fixIn(fault?: Fault) {
  const execution = executionIn(name, { fault });
  const steps = stepsOfFix(changesVersion(execution)!);
  const file = recordOf(steps, { account: '123456789012', region: 'eu-west-1', at: '2026-11-24T10:00:00.000Z' });
  const PolicyArn = steps.find(({ operation }) => operation === 'CreatePolicyVersion')!.input['PolicyArn'];
  const versions = async () => {
    const answer = await execution.sandbox.answer({
      service: 'iam',
      operation: 'ListPolicyVersions',
      input: { PolicyArn },
    });
    return (answer as { Versions: { VersionId: string; IsDefaultVersion: boolean }[] }).Versions.map(
      ({ VersionId, IsDefaultVersion: isDefault }) => `${VersionId}${isDefault ? ' default' : ''}`,
    );
  };
  const run = () => executeRepair(steps, execution.environment, { record: file, save: async () => {} });
  const undo = (from: UndoFile = file) => revert(execution.environment, { file: from, save: async () => {} });
  const create = async () => {
    await execution.sandbox.answer({
      service: 'iam',
      operation: 'CreatePolicyVersion',
      input: { PolicyArn, PolicyDocument: '{"Version":"2012-10-17","Statement":[]}', SetAsDefault: false },
    });
  };
  return { execution, file, versions, run, undo, create };
}

test('the undo names both versions, and leaves only the old one', async () => {
  const { file, versions, run, undo, execution } = await fixIn();
  const before = execution.sandbox.snapshot();
  await run();
  expect(await versions()).toEqual(['v1', 'v2 default']);
  expect(file.steps[0]).toMatchObject({
    undo: { operation: 'SetDefaultPolicyVersion', input: { VersionId: 'v1' } },
    cleanup: { operation: 'DeletePolicyVersion', input: { VersionId: 'v2' } },
  });
  expect((await undo()).map(({ outcome, because }) => [outcome, because])).toEqual([['reverted', null]]);
  expect(await versions()).toEqual(['v1 default']);
  expect(execution.sandbox.snapshot().managedPolicies).toEqual(before.managedPolicies);
});

test('a program that ended before the answer: the new version is looked up', async () => {
  const { file, versions, run, undo } = await fixIn();
  await run();
  const [step] = file.steps;
  const planned = recordOf([], { account: null, region: 'eu-west-1', at: '' });
  const asPlanned = stepsOfFix(changesVersion(executionIn(name))!)[0]!.undo;
  const started = { ...step!, outcome: 'started' as const, undo: asPlanned, cleanup: undefined };
  expect((await undo({ ...planned, steps: [started] })).map(({ outcome }) => outcome)).toEqual(['reverted']);
  expect(await versions()).toEqual(['v1 default']);
});

test('a version that cannot be deleted remains, and the undo says so', async () => {
  const { versions, run, undo, file } = await fixIn(async ({ operation }, carryOut) => {
    if (operation !== 'DeletePolicyVersion') return carryOut();
    throw Object.assign(new Error('not authorized'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
  });
  await run();
  const [result] = await undo();
  expect(result!.outcome).toBe('reverted');
  expect(result!.because).toContain('Version v2 of ');
  expect(result!.because).toContain('iam:DeletePolicyVersion');
  expect(await versions()).toEqual(['v1 default', 'v2']);
  expect(file.steps[0]!.undoneAt).not.toBeNull();
});

test('a sixth version is refused with a sentence that says what to do', async () => {
  const { run, create, versions } = await fixIn();
  for (let number = 2; number <= 5; number++) await create();
  expect(await versions()).toHaveLength(5);
  const [outcome] = await run();
  expect(outcome!.outcome).toBe('refused');
  expect(outcome!.error).toContain('The policy has 5 versions');
  expect(outcome!.error).toContain('aws iam delete-policy-version');
});
