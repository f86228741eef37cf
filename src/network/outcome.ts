/** What one component says of one flow, before it becomes part of a path: three answers, with reasons. */
import type { ReadFailure } from '../snapshot/read.js';
import type { Fix } from '../fixes/fix.js';
import type { NetworkFact } from './answer.js';

export interface Outcome {
  is: 'open' | 'warn' | 'blocked' | 'unknown';
  facts: NetworkFact[];
  missing: ReadFailure[];
  fixes: Fix[];
}

export const open: Outcome = { is: 'open', facts: [], missing: [], fixes: [] };

export const outcome = (is: Outcome['is'], resource: string, fact: string, fixes: Fix[] = []): Outcome => ({
  is,
  facts: [{ resource, fact }],
  missing: [],
  fixes,
});

export const unread = (...missing: ReadFailure[]): Outcome => ({ is: 'unknown', facts: [], missing, fixes: [] });

export const gravity = { blocked: 3, unknown: 2, warn: 1, open: 0 } as const;
const grave = (a: Outcome, b: Outcome): number => gravity[b.is] - gravity[a.is];

/** All must be open: a block is sure whatever else is unknown. Reasons and fixes of the same gravity are kept together. */
export function every(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.toSorted(grave)[0];
  return worst === undefined || worst.is === 'open' ? open : together(worst.is, outcomes);
}

/** One open is enough; without one, what is unknown leaves it unknown. */
export function any(outcomes: readonly Outcome[]): Outcome {
  const best = outcomes.toSorted((a, b) => grave(b, a))[0];
  return best === undefined ? open : best.is === 'blocked' ? together('blocked', outcomes) : best;
}

function together(is: Outcome['is'], outcomes: readonly Outcome[]): Outcome {
  const same = outcomes.filter((one) => one.is === is);
  return {
    is,
    facts: unique(same.flatMap((one) => one.facts)),
    missing: unique(same.flatMap((one) => one.missing)),
    fixes: unique(same.flatMap((one) => one.fixes)),
  };
}

/** Each value once, in order. */
export const unique = <T>(values: readonly T[]): T[] =>
  values.length < 2 ? [...values] : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
