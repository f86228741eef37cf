/** `doctor --fix`: shows the repair plan, asks once, and makes its changes. */
import type { RepairPlan, RepairStep, SimulatedResult } from '../../../repair/repair-plan.js';
import { simulateStepsPausing } from '../../../repair/simulated-result.js';
import { executeRepair, recordOf, type StepOutcome } from '../../../plan/execution/repair.js';
import { selectSteps, type StepSelection } from '../../../plan/repair.js';
import { stepsToUndo } from '../../../plan/undo/undo-file.js';
import type { DoctorChange } from '../../../report/documents/doctor.js';
import { toRepairPlanDocument, type StepOutcomes } from '../../../report/documents/repair-plan.js';
import {
  renderRepairPlan,
  resultSentence,
  withheldSentence,
  type RepairPlanStyle,
} from '../../../report/repair-plan-text.js';
import { stepTitle } from '../../../report/step-title.js';
import { shell } from '../../../text/shell.js';
import { inShell } from '../../../text/shells.js';
import { visible } from '../../../text/visible.js';
import { pausing } from '../../pause.js';
import { confirm } from '../../single-prompts.js';
import { environmentOf, type ChangeSession } from '../../change/session.js';
import { askForPlan, makePlan, type PlanRequest } from './make-plan.js';
import type { DoctorOptions } from './options.js';
import { removeUndoFile, undoPath, writeUndoFile } from './undo-record.js';

export interface Repair {
  change: Required<Pick<DoctorChange, 'changed' | 'plan' | 'undoFile'>>;
  plan: RepairPlan;
  /** Steps that AWS accepted. */
  made: RepairStep[];
  /** Every chosen step was made, and none is manual. */
  isComplete: boolean;
}

/** `style`: for the text on stderr. */
export async function repair(
  session: ChangeSession,
  request: PlanRequest,
  options: DoctorOptions,
  style: RepairPlanStyle,
): Promise<Repair> {
  const { io } = session;
  const asks = options.yes !== true && options.dryRun !== true;
  // Without a question the first option of each choice is taken, and only its steps are in the plan.
  const plan = asks ? await askForPlan(request, io) : await makePlan({ ...request, choose: request.choose ?? [] }, io);
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  if (options.dryRun === true) return unchanged(plan);
  if (chosen.length === 0) {
    io.stderr.write(`${renderRepairPlan(plan, style)}\n`);
    return unchanged(plan);
  }
  const selection = asks
    ? null
    : selectSteps(chosen, {
        risky: () => options.allowRisky === true,
        owned: () => options.changeOwned === true,
      });
  const simulate = (steps: readonly RepairStep[]): Promise<SimulatedResult> =>
    simulateStepsPausing(request.snapshot, request.diagnosis, steps, request.checks, pausing(io.signal));
  const known = selection?.withheld ?? [];
  const shown = known.length === 0 ? style : { ...style, withheld: known, simulated: await simulate(selection!.made) };
  io.stderr.write(`${renderRepairPlan(plan, shown)}\n\n`);
  const { made: steps, withheld } = selection ?? (await askForSteps(session, chosen, options));
  if (selection === null && withheld.length > 0 && steps.length > 0)
    io.stderr.write(`${resultSentence(await simulate(steps), 'the steps that are made')}\n`);
  const because = new Map(withheld.map((entry) => [entry.step.id, withheldSentence(entry, chosen)]));
  if (steps.length === 0 || (asks && !(await confirm(io, question(steps.length), noOneToAsk)))) {
    io.stderr.write('Nothing was changed.\n');
    return unchanged(plan, because);
  }
  io.host?.beforeChanges(toRepairPlanDocument(plan).steps);
  return execute(session, request, plan, steps, because, options);
}

const noOneToAsk = { sentence: '', hint: '' };
const question = (count: number): string => `Make ${count === 1 ? 'this change' : `these ${count} changes`}?`;

/** Steps that `--yes` does not cover are asked for one by one. */
async function askForSteps(
  { io }: ChangeSession,
  chosen: readonly RepairStep[],
  { allowRisky, changeOwned }: DoctorOptions,
): Promise<StepSelection> {
  const agreed = new Set<RepairStep>();
  for (const [index, step] of chosen.entries()) {
    const isAgreed = (step.safety !== 'risky' || allowRisky === true) && (step.owner === null || changeOwned === true);
    if (
      isAgreed ||
      (await confirm(io, `Also make step ${index + 1}, ${stepTitle(step)}? ${warningOf(step)}`, noOneToAsk))
    )
      agreed.add(step);
  }
  const isAgreed = (step: RepairStep): boolean => agreed.has(step);
  return selectSteps(chosen, { risky: isAgreed, owned: isAgreed });
}

const warningOf = ({ dangers, owner }: RepairStep): string =>
  visible([...dangers, ...(owner === null ? [] : ['Its next deployment may revert the change.'])].join(' '));

function unchanged(plan: RepairPlan, because: ReadonlyMap<string, string> = new Map()): Repair {
  return {
    plan,
    made: [],
    isComplete: !plan.steps.some(({ isChosen }) => isChosen) && plan.byHand.length === 0,
    change: { changed: 0, plan: toRepairPlanDocument(plan, outcomesOf([], because)), undoFile: null },
  };
}

/** `because`: why a step is not made, by id. */
function outcomesOf(outcomes: readonly StepOutcome[], because: ReadonlyMap<string, string>): StepOutcomes {
  return new Map([
    ...[...because].map(([id, sentence]) => [id, { outcome: 'not-made', because: sentence }] as const),
    ...outcomes.map(({ step, outcome, error }) => [step.id, { outcome, because: error }] as const),
  ]);
}

async function execute(
  session: ChangeSession,
  { snapshot }: PlanRequest,
  plan: RepairPlan,
  steps: readonly RepairStep[],
  because: ReadonlyMap<string, string>,
  options: DoctorOptions,
): Promise<Repair> {
  const { io, clock, observer } = session;
  const at = clock.now();
  const path = await undoPath(options.undoFile, io.folder, at);
  const record = recordOf(steps, { account: snapshot.account, region: snapshot.region, at: at.toISOString() });
  await writeUndoFile(path, record);
  observer.onInterrupt(`To revert the changes: ${inShell(shell`msk-lambda undo ${path}`, io.shell)}`);
  const outcomes = await executeRepair(steps, environmentOf(session), {
    record,
    save: (changed) => writeUndoFile(path, changed),
    onStep: ({ step, outcome, error }) => {
      const sign = outcome === 'made' ? io.colour.green('✓') : io.colour.red('✗');
      const position = `${steps.indexOf(step) + 1}/${steps.length}`;
      io.stderr.write(`${sign} ${position} ${stepTitle(step)}${error === null ? '' : `: ${visible(error)}`}\n`);
    },
  });
  const made = outcomes.filter(({ outcome }) => outcome === 'made').map(({ step }) => step);
  const isOfUse = stepsToUndo(record).length > 0;
  if (!isOfUse) await removeUndoFile(path);
  return {
    plan,
    made,
    isComplete: made.length === plan.steps.filter(({ isChosen }) => isChosen).length && plan.byHand.length === 0,
    change: {
      changed: made.length,
      plan: toRepairPlanDocument(plan, outcomesOf(outcomes, because)),
      undoFile: isOfUse ? path : null,
    },
  };
}
