/** How often `watch` may read everything again: an allowance of AWS calls that grows with time. */

/** Calls for each mapping and minute, next to one for its state and the shared ones for metrics: at most 2 in total. */
const allowance = 0.6;
const minute = 60_000;
/** Full reads that can be saved up. */
const savedReads = 3;

/** What a full read is for: a change that was seen, or only because the last one is long ago. */
export type FullReadReason = 'change' | 'routine';

export class CallBudget {
  private calls: number;
  private earnedUntil: number;

  /** `cost`: calls of one full read. `now`: milliseconds. The budget begins with two full reads. */
  constructor(
    private cost: number,
    now: number,
  ) {
    this.calls = 2 * cost;
    this.earnedUntil = now;
  }

  /** Adds the calls that these mappings allow since the last time. */
  earn(now: number, mappings: number): void {
    const earned = (Math.max(0, now - this.earnedUntil) / minute) * allowance * mappings;
    this.calls = Math.min(this.calls + earned, savedReads * this.cost);
    this.earnedUntil = now;
  }

  /** Whether a full read is possible. A routine one leaves enough for a change. */
  allows(reason: FullReadReason): boolean {
    return this.calls >= this.cost * (reason === 'change' ? 1 : 2);
  }

  /** Takes the calls of a full read, whose cost counts for the next. */
  spend(calls: number): void {
    this.cost = Math.max(1, calls);
    this.calls = Math.max(0, this.calls - calls);
  }
}
