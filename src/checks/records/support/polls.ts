/** Whether failing polls are a past incident, continue, or are all polls. */
import type { Counted } from '../../support/counted.js';

/** Five-minute periods with errors from which “no poll succeeds” is reported. */
const fewestPeriods = 4;

/** Past errors, after which polls succeeded, if polls are counted. */
export function isOver(errors: Counted, polled: Counted): boolean {
  if (errors.persists) return false;
  const last = errors.counted.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  return polled.is !== 'read' || polled.points.some(({ at }) => at > last);
}

/** Errors until now, and no counted poll since they began. A poll without records counts as 0. */
export function noPollSucceeds(errors: Counted, polled: Counted): boolean {
  const failing = errors.counted;
  return (
    errors.recent &&
    failing.length >= fewestPeriods &&
    polled.is === 'read' &&
    polled.points.every(({ at }) => at < failing[0]!.at)
  );
}
