/** The answer of a command that changes mappings, and its exit code. */
import type { Finding } from '../../checks/run.js';
import type { Refusal } from '../../account/apply.js';
import type { Difference } from '../../mapping/differences.js';
import { isUnsure, meaningOf } from '../../mapping/refusals.js';
import type { AwsCall } from '../../aws/call.js';
import { visible } from '../../text/visible.js';
import { renderChange, renderPlan, type ChangeStyle } from '../../report/change-text.js';
import { toChangedMapping, type ChangeDocument, type ChangeStep } from '../../report/documents/change.js';
import { toFindingDocument } from '../../report/documents/doctor.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { giveAnswer } from '../answer.js';
import { exitCodes } from '../exit-codes.js';
import type { ChangeSession } from './session.js';

export interface Outcome {
  outcome: ChangeDocument['outcome'];
  message: string;
  plan: ChangeStep[];
  changed?: number;
  /** One, or several where several were meant. */
  mapping?: Mapping | null;
  mappings?: Mapping[];
  findings?: readonly Finding[];
  blockers?: readonly string[];
  /** Where the outcome alone does not tell it. */
  exitCode?: number;
  /** The plan was shown before, when it was asked about. */
  planShown?: boolean;
}

const codes: Record<ChangeDocument['outcome'], number> = {
  done: exitCodes.ok,
  'nothing-to-do': exitCodes.ok,
  planned: exitCodes.ok,
  blocked: exitCodes.problem,
  refused: exitCodes.problem,
  failed: exitCodes.problem,
  undecided: exitCodes.cannotTell,
};

/** Prints the answer; gives the exit code. */
export async function giveOutcome(session: ChangeSession, given: Outcome): Promise<number> {
  const { io, options } = session;
  const {
    outcome,
    message,
    plan,
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
    plan,
    mapping: mapping === null ? null : toChangedMapping(mapping),
    mappings: mappings.map(toChangedMapping),
    findings: findings.map(toFindingDocument),
    blockers: [...blockers],
    applied: session.applied.map(({ title, changes }) => ({ title, changes })),
  };
  const style = await styleOf(session);
  await giveAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? mappings.map(({ UUID }) => UUID).join('\n')
        : renderChange(
            { document, findings, planShown, showCalls: options.dryRun === true || options.verbose === true },
            style,
          ),
    json: () => document,
  });
  // Scripts that asked for the bare answer still want to know why there is none.
  if (options.quiet === true && codes[outcome] !== exitCodes.ok) io.stderr.write(`${visible(message)}\n`);
  return given.exitCode ?? (outcome === 'planned' && blockers.length > 0 ? exitCodes.problem : codes[outcome]);
}

const styleOf = async ({ io, options, clients }: ChangeSession): Promise<ChangeStyle> => ({
  colour: io.colour,
  columns: io.columns,
  region: await clients.region(),
  profile: options.profile,
});

/** The plan on stderr, before it is asked about. */
export async function showPlan(
  session: ChangeSession,
  plan: readonly ChangeStep[],
  findings: readonly Finding[] = [],
  blockers: readonly string[] = [],
): Promise<void> {
  session.io.stderr.write(`${renderPlan(plan, findings, blockers, true, await styleOf(session))}\n\n`);
}

/** A refusal of AWS in plain words, with its own. */
export const refusalMessage = (refusal: Refusal): string => {
  const own = refusal.message === '' ? refusal.name : `${refusal.name}: ${refusal.message}`;
  return `${meaningOf(refusal)} AWS says: ${refusal.status === null ? refusal.error : own}`;
};

/** AWS refused: for what the credentials lack, or where no answer came, nothing is known of the account. */
export const refused = (
  refusal: Refusal,
  before = 'Nothing was changed.',
): Pick<Outcome, 'outcome' | 'message' | 'exitCode'> & { outcome: 'refused' } => ({
  outcome: 'refused',
  message: `${before} ${refusalMessage(refusal)}`,
  exitCode:
    refusal.outcome === 'denied' || refusal.outcome === 'throttled' || refusal.status === null || refusal.status >= 500
      ? exitCodes.cannotTell
      : exitCodes.problem,
});

/** A change that AWS refused, or of which no answer told what became of it. */
export const notChanged = (
  refusal: Refusal,
  uuid: string,
  before?: string,
): Pick<Outcome, 'message' | 'exitCode'> & { outcome: 'refused' | 'undecided' } =>
  isUnsure(refusal)
    ? {
        outcome: 'undecided',
        message: `Whether the mapping ${uuid} was changed is not known: ${refusal.error}. The same command again tells, and changes what is left.`,
      }
    : refused(refusal, before);

export const stepOf = (
  action: ChangeStep['action'],
  mapping: Mapping | Pick<Mapping, 'FunctionArn' | 'EventSourceArn' | 'Topics'>,
  more: { differences?: readonly Difference[]; calls?: readonly AwsCall[] } = {},
): ChangeStep => ({
  action,
  mapping: 'UUID' in mapping ? mapping.UUID : null,
  functionArn: mapping.FunctionArn ?? null,
  eventSourceArn: mapping.EventSourceArn ?? null,
  topic: mapping.Topics[0] ?? null,
  differences: (more.differences ?? []).map(({ setting, is, wanted, changeable }) => ({
    setting,
    is,
    wanted,
    fixed: !changeable,
  })),
  calls: (more.calls ?? []).map((call) => ({ ...call })),
});
