/** Pauses in a long computation, so that Ctrl-C and SIGTERM are handled. */
import { setImmediate } from 'node:timers/promises';

const betweenMilliseconds = 50;

/** Yields to the event loop if the last pause is some time ago. Rejects once `signal` is aborted. */
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
