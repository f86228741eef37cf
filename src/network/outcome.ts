/** What a component of a path does to a flow, with reasons: a three-valued answer, and `warn` for what works and is at risk. */
import type { ReadFailure } from '../snapshot/read.js';
import type { Fix } from '../fixes/fix.js';
import type { NetworkFact } from './answer.js';

export interface Outcome {
  status: 'open' | 'warn' | 'blocked' | 'unknown';
  facts: NetworkFact[];
  missing: ReadFailure[];
  fixes: Fix[];
}

export const open: Outcome = { status: 'open', facts: [], missing: [], fixes: [] };

export const outcome = (status: Outcome['status'], resource: string, fact: string, fixes: Fix[] = []): Outcome => ({
  status,
  facts: [{ resource, fact }],
  missing: [],
  fixes,
});

export const unread = (...missing: ReadFailure[]): Outcome => ({ status: 'unknown', facts: [], missing, fixes: [] });

export const gravity = { blocked: 3, unknown: 2, warn: 1, open: 0 } as const;
const byGravity = (a: Outcome, b: Outcome): number => gravity[b.status] - gravity[a.status];

/** All must be open: a block is sure whatever else is unknown. Reasons and fixes of the same gravity are kept together. */
export function every(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.toSorted(byGravity)[0];
  return worst === undefined || worst.status === 'open' ? open : together(worst.status, outcomes);
}

/** A single open is enough; without it, what is unknown leaves it unknown. */
export function any(outcomes: readonly Outcome[]): Outcome {
  const best = outcomes.toSorted((a, b) => byGravity(b, a))[0];
  return best === undefined ? open : best.status === 'blocked' ? together('blocked', outcomes) : best;
}

function together(status: Outcome['status'], outcomes: readonly Outcome[]): Outcome {
  const same = outcomes.filter((each) => each.status === status);
  return {
    status,
    facts: unique(same.flatMap(({ facts }) => facts)),
    missing: unique(same.flatMap(({ missing }) => missing)),
    fixes: unique(same.flatMap(({ fixes }) => fixes)),
  };
}

/** Each value once, in order. */
export const unique = <T>(values: readonly T[]): T[] =>
  values.length < 2 ? [...values] : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
