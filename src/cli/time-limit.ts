/** The time limit for reading as a signal. */
import { setMaxListeners } from 'node:events';

/** The maximum of Node’s timers: a longer delay would fire at once. */
const longestMilliseconds = 2 ** 31 - 1;

/**
 * Aborts after the seconds, or with `parent`. The timer holds the signal: `AbortSignal.timeout` inside
 * `AbortSignal.any` is garbage-collected on Node 20 while calls wait for it, and then never fires
 * (https://github.com/nodejs/node/issues/54614).
 */
export function limitTime(seconds: number, parent?: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const end = (): void => controller.abort(new DOMException('The time for reading is up.', 'TimeoutError'));
  // A command that has ended does not wait for its limit.
  setTimeout(end, Math.min(longestMilliseconds, seconds * 1000)).unref();
  // Regions are read in parallel, with one listener each: not a memory leak.
  if (parent !== undefined) setMaxListeners(0, parent);
  const follow = (): void => controller.abort(parent?.reason);
  if (parent?.aborted === true) follow();
  else parent?.addEventListener('abort', follow, { once: true, signal: controller.signal });
  return controller.signal;
}

/** Runs `work` with a signal that is aborted after the seconds or with `parent`. Leaves no timer and no listener. */
export async function withTimeLimit<T>(
  seconds: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const follow = (): void => controller.abort(parent.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException('The time for reading is up.', 'TimeoutError')),
    Math.min(longestMilliseconds, seconds * 1000),
  );
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', follow);
  }
}
