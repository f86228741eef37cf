/** The repair plans of the sandbox accounts that have steps. */
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { buildRepairPlan } from '../../../src/repair/build-repair-plan.js';
import type { RepairPlan } from '../../../src/repair/repair-plan.js';
import { sandboxAccounts } from '../../../src/sandbox/index.js';

export const realPlans = (): { name: string; region: string; plan: RepairPlan }[] =>
  sandboxAccounts
    .map((account) => {
      const snapshot = account.build();
      return { name: account.name, region: snapshot.region, plan: buildRepairPlan(snapshot, diagnose(snapshot)) };
    })
    .filter(({ plan }) => plan.steps.length > 0);
