/** What the text of a `LastProcessingResult` says about the state of its mapping. Nothing else reads that out of a text. */
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

/** In any case, with or without a closing period and white space around it. */
export const textState = (text: string | null | undefined): TextState => states.get(normalize(text ?? '')) ?? 'error';
