/** What an execution tells of, while it goes on. */
import type { PlannedCall, Step } from '../plan.js';
import type { CallResult } from './result.js';

/** By placeholder. */
export type Values = Readonly<Record<string, string>>;

export type ExecutionEvent =
  | { type: 'step-started'; step: Step }
  | { type: 'call-started'; call: PlannedCall; values: Values }
  /** It was tried, and is tried again. */
  | { type: 'retrying'; because: string }
  /** The call is over, with what it is waiting for where that belongs to it; `values` hold those of its answer. */
  | { type: 'call-ended'; call: PlannedCall; outcome: CallResult['outcome']; values: Values }
  | { type: 'wait-started'; progress: string }
  | { type: 'waiting'; for: string }
  | { type: 'wait-ended' };

/** A sentence of a plan with what is known by now in the place of its placeholders. */
export const fillText = (text: string, values: Values): string =>
  Object.entries(values).reduce((filled, [placeholder, value]) => filled.replaceAll(placeholder, () => value), text);
