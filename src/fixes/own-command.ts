/** Commands of this program to copy. */
import { shellQuote } from '../text/shell-quote.js';

/** Each word is quoted for a POSIX shell. */
export const ownCommand = (...words: readonly string[]): string => ['msk-lambda', ...words.map(shellQuote)].join(' ');
