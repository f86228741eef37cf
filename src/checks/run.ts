/** Runs the checks on one mapping. Only here does a missing read become `unknown`. */
import type { Fix } from '../fixes/fix.js';
import { deniedActions, type ReadFailure } from '../snapshot/read.js';
import { all, known, type Fact } from '../subject/fact.js';
import type { Subject } from '../subject/subject.js';
import type { AnyCheck, Dependency, Evidence, FailureKind, Judgement, Severity, Stage } from './define.js';
import type { CheckId } from '../catalogue/check-ids.js';

/**
 * The status of a finding. `unknown`: failed reads, or the limits of the judgement, leave it open; `skip`: it does
 * not apply.
 */
export type Status = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';

/** The result of one check for one mapping. */
export interface Finding {
  check: CheckId;
  status: Status;
  severity: Severity;
  stage: Stage;
  title: string;
  evidence: Evidence[];
  fixes: Fix[];
  /** For a failure or warning: its kind, where other checks depend on it. */
  kind?: FailureKind;
  /** For a `skip`: the failing check that causes it, and what this check reported before that was known. */
  consequence?: Consequence;
  /** For an `unknown`: the failed reads that would decide it. */
  unread?: readonly ReadFailure[];
  /** IAM actions of the reads that were denied: with these permissions an `unknown` would be decided. */
  missingActions: string[];
}

export interface Consequence {
  /** The failing check that is the origin. */
  of: CheckId;
  /** Whether that check's fix certainly resolves this one; otherwise it must be checked again after the fix. */
  isResolved: boolean;
  /** The title of the failure or warning that this check reported; null where it reported neither. */
  title: string | null;
}

/** Computes something about a mapping's facts once, under a name; mappings with equal facts may share it. */
type OnceForAll = (name: string, work: (facts: Subject) => Finding) => Finding;

/** The finding of every check, in the order of the list. `once`: shares work between mappings. */
export function runChecks(
  checks: readonly AnyCheck[],
  subject: Subject,
  once: OnceForAll = (_name, work) => work(subject),
): Finding[] {
  const plan = planOf(checks);
  const findings: (Finding | undefined)[] = Array.from({ length: plan.length });
  const run = (index: number): Finding => {
    const earlier = findings[index];
    if (earlier !== undefined) return earlier;
    const { check, dependencies } = plan[index]!;
    const alone = once(check.id, (facts) => runCheck(check, facts));
    let failing: Failing[] | undefined;
    for (const { on, kinds, ownKinds, relation } of dependencies) {
      if (!isOneOf(alone, ownKinds)) continue;
      const premise = run(on);
      const cause = isOneOf(premise, kinds) ? causeOf(premise) : null;
      if (cause !== null) (failing ??= []).push({ cause, relation });
    }
    const finding = failing === undefined ? alone : afterCauses(check, alone, failing);
    findings[index] = finding;
    return finding;
  };
  return plan.map((_, index) => run(index));
}

/** A check with the checks of the same list on which it depends, by their index. */
interface PlannedCheck {
  check: AnyCheck;
  dependencies: (Omit<Dependency, 'check'> & { on: number })[];
}
const plans = new WeakMap<readonly AnyCheck[], readonly PlannedCheck[]>();

/** Prepared once for a list of checks that runs on many mappings. */
function planOf(checks: readonly AnyCheck[]): readonly PlannedCheck[] {
  const earlier = plans.get(checks);
  if (earlier !== undefined) return earlier;
  const indexes = new Map(checks.map(({ id }, index) => [id, index]));
  const plan = checks.map((check) => ({
    check,
    dependencies: (check.restsOn ?? []).map(inFull).flatMap(({ check: id, ...dependency }) => {
      const on = indexes.get(id);
      return on === undefined ? [] : [{ ...dependency, on }];
    }),
  }));
  plans.set(checks, plan);
  return plan;
}

/** A failing check on which another one depends. */
interface Failing {
  cause: CheckId;
  relation: Dependency['relation'];
}

const inFull = (dependency: CheckId | Dependency): Dependency =>
  typeof dependency === 'string' ? { check: dependency, relation: 'premise' } : dependency;

const isOneOf = ({ kind }: Finding, kinds: readonly FailureKind[] | undefined): boolean =>
  kinds === undefined || (kind !== undefined && kinds.includes(kind));

/** The origin of a failure: this check, or the one whose failure causes it; null where neither fails. */
function causeOf({ check, status, consequence }: Finding): CheckId | null {
  if (status === 'fail') return check;
  return consequence?.title === undefined || consequence.title === null ? null : consequence.of;
}

/** The finding after other failing checks on which it depends are taken into account. */
function afterCauses(check: AnyCheck, finding: Finding, failing: readonly Failing[]): Finding {
  const reported = finding.status === 'fail' || finding.status === 'warn';
  const cause = failing.find(({ relation }) => relation === 'premise' || (relation === 'consequence' && reported));
  if (cause !== undefined)
    return {
      ...skipped(check, `depends on ${cause.cause}, which fails`),
      ...(finding.kind === undefined ? {} : { kind: finding.kind }),
      consequence: {
        of: cause.cause,
        isResolved: cause.relation === 'consequence',
        title: finding.status === 'fail' || (cause.relation === 'consequence' && reported) ? finding.title : null,
      },
    };
  return failing.some(({ relation }) => relation === 'pointless-fix') ? { ...finding, fixes: [] } : finding;
}

