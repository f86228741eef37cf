/** The document of `probe --clean`, and of `probe --from-vpc --dry-run`. */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

export const probeFunctionsSchema = z.object({
  schemaVersion: z.literal(1),
  /** The number of functions that were created or deleted. */
  changed: integer,
  functions: z.array(
    z.object({
      name: text,
      /** Null where it is not known. */
      subnet: maybeText,
      /** ISO 8601, when no probe uses the function any more; null where its tag has no time. */
      expires: maybeText,
      outcome: z.enum(['planned', 'removed', 'left', 'kept']),
      /** Why it was left or kept. */
      because: maybeText,
    }),
  ),
  /** The calls that a run makes, without the code of the function. */
  calls: z.array(z.object({ service: text, operation: text, input: z.record(text, z.unknown()) })),
});
export type ProbeFunctionsDocument = z.infer<typeof probeFunctionsSchema>;
