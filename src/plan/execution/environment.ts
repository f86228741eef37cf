/** What the execution of a plan needs from its caller. */
import type { Clients } from '../../account/clients.js';
import type { Clock, WaitPolicy } from '../../mapping/clock.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { ExecutionEvent } from './events.js';

export interface Environment {
  clients: Clients;
  clock: Clock;
  /** Milliseconds for each wait. */
  limit: number;
  /** Stops it: `execute` then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Reads a mapping with everything around it as it is now, for checks during a step. */
  read(uuid: string): Promise<Snapshot>;
  /** Texts that must not be in a plan, such as the content of a secret, by their placeholder. */
  secrets?: Readonly<Record<string, string>>;
  observe(event: ExecutionEvent): void;
}

/** The wait and retry policy of this environment; its messages become events. */
export const waitPolicy = (
  { clock, limit, signal, observe }: Environment,
  { leastLimit = 0 }: { leastLimit?: number } = {},
): WaitPolicy => ({
  clock,
  limit: Math.max(limit, leastLimit),
  signal,
  say: (text) => observe({ type: 'waiting', for: text }),
  note: (text) => observe({ type: 'retrying', because: text }),
});
