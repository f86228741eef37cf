/** Repeats a question while the broker answers that it is not ready. */
import type { Limits } from './limits.js';
import { pause } from './limits.js';

/** Milliseconds between two questions. */
const interval = 250;
/** Milliseconds kept of the limit, so that the broker's last answer is reported instead of a timeout. */
const reserve = 100;

/**
 * The first answer that is final. `isTransient`: the broker may answer otherwise soon. `share`: the part of the step's
 * limit after which the last answer counts.
 */
export async function askUntilFinal<T>(
  ask: () => Promise<T>,
  isTransient: (answer: T) => boolean,
  { limits, signal, share = 1 }: { limits: Limits; signal: AbortSignal; share?: number },
): Promise<T> {
  const end = performance.now() + share * limits.left - reserve;
  for (;;) {
    const answer = await ask();
    if (!isTransient(answer) || performance.now() + interval > end) return answer;
    await pause(interval, signal);
  }
}
