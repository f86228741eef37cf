/** What the tests of repair plans share: a plan carried out on a snapshot, and taken back. */
import { expect } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { mergeKey } from '../../src/repair/merge-changes.js';
import type { RepairPlan, RepairStep } from '../../src/repair/repair-plan.js';
import { replay, replayAll } from '../../src/simulate/simulate.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

export const chosenOf = ({ steps }: RepairPlan): RepairStep[] => steps.filter(({ isChosen }) => isChosen);

/** The account after the chosen steps in order. */
export const carriedOut = (snapshot: Snapshot, plan: RepairPlan): Snapshot => replayAll(snapshot, chosenOf(plan));

/** Checks that fail in any mapping. */
export const failingIn = (snapshot: Snapshot): string[] => {
  const { mappings, leftOut } = diagnose(snapshot);
  return [
    ...new Set(
      [...mappings, ...leftOut].flatMap(({ findings, verdict }) =>
        findings.flatMap(({ check, status }) => (status === 'fail' && verdict !== 'disabled' ? [check] : [])),
      ),
    ),
  ];
};

/** Nothing fails after the plan, and the plan says so. */
export function expectHealed(snapshot: Snapshot, plan: RepairPlan): void {
  expect(failingIn(carriedOut(snapshot, plan))).toEqual([]);
  expect(plan.simulated.failing).toEqual([]);
  expect(['healthy', 'at-risk', 'disabled']).toContain(plan.simulated.verdict);
}

/** No two chosen steps write the same. */
export function expectWritesOnce(plan: RepairPlan): void {
  const keys = chosenOf(plan).map(mergeKey);
  expect(keys).toEqual([...new Set(keys)]);
}

/** The undo of all chosen steps that have one, last first, restores the account where the other steps were not made. */
export function expectUndone(snapshot: Snapshot, plan: RepairPlan): void {
  const steps = chosenOf(plan).filter(({ undo }) => undo !== null);
  const after = steps.reduce(replay, snapshot);
  const restored = steps.toReversed().reduce((account, { undo }) => replay(account, undo!), after);
  expect(comparable(restored)).toEqual(comparable(snapshot));
}

/**
 * AWS dates every update of a mapping and notes that a user made it, and a deletion is scheduled in whole days from now:
 * no call sets these back.
 */
function comparable(snapshot: Snapshot): Snapshot {
  const copy = structuredClone(snapshot);
  for (const read of [...Object.values(copy.mappings), ...Object.values(copy.selfManagedMappings)])
    if (read.outcome === 'ok') {
      delete read.value.LastModified;
      delete read.value.StateTransitionReason;
    }
  for (const read of Object.values(copy.secrets))
    if (read.outcome === 'ok' && read.value.DeletedDate !== undefined) read.value.DeletedDate = copy.capturedAt;
  return copy;
}
