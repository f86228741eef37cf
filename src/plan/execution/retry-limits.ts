/** How long, how often and why a refused call is retried. */
import type { Refusal } from '../../account/make-changes.js';
import { second } from '../../mapping/clock.js';
import { isInUse, mayBePropagation } from '../../mapping/refusals.js';

/** New permissions can take minutes to take effect. After this time the reason is another one. */
export const propagationLimit = 300 * second;

/** Seconds between attempts: growing, up to a length that a person would still wait. */
export const pause = (attempt: number, longest = 15): number => Math.min(longest, 2 ** attempt) * second;

/** How long a refusal may be retried, and what to say during that time; null where waiting would not help. */
export function waitsFor(refusal: Refusal, limit: number): { limit: number; because: string } | null {
  if (isInUse(refusal)) return { limit, because: 'the mapping is being changed by another operation' };
  if (refusal.outcome === 'throttled')
    return { limit: Math.min(limit, 60 * second), because: 'AWS throttles the calls' };
  if (mayBePropagation(refusal))
    return {
      limit: Math.min(limit, propagationLimit),
      because: `AWS does not see the role’s permissions yet (“${refusal.message.slice(0, 120)}”); new permissions take effect after some minutes`,
    };
  return null;
}

/** After this many calls without an answer, the call is given up. */
export const mostUnsure = 4;
