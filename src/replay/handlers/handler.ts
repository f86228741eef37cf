/** How a replay calls the user's code. */
import type { CallFunction } from '../poll.js';

export interface Handler {
  call: CallFunction;
  close(): void;
}

export interface HandlerSettings {
  functionName: string;
  /** Seconds. */
  timeout: number;
  /** Receives what the handler prints. */
  log: (text: string) => void;
  signal: AbortSignal;
}

/** As Lambda reports it. */
export const timedOut = (seconds: number): string => `Task timed out after ${seconds.toFixed(2)} seconds`;
