/** Repair plans made by hand: the first fixes of sandbox accounts, as steps. */
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import type { Change, Fix } from '../../../src/fixes/fix.js';
import type { RepairStep } from '../../../src/repair/repair-plan.js';
import { capturedAt } from '../../../src/sandbox/healthy.js';
import type { Sandbox } from '../../../src/sandbox/index.js';

/** A step with everything that a test does not care about. */
export const stepOf = (change: Change, more: Partial<RepairStep> = {}): RepairStep => ({
  id: 'step-1',
  resource: String(Object.values(change.input)[0]),
  reason: 'A sentence that says why.',
  safety: 'safe',
  dangers: [],
  cost: 'free',
  owner: null,
  resolves: [],
  isChosen: true,
  ...change,
  ...more,
});

/** For each failing check of an account, the fixes that calls can make; each is tried alone. */
export const fixesIn = (sandbox: Sandbox): Fix[] =>
  diagnose({ ...sandbox.snapshot(), capturedAt })
    .mappings.flatMap(({ findings }) => findings.filter(({ status }) => status === 'fail'))
    .flatMap(({ fixes }) => fixes.filter(({ changes }) => changes.length > 0));

export const stepsOfFix = ({ changes, safety }: Fix): RepairStep[] =>
  changes.map((change, index) =>
    stepOf(change, { id: `step-${index + 1}`, safety: safety === 'by-hand' ? 'safe' : safety }),
  );
