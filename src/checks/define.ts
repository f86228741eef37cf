/** What a check is: data, a pure judgement over declared facts, a sentence about the evidence, fixes. */
import type { Fix } from '../fixes/fix.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { Facts } from '../subject/facts.js';
import type { CheckId } from '../catalogue/check-ids.js';

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

/**
 * What a check says. `undecided` is for a reasoner that could follow the facts only so far:
 * `missing` are the reads that stood in the way, if reads they were.
 */
export type Judgement<E> =
  | { status: 'pass' }
  | { status: 'warn' | 'fail'; evidence: E }
  | { status: 'skip'; because: string }
  | { status: 'undecided'; because: string; missing: ReadFailure[]; evidence: Evidence[] };

export const pass = { status: 'pass' } as const;
export const fail = <E>(evidence: E): Judgement<E> => ({ status: 'fail', evidence });
export const warn = <E>(evidence: E): Judgement<E> => ({ status: 'warn', evidence });
export const skip = (because: string) => ({ status: 'skip', because }) as const;
export const undecided = (because: string, missing: ReadFailure[] = [], evidence: Evidence[] = []) =>
  ({ status: 'undecided', because, missing, evidence }) as const;

export interface Check<N extends keyof Facts, E> {
  id: CheckId;
  /** The failing state in a few words, for lists: "The brokers' security groups do not let the pollers in". */
  title: string;
  severity: Severity;
  stage: Stage;
  /** The facts it judges; it sees no others. One that is unread makes it `unknown`, one that is moot makes it `skip`. */
  needs: readonly N[];
  /** Checks whose failure takes the ground from this one: then it is `skip`, "rests on …". */
  restsOn?: readonly CheckId[];
  judge(facts: Pick<Facts, N>): Judgement<E>;
  /** The finding in words: a title that names the resource, and the evidence line by line. */
  describe(evidence: E): { title: string; evidence: Evidence[] };
  fixes?(evidence: E): Fix[];
}

/** A check with its evidence type forgotten, as the runner handles it. */
export type AnyCheck = Check<keyof Facts, unknown>;

export const defineCheck = <const N extends keyof Facts, E>(check: Check<N, E>): AnyCheck =>
  check as unknown as AnyCheck;
