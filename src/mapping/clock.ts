/** The clock of what takes time: given from outside, so that a test needs no time for it. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Milliseconds; rejects when the user wants to stop. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock = (signal: AbortSignal): Clock => ({
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await wait(milliseconds, undefined, { signal });
  },
});

/** What goes on, for whoever waits. */
export type Say = (text: string) => void;

export const second = 1000;

/** How long something is waited for, and who hears of it meanwhile. */
export interface WaitPolicy {
  clock: Clock;
  /** What is waited for, look after look. */
  say: Say;
  /** What a user should know of even where no progress is shown. */
  note: Say;
  /** Milliseconds for all waiting. */
  limit: number;
  signal: AbortSignal;
}
