/** What the tests of repair plans share: a plan carried out on a snapshot, and taken back. */
import { expect } from 'vitest';
import type { Finding } from '../../src/checks/run.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { isDisabledByUser } from '../../src/diagnosis/verdict.js';
import { mergeKey } from '../../src/repair/merge-changes.js';
import type { RepairPlan, RepairStep } from '../../src/repair/repair-plan.js';
import { replay, replayAll } from '../../src/simulate/simulate.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

export const chosenOf = ({ steps }: RepairPlan): RepairStep[] => steps.filter(({ isChosen }) => isChosen);

/** The account after the chosen steps in order. */
export const carriedOut = (snapshot: Snapshot, plan: RepairPlan): Snapshot => replayAll(snapshot, chosenOf(plan));

/** `UUID check` of everything that fails, except that a mapping is disabled by its user and nothing else is wrong. */
const failuresIn = (snapshot: Snapshot, counts: (finding: Finding) => boolean = () => true): string[] => {
  const { mappings, leftOut } = diagnose(snapshot);
  return [...mappings, ...leftOut].flatMap(({ uuid, findings, observed }) => {
    const checks = findings.flatMap((finding) => (finding.status === 'fail' && counts(finding) ? [finding.check] : []));
    return isDisabledByUser(observed) && checks.every((check) => check === 'mapping.state')
      ? []
      : checks.map((check) => `${uuid} ${check}`);
  });
};

/** Checks that fail in any mapping. */
const failingIn = (snapshot: Snapshot): string[] => [
  ...new Set(failuresIn(snapshot).map((failure) => failure.split(' ')[1]!)),
];

/** Nothing fails after the plan, and the plan says so. */
export function expectHealed(snapshot: Snapshot, plan: RepairPlan): void {
  expect(failingIn(carriedOut(snapshot, plan))).toEqual([]);
  expect(plan.simulated.failing).toEqual([]);
  const { summary } = diagnose(snapshot);
  expect(['healthy', 'at-risk', 'disabled', ...(summary.unknown > 0 ? ['unknown'] : [])]).toContain(
    plan.simulated.verdict,
  );
}

/** What fails after the plan is what its manual steps are for, or has no fix. */
export function expectCompleted(snapshot: Snapshot, plan: RepairPlan): void {
  const named = plan.byHand.flatMap(({ resolves }) => resolves.map(({ mapping, check }) => `${mapping} ${check}`));
  expect(named).toEqual(
    expect.arrayContaining(failuresIn(carriedOut(snapshot, plan), ({ fixes }) => fixes.length > 0)),
  );
  expect(plan.simulated.failing.toSorted()).toEqual(failingIn(carriedOut(snapshot, plan)).toSorted());
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
