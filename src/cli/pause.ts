/** Pauses of a long computation, in which Ctrl-C and SIGTERM are seen. */
import { setImmediate } from 'node:timers/promises';

const betweenMilliseconds = 50;

/** Gives the event loop its turn where the last pause is some time ago; rejects once `signal` is aborted. */
export function pausing(signal: AbortSignal): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < betweenMilliseconds) return undefined;
    return setImmediate().then(() => {
      signal.throwIfAborted();
      last = performance.now();
    });
  };
}
