/** The JSON document of `undo`, version 1. */
import * as z from 'zod/mini';
import type { UndoResult } from '../../plan/undo/revert.js';
import { callSchema, integer, maybeText, text } from './parts.js';

export const undoSchema = z.object({
  schemaVersion: z.literal(1),
  /** Calls that AWS accepted. */
  changed: integer,
  outcome: z.enum(['done', 'nothing-to-do', 'planned', 'failed', 'undecided']),
  /** The outcome in one or two sentences. */
  message: text,
  /** The steps of the file that were in force, the newest first. */
  steps: z.array(
    z.object({
      id: text,
      resource: text,
      /** The call of the fix. */
      call: callSchema,
      /** The call that reverts it; null where there is none. */
      undo: z.nullable(callSchema),
      /** Made after it: deletes what the fix created. */
      cleanup: z.optional(callSchema),
      outcome: z.enum(['planned', 'reverted', 'already', 'cannot', 'changed', 'unread', 'refused']),
      /** Why it is not reverted, or what remains; otherwise null. */
      because: maybeText,
    }),
  ),
});
export type UndoDocument = z.infer<typeof undoSchema>;

export const toUndoStep = ({ step, outcome, undo, cleanup, because }: UndoResult): UndoDocument['steps'][number] => ({
  id: step.id,
  resource: step.resource,
  call: step.call,
  undo,
  ...(cleanup === undefined ? {} : { cleanup }),
  outcome,
  because,
});
