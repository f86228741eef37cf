/** Comments in generated files. */
import type { RepairStep } from '../../repair/repair-plan.js';
import { visible } from '../../text/visible.js';

/** Each line of the text as a comment: text from AWS can neither end the comment nor control a terminal. */
export const commentLines = (text: string, start: string): string[] =>
  text.split('\n').map((line) => `${start}${visible(line)}`.trimEnd());

/** The id, the reason and what a reader must know before the step is made. */
export const describe = ({ id, reason, dangers }: RepairStep): string => [`${id}: ${reason}`, ...dangers].join('\n');
