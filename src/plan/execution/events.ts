/** What an execution tells of, while it goes on. */
import type { PlannedCall, Step } from '../plan.js';
import type { CallResult } from './result.js';
import type { Values } from './values.js';

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
