/** Finds the catalogue's entry for a text of `LastProcessingResult`; wordings change, so fragments are matched. */
import { errorTexts, type ErrorText, type ErrorTextId } from './texts.js';

export type { ErrorTextId };

/** A text as matching sees it: without `PROBLEM:`, in one case, blanks collapsed, no closing period. */
export const normalize = (text: string): string =>
  text
    .replace(/^\s*problem:\s*/i, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '')
    .toLowerCase();

/** Texts that say that nothing is wrong. */
export const isHealthyText = (text: string | undefined): boolean =>
  text === undefined || text.trim() === '' || ['ok', 'no records processed'].includes(normalize(text));

/** The entry that explains the text, the most specific first; undefined for one that the catalogue lacks. */
export function matchText(text: string): ErrorText | undefined {
  const found = normalize(text);
  return errorTexts.find((entry) => entry.fragments.some((fragment) => found.includes(fragment)));
}
