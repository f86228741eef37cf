/** What a `LastProcessingResult` says about the state of its mapping. Only this module derives that from a text. */
import { normalize } from './normalize.js';

/**
 * `ok`: the mapping has polled without an error. `idle`: nothing was delivered yet, by a new mapping or a quiet topic.
 * `none`: there is no text. `error`: any other text.
 */
export type TextState = 'ok' | 'idle' | 'none' | 'error';

const states = new Map<string, TextState>([
  ['ok', 'ok'],
  ['no records processed', 'idle'],
  ['', 'none'],
]);

/** Case-insensitive, with or without a final period and surrounding white space. */
export const textState = (text: string | null | undefined): TextState => states.get(normalize(text ?? '')) ?? 'error';

/** The text as Lambda wrote it, without the word `PROBLEM:` that it puts before an error. */
export const withoutProblem = (text: string): string => text.replace(/^PROBLEM: /, '');
