/** The type of a check: metadata, a pure judgement of declared facts, the text of the finding, fixes. */
import type { Fix } from '../fixes/fix.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { Facts, FactName, Subject } from '../subject/subject.js';
import type { CheckId } from '../catalogue/check-ids.js';

/** How severe a failure is: `error` stops the mapping, `warning` may stop it, `info` does not. */
export type Severity = 'info' | 'warning' | 'error';

/** The order in which the pollers meet things: an early obstacle is named before a later one. */
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

/** One piece of evidence: the resource (an id or ARN) and a fact about it. */
export interface Evidence {
  resource: string;
  fact: string;
  /** The fact for people who have read the title of the finding: without the words that the title says already. */
  afterTitle?: string;
}

/** The kind of a failure, where another check depends on it. */
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
  /** The mapping must name another schema registry, another secret for it, or other settings of it. */
  | 'registry-settings'
  /** What fails concerns only the paths to brokers, the secret, the on-failure destination, or the schema registry. */
  | 'brokers-only'
  | 'secret-only'
  | 'destination-only'
  | 'registry-only';

/** A dependency on another check. A bare check id: on every failure of it, as a `premise`. */
export interface Dependency {
  check: CheckId;
  /** The failures of the other check that matter; all if absent. */
  kinds?: readonly FailureKind[];
  /** The failures of this check that depend on it; all if absent. */
  ownKinds?: readonly FailureKind[];
  /**
   * `premise`: the fix changes what this check looks at, so its result says nothing until then, and it is `skip`.
   * `consequence`: this check fails because of that failure, and the fix resolves it; a result other than a failure is kept.
   * `pointless-fix`: this check fails for its own reason, but its fix has no effect; only the fix is left out.
   */
  relation: 'premise' | 'consequence' | 'pointless-fix';
}

/**
 * The result of a check. `undecided`: the facts are known but do not decide it; `missing` are failed reads that
 * would, if there are any.
 */
export type Judgement<E> =
  | { status: 'pass' }
  | { status: 'warn' | 'fail'; evidence: E }
  | { status: 'skip'; because: string }
  | { status: 'undecided'; because: string; missing: ReadFailure[]; evidence: Evidence[] };

/** The results; `because` is a clause without a period. */
export const pass = { status: 'pass' } as const;
export const fail = <E>(evidence: E): Judgement<E> => ({ status: 'fail', evidence });
export const warn = <E>(evidence: E): Judgement<E> => ({ status: 'warn', evidence });
export const skip = (because: string) => ({ status: 'skip', because }) as const;
export const undecided = (because: string, missing: ReadFailure[] = [], evidence: Evidence[] = []) =>
  ({ status: 'undecided', because, missing, evidence }) as const;

/** A page of the documentation of AWS or Kafka. */
export type DocumentationPage = `https://docs.aws.amazon.com/${string}` | `https://kafka.apache.org/${string}`;

/** The input of a check: its needs as values, and what it may use as facts. */
export type CheckInput<Need extends FactName, Use extends FactName> = Pick<Facts, Need> & Pick<Subject, Use>;

/** `Need` and `Use` are inferred from `needs` and `mayUse`, so that `judge` can read nothing else. */
export interface Check<Need extends FactName, Use extends FactName, E> {
  id: CheckId;
  /** The failing state in a few words, for lists: "The brokers' security groups do not let the pollers in". */
  title: string;
  severity: Severity;
  stage: Stage;
  /** How to distinguish this cause from others by hand: what to look at, without a period. Shown by `explain`. */
  indicator: string;
  /** Documentation that the judgement is based on, the most relevant page first. */
  docs: readonly DocumentationPage[];
  /** The facts that it needs. An unread one makes the check `unknown`, one that does not apply makes it `skip`. */
  needs: readonly Need[];
  /**
   * Facts that it uses if they are known. It sees whether each is known, unread or not applicable, and decides what
   * that means.
   */
  mayUse?: readonly Use[];
  /** Checks on which this one depends; see `src/checks/support/premises.ts` for the reasons. */
  restsOn?: readonly (CheckId | Dependency)[];
  judge(facts: CheckInput<Need, Use>): Judgement<E>;
  /** The text of the finding: a title that names the resource, and the evidence line by line. */
  describe(evidence: E): { title: string; evidence: Evidence[] };
  fixes?(evidence: E): Fix[];
  /** Failed reads that would have added evidence without changing the result. */
  missing?(evidence: E): readonly ReadFailure[];
  /** The kind of its failure, where another check depends on it. */
  kind?(evidence: E): FailureKind | undefined;
}

/** A check without the types of its facts and evidence, as the runner uses it. */
export interface AnyCheck extends Omit<Check<FactName, FactName, unknown>, 'judge'> {
  judge(facts: Readonly<Record<string, unknown>>): Judgement<unknown>;
}

/** Checks the types of a check against its declarations, then erases them. */
export const defineCheck = <const Need extends FactName, E, const Use extends FactName = never>(
  check: Check<Need, Use, E>,
): AnyCheck => check as unknown as AnyCheck;
