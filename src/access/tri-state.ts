/** Three-valued logic: an unknown is neither yes nor no, and stays unknown unless something else decides. */

export type TriState = 'yes' | 'no' | 'unknown';

/** A value with its reason, in words that can follow "because". */
export interface TriStateAnswer {
  is: TriState;
  because: string;
}

export const yes = (because = ''): TriStateAnswer => ({ is: 'yes', because });
export const no = (because: string): TriStateAnswer => ({ is: 'no', because });
export const unknown = (because: string): TriStateAnswer => ({ is: 'unknown', because });

/** Yes if all are; a single no decides, whatever else is unknown. */
export const every = (answers: readonly TriStateAnswer[]): TriStateAnswer =>
  answers.find((answer) => answer.is === 'no') ?? answers.find((answer) => answer.is === 'unknown') ?? yes();

/** Yes if any is; `otherwise` says why none is. */
export const some = (answers: readonly TriStateAnswer[], otherwise: string): TriStateAnswer =>
  answers.find((answer) => answer.is === 'yes') ?? answers.find((answer) => answer.is === 'unknown') ?? no(otherwise);

/** Unknown stays unknown; `otherwise` is the reason of a no. */
export const negate = (answer: TriStateAnswer, otherwise: string): TriStateAnswer =>
  answer.is === 'unknown' ? answer : answer.is === 'yes' ? no(otherwise) : yes();

/** As `every`, without reasons. */
export const allTrue = (...values: TriState[]): TriState =>
  values.includes('no') ? 'no' : values.includes('unknown') ? 'unknown' : 'yes';
/** As `some`, without reasons. */
export const anyTrue = (...values: TriState[]): TriState =>
  values.includes('yes') ? 'yes' : values.includes('unknown') ? 'unknown' : 'no';
