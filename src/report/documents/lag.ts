/** The JSON document of `lag`. */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

export const lagSchema = z.object({
  uuid: text,
  /** Records behind at the last datapoint. */
  now: z.nullable(z.number()),
  series: z.array(z.object({ at: text, lag: z.number() })),
  partitions: z.nullable(integer),
  limit: z.object({
    by: z.nullable(z.enum(['none', 'errors', 'concurrency', 'pollers', 'partitions', 'batch', 'duration'])),
    because: text,
    /** The command that changes it. */
    setting: maybeText,
  }),
});
