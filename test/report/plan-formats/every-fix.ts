/** A plan with the fixes by API call of all sandbox accounts, each once: not a plan that anybody would carry out, but one with every operation. */
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { costOf } from '../../../src/fixes/cost.js';
import type { RepairPlan, RepairStep } from '../../../src/repair/repair-plan.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';

export function everyFix(): RepairPlan {
  const changes = sandboxAccounts
    .flatMap((account) => diagnose(account.build()).mappings)
    .flatMap(({ findings }) => findings)
    .flatMap(({ title, fixes }) => fixes.flatMap((fix) => fix.changes.map((change) => ({ title, change }))));
  const distinct = [...new Map(changes.map((entry) => [JSON.stringify(entry.change), entry])).values()];
  return {
    steps: distinct.map(({ title, change }, index): RepairStep => ({
      ...change,
      id: `step-${index + 1}`,
      resource: 'a resource',
      reason: title,
      safety: 'care',
      dangers: [],
      cost: costOf({ changes: [change] }),
      owner: null,
      resolves: [],
      isChosen: true,
    })),
    choices: [],
    accepted: [],
    byHand: [],
    simulated: { verdict: 'healthy', failing: [] },
  };
}
