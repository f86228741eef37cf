/** How an existing alarm differs from a recommended one. */
import type { AlarmInput } from './alarm.js';

/**
 * The members that differ; empty for an equal alarm. Actions that somebody added are no difference where none are
 * asked for.
 */
export function alarmDifferences(existing: Readonly<Record<string, unknown>>, wanted: AlarmInput): string[] {
  return Object.entries(wanted)
    .filter(([name, value]) => comparable(existing[name]) !== comparable(value))
    .map(([name]) => name);
}

/** Lists of dimensions and actions have no order. */
const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map((element) => stable(element)).toSorted() : (value ?? null));

const stable = (element: unknown): string =>
  typeof element === 'object' && element !== null
    ? JSON.stringify(Object.entries(element).toSorted(([left], [right]) => (left < right ? -1 : 1)))
    : String(element);
