/** The answer of a command that changes mappings, and its exit code. */
import type { Finding } from '../../checks/run.js';
import type { ChangeOutcome } from '../../plan/change-result.js';
import type { ChangeSummary } from '../../plan/change-summary.js';
import type { MappingStep } from '../../plan/plan.js';
import { renderChange, renderPlan } from '../../report/change-text.js';
import type { FixStyle } from '../../report/fix-lines.js';
import { toChangedMapping, toChangeStep, type ChangeDocument } from '../../report/documents/change.js';
import { toFindingDocument } from '../../report/documents/doctor.js';
import { visible } from '../../text/visible.js';
import { printAnswer } from '../print-answer.js';
import { ownSourceWords } from '../source-words.js';
import { exitCodes } from '../exit-codes.js';
import type { ChangeSession } from './session.js';

export interface Outcome extends Partial<Omit<ChangeSummary, 'outcome' | 'message'>> {
  outcome: ChangeOutcome;
  message: string;
  steps?: readonly MappingStep[];
  findings?: readonly Finding[];
  /** The exit code, where the outcome alone does not decide it. */
  exitCode?: number;
  /** The plan was already printed with the question. */
  planShown?: boolean;
}

const codes: Record<ChangeOutcome, number> = {
  done: exitCodes.ok,
  'nothing-to-do': exitCodes.ok,
  planned: exitCodes.ok,
  blocked: exitCodes.problem,
  refused: exitCodes.problem,
  failed: exitCodes.problem,
  undecided: exitCodes.cannotTell,
};

/** Prints the answer; returns the exit code. */
export async function giveOutcome(session: ChangeSession, given: Outcome): Promise<number> {
  const { io, options } = session;
  const {
    outcome,
    message,
    steps = [],
    changed = 0,
    mapping = null,
    findings = [],
    blockers = [],
    planShown = false,
  } = given;
  const mappings = given.mappings ?? (mapping === null ? [] : [mapping]);
  const document: ChangeDocument = {
    schemaVersion: 1,
    changed,
    outcome,
    message,
    plan: steps.map(toChangeStep),
    mapping: mapping === null ? null : toChangedMapping(mapping),
    mappings: mappings.map(toChangedMapping),
    findings: findings.map((finding) => toFindingDocument(finding)),
    blockers: [...blockers],
    applied: session.applied.map(({ title, changes }) => ({ title, changes })),
  };
  const style = await styleOf(session);
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? mappings.map(({ UUID }) => UUID).join('\n')
        : renderChange(
            {
              document,
              findings: notDeclined(session, findings),
              planShown,
              showCalls: options.dryRun === true || options.verbose === true,
            },
            style,
          ),
    json: () => document,
  });
  // Scripts that asked for the answer without decoration still need to know why there is none.
  if (options.quiet === true && codes[outcome] !== exitCodes.ok) io.stderr.write(`${visible(message)}\n`);
  return given.exitCode ?? (given.unanswered === true ? exitCodes.cannotTell : codes[outcome]);
}

/** Without the findings that were shown with a question already. */
const notDeclined = ({ declined }: ChangeSession, findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ check }) => !declined.has(check));

const styleOf = async ({ io, options, clients }: ChangeSession): Promise<FixStyle> => ({
  colour: io.colour,
  columns: io.columns,
  shell: io.shell,
  region: await clients.region(),
  source: ownSourceWords(options),
  profile: options.profile,
});

/** Prints the plan on stderr, before the question. */
export async function showPlan(
  session: ChangeSession,
  steps: readonly MappingStep[],
  findings: readonly Finding[] = [],
  blockers: readonly string[] = [],
): Promise<void> {
  const text = renderPlan(
    steps.map(toChangeStep),
    notDeclined(session, findings),
    blockers,
    true,
    await styleOf(session),
  );
  session.io.stderr.write(`${text}\n\n`);
}
