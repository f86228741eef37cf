/** Carries out a plan: shows it, asks, executes it, prints the answer. */
import { changeResults } from '../../plan/change-result.js';
import { obstacleSentences, ofMappings, stepLabels, summarizeChanges } from '../../plan/change-summary.js';
import { execute } from '../../plan/execution/execute.js';
import { notCarriedOut } from '../../plan/execution/result.js';
import type { MappingStep, Plan } from '../../plan/plan.js';
import { exitCodes } from '../exit-codes.js';
import { openJournal } from './journal.js';
import { giveOutcome, showPlan } from './answer.js';
import { mayGoOn } from './prompt.js';
import { environmentOf, type ChangeSession } from './session.js';

/**
 * Returns the exit code. `question`: for the terminal. Null: AWS could not be read for the plan, which was already
 * reported.
 */
export async function carryOut(session: ChangeSession, plan: Plan<MappingStep>, question: string): Promise<number> {
  const { io, options } = session;
  const { steps, findings, obstacles } = plan;
  const labels = stepLabels(steps);
  const sentences = obstacleSentences(plan);
  const undecided = plan.undecided.map((sentence) => ` ${sentence}`).join('');
  const planned = {
    steps,
    findings,
    blockers: obstacles.flatMap(({ checks }) => checks),
    ...ofMappings(steps.map(({ mapping }) => mapping)),
  };
  const dry = options.dryRun === true;
  if (obstacles.length > 0 && (options.force !== true || dry))
    return giveOutcome(session, {
      ...planned,
      outcome: dry ? 'planned' : 'blocked',
      exitCode: exitCodes.problem,
      message: `${dry ? 'Nothing was changed (--dry-run).' : nothingDone(session, steps)} ${sentences}${undecided}`,
    });
  if (steps.every(({ noChangeReason }) => noChangeReason !== null)) {
    const results = changeResults(
      steps,
      dry ? steps.map(() => notCarriedOut) : await execute(steps, environmentOf(session)),
    );
    return giveOutcome(session, {
      ...planned,
      ...summarizeChanges(results, labels),
      findings: results.flatMap((result) => result.findings ?? []),
    });
  }
  if (dry)
    return giveOutcome(session, {
      ...planned,
      outcome: 'planned',
      message: `Nothing was changed (--dry-run). No blocking problems.${undecided}`,
    });
  const asks = options.yes !== true && io.interactive;
  if (asks) await showPlan(session, steps, findings, planned.blockers);
  if (!(await mayGoOn(session, obstacles.length === 0 ? question : `${question} (despite the blocking problems)`)))
    return giveOutcome(session, {
      ...planned,
      outcome: 'nothing-to-do',
      message: nothingDone(session, steps),
      planShown: true,
    });
  const journal = await openJournal(io, options.sandbox === undefined ? steps : [], {
    region: await session.clients.region(),
    now: session.clock.now(),
  });
  const executed = await execute(steps, environmentOf(session));
  await journal(executed);
  const results = changeResults(steps, executed);
  const summary = summarizeChanges(results, labels);
  const force =
    sentences === ''
      ? ''
      : ` ${summary.changed === 0 ? 'Tried' : 'Done'} despite blocking problems (--force): ${sentences}`;
  return giveOutcome(session, {
    ...summary,
    steps,
    planShown: asks,
    findings: results.some((result) => result.findings !== undefined)
      ? results.flatMap((result) => result.findings ?? [])
      : findings,
    message: `${summary.message}${summary.outcome === 'done' ? undecided : ''}${force}`,
  });
}

/** A fix that was agreed to before is a change. */
function nothingDone({ applied }: ChangeSession, steps: readonly MappingStep[]): string {
  if (steps.every(({ action }) => action === 'create')) return 'Nothing was created.';
  return applied.length === 0 ? 'Nothing was changed.' : 'No mapping was changed.';
}

/** The answer where AWS could not be read well enough for a plan. */
export const giveUnplanned = (
  session: ChangeSession,
  message: string,
  mapping: MappingStep['mapping'] = null,
): Promise<number> => giveOutcome(session, { outcome: 'undecided', message, mapping });
