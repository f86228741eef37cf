/** What a check is: data, a pure judgement over declared facts, the finding in words, fixes. */
import type { Fix } from '../fixes/fix.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { Facts, FactName, Subject } from '../subject/subject.js';
import type { CheckId } from '../catalogue/check-ids.js';

/** How grave a failure is: `error` stops the mapping, `warning` may, `info` is worth knowing. */
export type Severity = 'info' | 'warning' | 'error';

/** The order in which the pollers meet things: what stops them early is named before what would stop them later. */
export const stages = [
  'mapping',
  'role',
  'secret',
  'control-plane',
  'network',
  'login',
  'authorization',
  'invoke',
  'flow',
] as const;
export type Stage = (typeof stages)[number];

/** One piece of evidence: the resource (an id or ARN) and what is true of it. */
export interface Evidence {
  resource: string;
  fact: string;
}

/** In which way a check fails, where another check depends on that. */
export type FailureKind =
  /** The resource no longer exists, is in another region, or exists and is not available yet. */
  | 'gone'
  | 'other-region'
  | 'not-available'
  /** The mapping names no secret, several, one of the wrong kind, or a text that is not the secret's ARN. */
  | 'no-secret'
  | 'several-secrets'
  | 'wrong-secret'
  | 'invalid-arn'
  /** The VPC connection is for another authentication than the mapping's. */
  | 'other-authentication'
  /** The topic does not exist. */
  | 'no-topic'
  /** The secret is under the default key of Secrets Manager. */
  | 'default-key'
  /** The secret's content has no members. */
  | 'not-json'
  /** The mapping's filter is encrypted with a key that Lambda may not use; the execution role may not use the secret's key. */
  | 'filter-key'
  | 'secret-key'
  /** Calls of the function fail because it is throttled. */
  | 'throttled'
  /** The on-failure destination cannot be one. */
  | 'not-a-destination'
  /** What fails concerns only the paths to brokers, the secret, the on-failure destination, or the schema registry. */
  | 'brokers-only'
  | 'secret-only'
  | 'destination-only'
  | 'registry-only';

/** That a check depends on another one. A bare check id: on every failure of it, as a `premise`. */
export interface Dependency {
  check: CheckId;
  /** The failures that matter; every failure where this is left out. */
  kinds?: readonly FailureKind[];
  /** The failures of this check that depend on it; every failure where this is left out. */
  ownKinds?: readonly FailureKind[];
  /**
   * `premise`: the fix changes what this check looks at, so its result says nothing until then, and it is `skip`.
   * `consequence`: this check fails because of that failure, and the fix resolves it; a result other than a failure is kept.
   * `pointless-fix`: this check fails for its own reason, but its fix has no effect; only the fix is left out.
   */
  relation: 'premise' | 'consequence' | 'pointless-fix';
}

/**
 * What a check says. `undecided` is for a reasoner that could follow the facts only so far:
 * `missing` are the reads that stood in the way, if reads they were.
 */
export type Judgement<E> =
  | { status: 'pass' }
  | { status: 'warn' | 'fail'; evidence: E }
  | { status: 'skip'; because: string }
  | { status: 'undecided'; because: string; missing: ReadFailure[]; evidence: Evidence[] };

/** The judgements; `because` is a clause without a period. */
export const pass = { status: 'pass' } as const;
export const fail = <E>(evidence: E): Judgement<E> => ({ status: 'fail', evidence });
export const warn = <E>(evidence: E): Judgement<E> => ({ status: 'warn', evidence });
export const skip = (because: string) => ({ status: 'skip', because }) as const;
export const undecided = (because: string, missing: ReadFailure[] = [], evidence: Evidence[] = []) =>
  ({ status: 'undecided', because, missing, evidence }) as const;

/** A page of AWS's documentation, or of Kafka's own. */
export type DocumentationPage = `https://docs.aws.amazon.com/${string}` | `https://kafka.apache.org/${string}`;

/** What a check sees of a mapping: its needs as values, what it may use as facts. */
export type CheckInput<Need extends FactName, Use extends FactName> = Pick<Facts, Need> & Pick<Subject, Use>;

/** `Need` and `Use` are inferred from `needs` and `mayUse`, so that `judge` can read nothing else. */
export interface Check<Need extends FactName, Use extends FactName, E> {
  id: CheckId;
  /** The failing state in a few words, for lists: "The brokers' security groups do not let the pollers in". */
  title: string;
  severity: Severity;
  stage: Stage;
  /** How to tell this cause from others by hand: what to look at, without a period. Shown by `explain`. */
  indicator: string;
  /** Pages of the documentation that the judgement rests on, the most telling first. */
  docs: readonly DocumentationPage[];
  /** The facts without which it cannot judge. One that is unread makes it `unknown`, one that does not apply makes it `skip`. */
  needs: readonly Need[];
  /** Facts that it can judge without: it sees whether each is known, unread or not applicable, and decides what that means. */
  mayUse?: readonly Use[];
  /** Checks on which this one depends; see `src/checks/support/premises.ts` for the reasons. */
  restsOn?: readonly (CheckId | Dependency)[];
  judge(facts: CheckInput<Need, Use>): Judgement<E>;
  /** The finding in words: a title that names the resource, and the evidence line by line. */
  describe(evidence: E): { title: string; evidence: Evidence[] };
  fixes?(evidence: E): Fix[];
  /** Reads that failed and would have added to the evidence, without changing the result. */
  missing?(evidence: E): readonly ReadFailure[];
  /** In which way it fails, where another check depends on that. */
  kind?(evidence: E): FailureKind | undefined;
}

/** A check with the types of its facts and its evidence forgotten, as the runner handles it. */
export interface AnyCheck extends Omit<Check<FactName, FactName, unknown>, 'judge'> {
  judge(facts: Readonly<Record<string, unknown>>): Judgement<unknown>;
}

/** A check, its types proved against its declarations and then forgotten. */
export const defineCheck = <const Need extends FactName, E, const Use extends FactName = never>(
  check: Check<Need, Use, E>,
): AnyCheck => check as unknown as AnyCheck;
