/** Pauses in a long computation, so that Ctrl-C and SIGTERM are handled. */
import { setImmediate } from 'node:timers/promises';

const betweenMilliseconds = 50;

/** Completes a computation in steps, with a pause between them. */
export async function withPauses<T>(steps: Generator<void, T>, pause: () => Promise<void> | undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

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
