/** The text that Lambda shows for a failing check. */
import type { CheckId } from './check-ids.js';
import { errorTexts } from './texts.js';

/** The text that lists the check nearest to the top of its causes; null where no text is known to come from it. */
export function textReportedFor(check: CheckId): string | null {
  const ranked = errorTexts
    .map(({ text, causes }) => ({ text, rank: causes.findIndex((cause) => cause.check === check) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank);
  return ranked[0]?.text ?? null;
}
