/** The exit codes, part of the contract with scripts. */
import type { Verdict } from '../diagnosis/diagnosis.js';

export const exitCodes = {
  /** Healthy, or done. */
  ok: 0,
  /** A problem was found, or a change ended in a failed state. */
  problem: 1,
  /** Wrong usage, bad input, or a named target that does not exist. */
  usage: 2,
  /** AWS could not be read well enough; also an internal error, which says nothing about the account. */
  cannotTell: 3,
  interrupted: 130,
} as const;

/** The meaning of each code, for help, man page and README. */
export const exitCodeMeanings: readonly (readonly [number, string])[] = [
  [exitCodes.ok, 'healthy, disabled by a user, or completed'],
  [exitCodes.problem, 'a problem was found, or a change failed'],
  [exitCodes.usage, 'incorrect usage, or the named resource does not exist'],
  [exitCodes.cannotTell, 'AWS could not be read well enough to give a result'],
  [exitCodes.interrupted, 'interrupted'],
];

/** Values of `--fail-on`: the verdicts that give exit code 1. */
const problems = {
  warn: ['broken', 'disabled', 'at-risk'],
  disabled: ['broken', 'disabled'],
  fail: ['broken'],
} as const satisfies Record<string, readonly Verdict[]>;

/** The exit code of several verdicts: the most severe decides, and `broken` is more severe than `unknown`. */
export function exitCodeOf(verdicts: readonly Verdict[], failOn: keyof typeof problems = 'fail'): number {
  if (verdicts.some((verdict) => (problems[failOn] as readonly Verdict[]).includes(verdict))) return exitCodes.problem;
  return verdicts.includes('unknown') ? exitCodes.cannotTell : exitCodes.ok;
}
