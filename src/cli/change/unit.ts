/** One mapping's part of a change: planned and checked first, carried out after it was agreed to. */
import type { Finding } from '../../checks/run.js';
import type { Preflight } from '../../mapping/preflight.js';
import type { ChangeDocument, ChangeStep } from '../../report/documents/change.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { exitCodes } from '../exit-codes.js';
import { giveOutcome, showPlan, type Outcome } from './answer.js';
import { inTheWay, mayGoOn, openQuestions } from './check.js';
import type { ChangeSession } from './session.js';

export interface Way {
  ids: string[];
  sentence: string;
}

export interface Unit {
  step: ChangeStep;
  /** The mapping as it is before; null where there is none. */
  mapping: Mapping | null;
  findings: readonly Finding[];
  /** What stands in the way; null where nothing does. */
  way: Way | null;
  /** What was not decided, as a sentence. */
  open: string;
  /** What to say of a unit that has nothing to do. */
  nothing?: string;
  perform(): Promise<Performed>;
}

export interface Performed {
  outcome: ChangeDocument['outcome'];
  message: string;
  changed: number;
  mapping: Mapping | null;
  findings?: readonly Finding[];
  blockers?: readonly string[];
  exitCode?: number;
}

/** A unit as the checks see it. */
export const checked = (preflight: Preflight, more: Way | null = null): Pick<Unit, 'findings' | 'way' | 'open'> => {
  const found = inTheWay(preflight);
  const ways = [more, found].filter((way) => way !== null);
  const way =
    ways.length === 0
      ? null
      : { ids: ways.flatMap(({ ids }) => ids), sentence: ways.map(({ sentence }) => sentence).join(' ') };
  return { findings: preflight.findings, way, open: openQuestions(preflight) };
};

export const unchecked: Pick<Unit, 'findings' | 'way' | 'open'> = { findings: [], way: null, open: '' };

/** A mapping that is as it is wanted. */
export const nothingToDo = (step: ChangeStep, mapping: Mapping, sentence: string): Unit => ({
  ...unchecked,
  step,
  mapping,
  nothing: sentence,
  perform: async () => ({ outcome: 'nothing-to-do', message: sentence, changed: 0, mapping }),
});

/** Shows, asks, carries out, answers. `question` is what is asked at a terminal. */
export async function carryOut(session: ChangeSession, units: readonly Unit[], question: string): Promise<number> {
  const { io, options } = session;
  const plan = units.map(({ step }) => step);
  const findings = units.flatMap((unit) => unit.findings);
  const ways = units.flatMap(({ way }) => way ?? []);
  const seen = {
    plan,
    findings,
    blockers: ways.flatMap(({ ids }) => ids),
    ...ofMappings(units.map(({ mapping }) => mapping)),
  };
  const about = aboutEach(units);
  const obstacles = units.flatMap(({ way }, index) => (way === null ? [] : [about[index]! + way.sentence])).join(' ');
  const open = units.map((unit) => unit.open).join('');
  if (ways.length > 0 && (options.force !== true || options.dryRun === true)) {
    const dry = options.dryRun === true;
    return giveOutcome(session, {
      ...seen,
      outcome: dry ? 'planned' : 'blocked',
      exitCode: exitCodes.problem,
      message: `Nothing was changed${dry ? ' (--dry-run)' : ''}. ${obstacles}${open}`,
    });
  }
  if (units.every((unit) => unit.nothing !== undefined)) {
    const done = await performAll(units);
    return giveOutcome(session, {
      ...seen,
      ...summary(done, about),
      findings: done.flatMap((one) => one.findings ?? []),
    });
  }
  if (options.dryRun === true)
    return giveOutcome(session, {
      ...seen,
      outcome: 'planned',
      message: `Nothing was changed (--dry-run). Nothing stands in the way.${open}`,
    });
  const asks = options.yes !== true && io.interactive;
  if (asks) await showPlan(session, plan, findings, seen.blockers);
  if (!(await mayGoOn(session, ways.length === 0 ? question : `${question} (despite what stands in the way)`)))
    return giveOutcome(session, {
      ...seen,
      outcome: 'nothing-to-do',
      message: 'Nothing was changed.',
      planShown: true,
    });
  const done = await performAll(units);
  const result = summary(done, about);
  return giveOutcome(session, {
    ...result,
    plan,
    planShown: asks,
    findings: done.some((one) => one.findings !== undefined) ? done.flatMap((one) => one.findings ?? []) : findings,
    message: `${result.message}${result.outcome === 'done' ? open : ''}${obstacles === '' ? '' : ` It was ${result.changed === 0 ? 'tried' : 'done'} despite this (--force): ${obstacles}`}`,
  });
}

/** One after another: what is made is never more than one call away from being known. */
async function performAll(units: readonly Unit[]): Promise<Performed[]> {
  const done: Performed[] = [];
  for (const unit of units) {
    const amiss = done.find(({ outcome }) => outcome !== 'done' && outcome !== 'nothing-to-do');
    done.push(amiss !== undefined && unit.step.action === 'delete' ? leave(unit, amiss) : await unit.perform());
  }
  return done;
}

/** What is to take a deleted mapping's place is there first: nothing is deleted after something else went wrong. */
const leave = ({ mapping }: Unit, { outcome, exitCode }: Performed): Performed => ({
  outcome,
  message: `The mapping ${mapping?.UUID ?? ''} was not deleted, for not all that comes before it was done.`,
  changed: 0,
  mapping,
  ...(exitCode === undefined ? {} : { exitCode }),
});

const ofMappings = (mappings: readonly (Mapping | null)[]): Pick<Outcome, 'mapping' | 'mappings'> => {
  const there = mappings.filter((mapping) => mapping !== null);
  return { mapping: mappings.length === 1 ? (there[0] ?? null) : null, mappings: there };
};

/** The mapping that a sentence is about, where there are several; else nothing. */
const aboutEach = (units: readonly Unit[]): string[] =>
  units.map(({ step: { functionArn, topic } }) =>
    units.length === 1 ? '' : `${functionArn?.split(':').slice(6).join(':') ?? ''} ← ${topic ?? ''}: `,
  );

/** Of many, those that are as they were are only counted. */
function messageOf(done: readonly Performed[], about: readonly string[]): string {
  if (done.length === 0) return 'There is nothing to do.';
  if (done.length === 1) return done[0]!.message;
  const changed = done.flatMap(({ outcome, message }, index) =>
    outcome === 'nothing-to-do' ? [] : [about[index]! + message],
  );
  const same = done.length - changed.length;
  const rest =
    same === 0
      ? []
      : [
          changed.length === 0
            ? `All ${same} mappings are as asked already. Nothing was changed.`
            : `${same} of ${done.length} mappings ${same === 1 ? 'is' : 'are'} as asked already.`,
        ];
  return [...changed, ...rest].join(' ');
}

/** Gravest first. */
const gravity: readonly ChangeDocument['outcome'][] = [
  'failed',
  'refused',
  'blocked',
  'undecided',
  'planned',
  'done',
  'nothing-to-do',
];

function summary(done: readonly Performed[], about: readonly string[]): Omit<Outcome, 'plan'> {
  const [gravest] = done.toSorted((a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome));
  return {
    outcome: gravest?.outcome ?? 'nothing-to-do',
    message: messageOf(done, about),
    changed: done.reduce((sum, one) => sum + one.changed, 0),
    blockers: done.flatMap((one) => one.blockers ?? []),
    ...ofMappings(done.map(({ mapping }) => mapping)),
    ...(gravest?.exitCode === undefined ? {} : { exitCode: gravest.exitCode }),
  };
}
