/** Whether polls that fail are an incident that is over, go on, or are all that there is. */
import type { Counted } from '../../support/counted.js';

/** Five-minute periods with errors from which on it is said that no poll succeeds. */
const fewestPeriods = 4;

/** Errors of a while ago after which polls succeeded, as far as polls are counted. */
export function isOver(errors: Counted, polled: Counted): boolean {
  if (errors.persists) return false;
  const last = errors.counted.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  return polled.is !== 'read' || polled.points.some(({ at }) => at > last);
}

/** Errors up to now, and since they began not one poll that was counted: a poll without records counts as 0. */
export function noPollSucceeds(errors: Counted, polled: Counted): boolean {
  const failing = errors.counted;
  return (
    errors.recent &&
    failing.length >= fewestPeriods &&
    polled.is === 'read' &&
    polled.points.every(({ at }) => at < failing[0]!.at)
  );
}
