/**
 * The effect of a path's component on the traffic, with reasons: open, blocked or unknown, and `warn` for an open
 * one at risk.
 */
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

export const outcome = (
  status: Outcome['status'],
  resource: string,
  fact: string,
  { fixes = [], summary }: { fixes?: Fix[]; summary?: string } = {},
): Outcome => ({
  status,
  facts: [{ resource, fact, ...(summary === undefined ? {} : { summary }) }],
  missing: [],
  fixes,
});

export const unread = (...missing: ReadFailure[]): Outcome => ({ status: 'unknown', facts: [], missing, fixes: [] });

export const gravity = { blocked: 3, unknown: 2, warn: 1, open: 0 } as const;
const byGravity = (a: Outcome, b: Outcome): number => gravity[b.status] - gravity[a.status];

/**
 * All must be open. A block is certain whatever else is unknown. Reasons and fixes of the same severity are kept
 * together.
 */
export function every(outcomes: readonly Outcome[]): Outcome {
  const worst = outcomes.toSorted(byGravity)[0];
  return worst === undefined || worst.status === 'open' ? open : together(worst.status, outcomes);
}

/** One open is enough; otherwise an unknown makes the result unknown. */
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

/** Removes duplicates, keeps the order. */
export const unique = <T>(values: readonly T[]): T[] =>
  values.length < 2 ? [...values] : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
