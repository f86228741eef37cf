/** Where a plan is carried out. */
import type { Clients } from '../../account/clients.js';
import type { Clock, WaitPolicy } from '../../mapping/clock.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { ExecutionEvent } from './events.js';

export interface Environment {
  clients: Clients;
  clock: Clock;
  /** Milliseconds for each thing that is waited for. */
  limit: number;
  /** Ends it: `execute` then rejects with the signal's reason. */
  signal: AbortSignal;
  /** A mapping with everything around it as it is now, for checks in the midst of a step. */
  read(uuid: string): Promise<Snapshot>;
  /** Texts that no plan may hold, the content of a secret, by the placeholder that stands for them. */
  secrets?: Readonly<Record<string, string>>;
  observe(event: ExecutionEvent): void;
}

/** How the algorithms that wait and try again do so here: what they tell becomes events. */
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
