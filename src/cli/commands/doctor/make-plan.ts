/** The repair plan of a diagnosis, with the answers of the command line or of a person at a terminal. */
import type { AnyCheck } from '../../../checks/define.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { buildRepairPlanPausing } from '../../../repair/build-repair-plan.js';
import type { RepairPlan } from '../../../repair/repair-plan.js';
import { costLabel } from '../../../report/repair-plan-text.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { pausing } from '../../pause.js';
import { select } from '../../single-prompts.js';

export interface PlanRequest {
  snapshot: Snapshot;
  diagnosis: Diagnosis;
  checks: readonly AnyCheck[];
  /** From 1, in the order of the choices. */
  choose: readonly number[] | undefined;
}

/** Throws `UsageError` for an option that does not exist. */
export const makePlan = ({ snapshot, diagnosis, checks, choose }: PlanRequest, io: Io): Promise<RepairPlan> =>
  buildRepairPlanPausing(snapshot, diagnosis, pausing(io.signal), {
    checks,
    choose: choose?.map((number) => number - 1),
  });

/** Asks for each choice that the command line did not make. An answer may change the choices after it. */
export async function askForPlan(request: PlanRequest, io: Io): Promise<RepairPlan> {
  const answers = [...(request.choose ?? [])];
  for (;;) {
    const plan = await makePlan({ ...request, choose: answers.length === 0 ? undefined : answers }, io);
    const open = plan.choices[answers.length];
    if (open === undefined) return plan;
    const titles = open.options.map(({ title, cost }) => {
      const price = /billed/.test(title) ? '' : costLabel({ cost });
      return `${visible(title)}${price === '' ? '' : ` (${price})`}`;
    });
    answers.push((await select(io, visible(open.question), titles)) + 1);
  }
}
