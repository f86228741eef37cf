/** One plan for all causes of all diagnosed mappings: pure, the same diagnosis gives the same plan. */
import { checks as allChecks } from '../checks/index.js';
import type { AnyCheck } from '../checks/define.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { Accepted } from './accepted.js';
import type { RepairPlan } from './repair-plan.js';
import { Rounds, type Patient } from './rounds.js';
import { simulatePlan } from './simulated-result.js';
import { stepsOf } from './steps.js';

export interface RepairOptions {
  /** The zero-based option of each choice, in order; the first of each where it is absent. */
  choose?: readonly number[] | undefined;
  /** The checks of the diagnosis; all where absent. */
  checks?: readonly AnyCheck[] | undefined;
}

/** Throws a UsageError where `choose` names an option that does not exist. */
export function buildRepairPlan(snapshot: Snapshot, diagnosis: Diagnosis, options: RepairOptions = {}): RepairPlan {
  const planning = planningRepair(snapshot, diagnosis, options);
  for (;;) {
    const { done, value } = planning.next();
    if (done === true) return value;
  }
}

/** The same, with a pause before each mapping, so that the program can handle signals while it plans for thousands. */
export async function buildRepairPlanPausing(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  pause: () => Promise<void> | undefined,
  options: RepairOptions = {},
): Promise<RepairPlan> {
  const planning = planningRepair(snapshot, diagnosis, options);
  for (;;) {
    const { done, value } = planning.next();
    if (done === true) return value;
    await pause();
  }
}

/** The same in steps, one before each mapping, for a caller that pauses by itself. */
export function* planningRepair(
  snapshot: Snapshot,
  diagnosis: Diagnosis,
  { choose, checks = allChecks }: RepairOptions = {},
): Generator<undefined, RepairPlan, undefined> {
  const accepted = new Accepted(diagnosis);
  const patients = patientsOf(diagnosis, accepted);
  const rounds = new Rounds(snapshot, patients, checks, choose, accepted);
  for (const patient of patients) {
    yield;
    rounds.repair(patient);
  }
  rounds.choices.checkAnswers();
  const { steps, choices } = stepsOf(rounds, snapshot, choose !== undefined);
  const { resolves, result } = yield* simulatePlan(snapshot, diagnosis, steps, checks);
  return {
    steps: steps.map(({ contributions: _contributions, ...step }, index) => ({ ...step, resolves: resolves[index]! })),
    choices,
    byHand: rounds.manual.all,
    simulated: result,
    accepted: (diagnosis.suppressed ?? []).filter(
      ({ isHidden, finding: { status } }) => !isHidden && status === 'fail',
    ),
  };
}

/** Most severe first. Among several mappings, one that a user disabled is left alone. */
function patientsOf({ mappings, leftOut }: Diagnosis, accepted: Accepted): Patient[] {
  const all = [...mappings, ...leftOut.filter(({ verdict }) => verdict !== null)].map((each) => accepted.without(each));
  return all.filter(({ causes, verdict }) => causes.length > 0 && (verdict !== 'disabled' || all.length === 1));
}
