import { describe, expect, test } from 'vitest';
import { executeRepair, recordOf } from '../../../src/plan/execution/repair.js';
import { assessUndo, revert } from '../../../src/plan/undo/revert.js';
import { formatUndoFile, parseUndoFile, type UndoFile } from '../../../src/plan/undo/undo-file.js';
import { playable } from '../../../src/simulate/simulate.js';
import { writtenPart } from '../../../src/plan/undo/state-of-change.js';
import type { RepairStep } from '../../../src/repair/repair-plan.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { executionIn, type Execution } from '../support/execution.js';
import { fixesIn, stepsOfFix } from '../support/repairs.js';

/** Without what Lambda writes into a mapping, and without the date of a deletion, which AWS sets anew. */
const comparable = ({ mappings, secrets, ...rest }: Snapshot): Snapshot => ({
  ...rest,
  secrets: Object.fromEntries(
    Object.entries(secrets).map(([arn, read]) => [
      arn,
      read.outcome === 'ok'
        ? { ...read, value: { ...read.value, DeletedDate: read.value.DeletedDate === undefined ? 'none' : 'a date' } }
        : read,
    ]),
  ),
  mappings: Object.fromEntries(
    Object.entries(mappings).map(([uuid, read]) => [
      uuid,
      read.outcome === 'ok'
        ? {
            ...read.value,
            LastModified: null,
            LastProcessingResult: null,
            StateTransitionReason: null,
          }
        : read,
    ]),
  ) as Snapshot['mappings'],
});

/** The account when Lambda has carried out the last change of every mapping, which it does as the mapping is read. */
async function settled({ sandbox }: Execution): Promise<Snapshot> {
  for (const UUID of Object.keys(sandbox.snapshot().mappings))
    for (let looks = 0; looks < 2; looks++)
      await sandbox.answer({ service: 'lambda', operation: 'GetEventSourceMapping', input: { UUID } });
  return comparable(sandbox.snapshot());
}

async function fix(
  execution: Execution,
  steps: readonly RepairStep[],
): Promise<{ file: UndoFile; outcomes: string[]; saved: string[] }> {
  const saved: string[] = [];
  const file = recordOf(steps, { account: '123456789012', region: 'eu-west-1', at: '2026-11-24T10:00:00.000Z' });
  const outcomes = await executeRepair(steps, execution.environment, {
    record: file,
    save: async (record) => void saved.push(formatUndoFile(record)),
  });
  return { file, outcomes: outcomes.map(({ outcome }) => outcome), saved };
}

const undo = (execution: Execution, file: UndoFile) => revert(execution.environment, { file, save: async () => {} });

const cases = sandboxAccounts.flatMap(({ name }) =>
  fixesIn(executionIn(name).sandbox).map((_, index) => [name, index] as const),
);

describe('undo', () => {
  test.each(cases)('%s, fix %i: what was made is reverted, and the account is as before', async (name, index) => {
    const execution = executionIn(name);
    const before = comparable(execution.sandbox.snapshot());
    const steps = stepsOfFix(fixesIn(execution.sandbox)[index]!);
    const { file, outcomes } = await fix(execution, steps);
    expect(outcomes).toEqual(steps.map(() => 'made'));
    const parsed = parseUndoFile(formatUndoFile(file), 'undo.json');
    expect(parsed).toEqual(file);
    const results = await undo(execution, parsed);
    const irreversible = steps.filter(
      ({ undo: call, operation }) => call === null && operation !== 'CreateVpcEndpoint',
    );
    expect(results.map(({ outcome, step }) => `${step.id} ${outcome}`)).toEqual(
      steps.toReversed().map((step) => `${step.id} ${irreversible.includes(step) ? 'cannot' : 'reverted'}`),
    );
    if (irreversible.length === 0) expect(await settled(execution)).toEqual(before);
    // Nothing is left.
    const again = await assessUndo(parsed, execution.environment.clients);
    expect(again.map(({ outcome }) => outcome)).toEqual(irreversible.map(() => 'cannot'));
  });

  test('every operation of a fix can be read back', () => {
    const services = ['ec2', 'iam', 'kafka', 'kms', 'lambda', 'secretsmanager'];
    const unknown = services.flatMap((service) =>
      playable(service).filter((operation) => writtenPart({ service, operation }) === undefined),
    );
    // None of them is a fix: what-if plays some, and mappings and secrets have commands of their own.
    expect(unknown).toEqual([
      'CreateNatGateway',
      'DeleteRolePermissionsBoundary',
      'CreateEventSourceMapping',
      'DeleteEventSourceMapping',
      'CreateSecret',
    ]);
  });
});
