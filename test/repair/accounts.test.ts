/** The plan for every account that ships with the tool: it heals what calls can heal, and its undo restores everything. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { expectHealed, expectUndone, expectWritesOnce } from './planned.js';

const planned = sandboxAccounts.flatMap((account) => {
  const snapshot = account.build();
  const plan = buildRepairPlan(snapshot, diagnose(snapshot));
  return plan.steps.length + plan.byHand.length === 0 ? [] : [{ name: account.name, snapshot, plan }];
});

describe('the plan for an account of the sandbox', () => {
  for (const { name, snapshot, plan } of planned) {
    it(`${name}: its steps heal what they say, write each resource once and can be undone`, () => {
      expectWritesOnce(plan);
      expectUndone(snapshot, plan);
      if (plan.byHand.length === 0) expectHealed(snapshot, plan);
      else expect(plan.simulated.verdict).not.toBe('healthy');
    });
  }

  it('exists for every account whose first cause has a fix by a call first', () => {
    expect(planned.filter(({ plan }) => plan.steps.length > 0).length).toBeGreaterThan(30);
  });
});
