/** Three answers instead of two: what cannot be told is neither yes nor no. */

export type Truth = 'yes' | 'no' | 'unknown';

/** A truth with the reason for it, in words that can follow "because". */
export interface Answered {
  is: Truth;
  because: string;
}

export const yes = (because = ''): Answered => ({ is: 'yes', because });
export const no = (because: string): Answered => ({ is: 'no', because });
export const unknown = (because: string): Answered => ({ is: 'unknown', because });

/** Yes when all are: one no decides, whatever else is unknown. */
export const every = (answers: readonly Answered[]): Answered =>
  answers.find((answer) => answer.is === 'no') ?? answers.find((answer) => answer.is === 'unknown') ?? yes();

/** Yes when any is; `otherwise` says why none is. */
export const some = (answers: readonly Answered[], otherwise: string): Answered =>
  answers.find((answer) => answer.is === 'yes') ?? answers.find((answer) => answer.is === 'unknown') ?? no(otherwise);

export const negate = (answer: Answered, otherwise: string): Answered =>
  answer.is === 'unknown' ? answer : answer.is === 'yes' ? no(otherwise) : yes();

export const allTrue = (...truths: Truth[]): Truth =>
  truths.includes('no') ? 'no' : truths.includes('unknown') ? 'unknown' : 'yes';
export const anyTrue = (...truths: Truth[]): Truth =>
  truths.includes('yes') ? 'yes' : truths.includes('unknown') ? 'unknown' : 'no';
