/** The age of a mapping, by the snapshot's time. */
import { textState } from '../../../catalogue/text-state.js';
import type { Mapping } from '../../../snapshot/resources/index.js';

const minute = 60_000;

/** Minutes from an ISO instant to the snapshot; null where there is none. */
export function minutesSince(instant: string | undefined, now: Date): number | null {
  const then = Date.parse(instant ?? '');
  return Number.isNaN(then) ? null : (now.getTime() - then) / minute;
}

/**
 * Minutes during which a mapping counts as new: polling begins some minutes after creation (AWS: starting
 * positions).
 */
const newFor = 10;

/**
 * Whether a mapping was just created or changed and has read nothing yet, so that its starting position still
 * matters.
 */
export function isNew(
  { State: state, LastModified: modified, LastProcessingResult: text }: Mapping,
  now: Date,
): boolean {
  const age = minutesSince(modified, now);
  const shown = textState(text);
  const hasRead = shown === 'ok' || shown === 'error';
  return state === 'Creating' || (age !== null && age < newFor && !hasRead);
}
