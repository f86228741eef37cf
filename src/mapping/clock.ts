/** The clock for waits, passed in so that tests need no time. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Milliseconds; rejects when the user interrupts. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock = (signal: AbortSignal): Clock => ({
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await wait(milliseconds, undefined, { signal });
  },
});

/** Receives progress messages. */
export type Say = (text: string) => void;

export const second = 1000;

/** The limit of a wait, and the receiver of its messages. */
export interface WaitPolicy {
  clock: Clock;
  /** What is being waited for; called at each read. */
  say: Say;
  /** A message that the user needs even without a progress display. */
  note: Say;
  /** Milliseconds for the whole wait. */
  limit: number;
  signal: AbortSignal;
}