/** One check's finding. */
export function runCheck(check: AnyCheck, subject: Subject): Finding {
  const input = inputOf(check, subject);
  if (input.is === 'not-applicable') return skipped(check, input.because);
  if (input.is === 'unread') return unreadFinding(check, input.missing);
  return toFinding(check, check.judge(input.value));
}

/** The input of the check for this mapping; not applicable or unread if one of its needs is. */
export function inputOf(check: AnyCheck, subject: Subject): Fact<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const name of check.needs) {
    const fact = subject[name] as Fact<unknown>;
    if (fact.is !== 'known') return all(...check.needs.map((each) => subject[each] as Fact<unknown>)) as Fact<never>;
    input[name] = fact.value;
  }
  for (const name of check.mayUse ?? []) input[name] = subject[name];
  return known(input);
}

function toFinding(check: AnyCheck, judgement: Judgement<unknown>): Finding {
  switch (judgement.status) {
    case 'pass':
      return passedBy(check);
    case 'skip':
      return skipped(check, judgement.because);
    case 'undecided':
      return notDecided(check, judgement.because, judgement.missing, judgement.evidence);
    default: {
      const { title, evidence } = check.describe(judgement.evidence);
      const kind = check.kind?.(judgement.evidence);
      return {
        ...base(check),
        ...(kind === undefined ? {} : { kind }),
        status: judgement.status,
        title,
        evidence,
        fixes: check.fixes?.(judgement.evidence) ?? [],
        missingActions: actionsOf(check.missing?.(judgement.evidence) ?? []),
      };
    }
  }
}

const base = (check: AnyCheck) => ({
  check: check.id,
  severity: check.severity,
  stage: check.stage,
  evidence: [] as Evidence[],
  fixes: [] as Fix[],
  missingActions: [] as string[],
});

/** Findings without evidence are the same object for all mappings, since of a large account nearly all are such. */
const passed = new WeakMap<AnyCheck, Finding>();
const skippedBecause = new WeakMap<AnyCheck, Map<string, Finding>>();
/** So many reasons are remembered for a check: a reason can name what only one mapping has. */
const mostReasons = 20;

function passedBy(check: AnyCheck): Finding {
  const finding = passed.get(check) ?? { ...base(check), status: 'pass', title: check.title };
  passed.set(check, finding);
  return finding;
}

function skipped(check: AnyCheck, because: string): Finding {
  const ofCheck = skippedBecause.get(check) ?? new Map<string, Finding>();
  skippedBecause.set(check, ofCheck);
  const earlier = ofCheck.get(because);
  if (earlier !== undefined) return earlier;
  const finding: Finding = { ...base(check), status: 'skip', title: `Not applicable: ${because}` };
  if (ofCheck.size < mostReasons) ofCheck.set(because, finding);
  return finding;
}

function notDecided(check: AnyCheck, because: string, missing: readonly ReadFailure[], evidence: Evidence[]): Finding {
  const unique = [
    ...new Map(missing.map((failure) => [`${failure.action} ${failure.resource ?? ''}`, failure])).values(),
  ];
  return {
    ...base(check),
    status: 'unknown',
    title: `Could not check: ${because}`,
    evidence: [...evidence, ...unique.map(readEvidence)],
    unread: unique,
    missingActions: actionsOf(unique),
  };
}

/** A read that timed out, was throttled or left out lacks no permission. */
const actionsOf = (missing: readonly ReadFailure[]): string[] => deniedActions(missing).toSorted();

/** Why a check is undecided that lacks data. */
export const unreadData = 'data that it needs could not be read';

const ofFailure = new WeakMap<AnyCheck, WeakMap<ReadFailure, Finding>>();

/** Of a single failure the same object for all mappings: a call that is denied for one mapping is mostly denied for all. */
function unreadFinding(check: AnyCheck, missing: readonly ReadFailure[]): Finding {
  const because = unreadData;
  const [failure, ...others] = missing;
  if (failure === undefined || others.length > 0) return notDecided(check, because, missing, []);
  const ofCheck = ofFailure.get(check) ?? new WeakMap<ReadFailure, Finding>();
  ofFailure.set(check, ofCheck);
  const finding = ofCheck.get(failure) ?? notDecided(check, because, missing, []);
  ofCheck.set(failure, finding);
  return finding;
}

const reasons = {
  'not-found': 'reported that it does not exist',
  denied: 'was denied to your credentials',
  throttled: 'was throttled by AWS',
  failed: 'failed',
  'timed-out': 'timed out',
} as const;

/** The failed read as evidence of an undecided finding. */
export const readEvidence = (failure: ReadFailure): Evidence => ({
  resource: failure.resource ?? failure.service,
  fact: `${failure.action} ${reasons[failure.outcome]}: ${failure.error}`,
});
