/** Time limits: for each step, and for the whole probe. */
import { setMaxListeners } from 'node:events';
import { WireError } from '../kafka/wire-error.js';

const inSeconds = (ms: number): string => `${Math.max(0.001, Math.round(ms) / 1000)} s`;

export class Limits {
  private readonly end: number;
  private readonly whole = new AbortController();
  private readonly stop: () => void;

  constructor(
    private readonly limits: { step: number; whole: number },
    private readonly signal: AbortSignal,
  ) {
    this.end = performance.now() + limits.whole;
    // Every broker waits on it at the same time.
    setMaxListeners(0, this.whole.signal);
    this.stop = () => this.whole.abort(signal.reason);
    signal.addEventListener('abort', this.stop, { once: true });
    if (signal.aborted) this.stop();
  }

  /** Milliseconds that a step which begins now may take. */
  get left(): number {
    return Math.max(0, Math.min(this.limits.step, this.end - performance.now()));
  }

  /** Throws the caller's reason where it ended the probe. */
  throwIfAborted(): void {
    this.signal.throwIfAborted();
  }

  /** Ends what still runs, such as a name that is still being resolved. */
  close(): void {
    this.signal.removeEventListener('abort', this.stop);
    this.whole.abort(new WireError('CLOSED', 'the probe ended'));
  }

  /** Runs one step; rejects with `TIMEOUT` at its limit, also where the work ignores its signal. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.whole.signal.throwIfAborted();
    const ms = this.left;
    const controller = new AbortController();
    const { signal } = controller;
    const forward = (): void => controller.abort(this.whole.signal.reason);
    this.whole.signal.addEventListener('abort', forward, { once: true });
    const timer = setTimeout(() => controller.abort(this.timeout(ms)), ms);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    try {
      return await Promise.race([work(signal), aborted]);
    } finally {
      clearTimeout(timer);
      this.whole.signal.removeEventListener('abort', forward);
    }
  }

  private timeout(ms: number): WireError {
    return ms < this.limits.step
      ? new WireError('TIMEOUT', `the time limit of the whole probe, ${inSeconds(this.limits.whole)}, is over`)
      : new WireError('TIMEOUT', `no answer within ${inSeconds(ms)}`);
  }
}

/** Resolves after a time; rejects with the reason of the signal. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
