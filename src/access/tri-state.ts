/** Three answers instead of two: what cannot be told is neither yes nor no. */

export type TriState = 'yes' | 'no' | 'unknown';

/** A truth with the reason for it, in words that can follow "because". */
export interface TriStateAnswer {
  is: TriState;
  because: string;
}

export const yes = (because = ''): TriStateAnswer => ({ is: 'yes', because });
export const no = (because: string): TriStateAnswer => ({ is: 'no', because });
export const unknown = (because: string): TriStateAnswer => ({ is: 'unknown', because });

/** Yes when all are: one no decides, whatever else is unknown. */
export const every = (answers: readonly TriStateAnswer[]): TriStateAnswer =>
  answers.find((answer) => answer.is === 'no') ?? answers.find((answer) => answer.is === 'unknown') ?? yes();

/** Yes when any is; `otherwise` says why none is. */
export const some = (answers: readonly TriStateAnswer[], otherwise: string): TriStateAnswer =>
  answers.find((answer) => answer.is === 'yes') ?? answers.find((answer) => answer.is === 'unknown') ?? no(otherwise);

export const negate = (answer: TriStateAnswer, otherwise: string): TriStateAnswer =>
  answer.is === 'unknown' ? answer : answer.is === 'yes' ? no(otherwise) : yes();

export const allTrue = (...truths: TriState[]): TriState =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
export const anyTrue = (...truths: TriState[]): TriState =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
