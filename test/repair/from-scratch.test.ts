/** Whatever a plan keeps from one question to the next, it is the plan that is made without keeping anything. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import type { AwsCall } from '../../src/aws/call.js';
import { replay, replaySharing } from '../../src/simulate/simulate.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { chosenOf } from './planned.js';
import { runs } from '../random/seed.js';
import { mergedAccounts } from './merged-accounts.js';
import { planningFromScratch } from './from-scratch.js';

describe('the plan for an account with several faults', () => {
  let fromScratch: typeof buildRepairPlan;
  beforeAll(async () => {
    fromScratch = await planningFromScratch();
  });

  it('is the same as one that diagnoses the whole account again at every step', () => {
    fc.assert(
      fc.property(mergedAccounts, fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }), (snapshot, answers) => {
        const diagnosis = diagnose(snapshot);
        const text = JSON.stringify(snapshot);
        const plan = buildRepairPlan(snapshot, diagnosis);
        expect(plan).toEqual(fromScratch(structuredClone(snapshot), diagnosis));
        expectSameInOneCopy(snapshot, chosenOf(plan));
        const choose = plan.choices.map(({ options }, index) => answers[index % answers.length]! % options.length);
        const outcomes = [buildRepairPlan, fromScratch].map((build) =>
          outcome(() => build(snapshot, diagnosis, { choose })),
        );
        expect(outcomes[0]).toEqual(outcomes[1]);
        expect(JSON.stringify(snapshot)).toBe(text);
      }),
      { numRuns: runs(8) },
    );
  });
});

/** All steps in one copy of the account are the steps one after another, and the copy is plain data. */
function expectSameInOneCopy(snapshot: Snapshot, steps: readonly AwsCall[]): void {
  let after: Snapshot;
  try {
    after = steps.reduce(replay, snapshot);
  } catch {
    expect(() => replaySharing(snapshot, steps)).toThrow();
    return;
  }
  expect(structuredClone(replaySharing(snapshot, steps))).toEqual(after);
}

/** Other answers may open other choices, to which they do not fit. */
function outcome<T>(build: () => T): T | string {
  try {
    return build();
  } catch (error) {
    return (error as Error).message;
  }
}
