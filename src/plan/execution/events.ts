/** Events of a running execution. */
import type { PlannedCall, Step } from '../plan.js';
import type { CallResult } from './result.js';
import type { Values } from './fill-placeholders.js';

export type ExecutionEvent =
  | { type: 'step-started'; step: Step }
  | { type: 'call-started'; call: PlannedCall; values: Values }
  /** A call failed and will be tried again. */
  | { type: 'retrying'; because: string }
  /** The call is complete, including its wait if it has one. `values`: those of its answer. */
  | { type: 'call-ended'; call: PlannedCall; outcome: CallResult['outcome']; values: Values }
  | { type: 'wait-started'; progress: string }
  | { type: 'waiting'; for: string }
  | { type: 'wait-ended' };
