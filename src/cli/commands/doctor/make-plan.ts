/** The repair plan of a diagnosis, with the answers of the command line or of a person at a terminal. */
import type { AnyCheck } from '../../../checks/define.js';
import type { Diagnosis } from '../../../diagnosis/diagnosis.js';
import { buildRepairPlanPausing } from '../../../repair/build-repair-plan.js';
import type { RepairPlan } from '../../../repair/repair-plan.js';
import { costLabel } from '../../../report/repair-plan-text.js';
import { inAccount } from '../../../report/in-account.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { pausing } from '../../pause.js';
import type { SourceOptions } from '../../shared-options.js';
import { ownSourceWords } from '../../source-words.js';
import { select } from '../../single-prompts.js';

export interface PlanRequest {
  snapshot: Snapshot;
  diagnosis: Diagnosis;
  checks: readonly AnyCheck[];
  /** From 1, in the order of the choices. */
  choose: readonly number[] | undefined;
  /** Of the command line: a command for a manual step leads to the same account. */
  options: Pick<SourceOptions, 'profile' | 'region' | 'endpointUrl' | 'sandbox'>;
}

/** Throws `UsageError` for an option that does not exist. */
export async function makePlan(
  { snapshot, diagnosis, checks, choose, options }: PlanRequest,
  io: Io,
): Promise<RepairPlan> {
  const plan = await buildRepairPlanPausing(snapshot, diagnosis, pausing(io.signal), {
    checks,
    choose: choose?.map((number) => number - 1),
  });
  const { profile } = options;
  const source = ownSourceWords(options);
  return {
    ...plan,
    byHand: plan.byHand.map((step) => ({
      ...step,
      command: step.command === null ? null : inAccount(step.command, { region: diagnosis.region, profile, source }),
    })),
  };
}

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
