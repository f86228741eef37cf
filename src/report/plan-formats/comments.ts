/** Comments in generated files. */
import { visible } from '../../text/visible.js';

/** Each line of the text as a comment: text from AWS can neither end the comment nor control a terminal. */
export const commentLines = (text: string, start: string): string[] =>
  text.split('\n').map((line) => `${start}${visible(line)}`.trimEnd());
