/** Every two faults of the sandbox in one account: one round plans all that calls can heal, and nothing is overwritten. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { healthyAccount } from '../../src/sandbox/healthy.js';
import { sandboxAccounts, type SandboxAccount } from '../../src/sandbox/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { runs, seed } from '../random/seed.js';
import { carriedOut, expectCompleted, expectHealed, expectUndone, expectWritesOnce } from './planned.js';

// Without those that are in the content of a secret, which only a reader sees, or that consist of failed reads.
const faults = sandboxAccounts.filter(
  ({ fault, contents, verdict }) => fault !== undefined && contents === undefined && verdict !== 'unknown',
);

/** Null where the two need different healthy accounts, or the second breaks what the first removed. */
function withBoth(first: SandboxAccount, second: SandboxAccount): Snapshot | null {
  const [a, b] = [first.fault!, second.fault!];
  const names = Object.keys(a.options) as (keyof typeof a.options)[];
  if (names.some((name) => b.options[name] !== undefined && b.options[name] !== a.options[name])) return null;
  const snapshot = healthyAccount({ ...a.options, ...b.options });
  try {
    a.break(snapshot);
    b.break(snapshot);
  } catch {
    return null;
  }
  // Parts that the two share in memory are not shared in an account.
  return JSON.parse(JSON.stringify(snapshot)) as Snapshot;
}

const pairs = faults.flatMap((first) => faults.flatMap((second) => (first === second ? [] : [{ first, second }])));

/** So many pairs of different faults, other ones with every seed. */
const sample = Array.from({ length: Math.min(runs(30), pairs.length) }, (_, index) => {
  // A step that has no divisor in common with the number of pairs reaches each of them once.
  const step = [7919, 7907, 7901].find((prime) => pairs.length % prime !== 0)!;
  return pairs[(seed + index * step) % pairs.length]!;
});

describe('two faults in one account', () => {
  for (const { first, second } of sample) {
    const snapshot = withBoth(first, second);
    if (snapshot === null) continue;
    it(`${first.name} and ${second.name}`, () => {
      const diagnosis = diagnose(snapshot);
      // An error that no check explains, with nothing to repair.
      if (diagnosis.mappings.every(({ causes }) => causes.length === 0)) return;
      const plan = buildRepairPlan(snapshot, diagnosis);
      expectWritesOnce(plan);
      expectUndone(snapshot, plan);
      if (plan.byHand.length === 0) expectHealed(snapshot, plan);
      else expectCompleted(snapshot, plan);
      const after = carriedOut(snapshot, plan);
      expect(buildRepairPlan(after, diagnose(after)).steps.filter(({ isChosen }) => isChosen)).toEqual([]);
    });
  }
});
