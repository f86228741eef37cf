/** Whether a call overwrites what exists: a new resource in a template would collide with it. */
import type { Change } from '../../fixes/fix.js';

/** The undo of such a call puts the old content back; the undo of a creation deletes. */
export const changesExisting = ({ operation, undo }: Change): boolean =>
  /^(Put\w*Policy)$/.test(operation) && operation !== 'PutKeyPolicy' && undo?.operation === operation;
