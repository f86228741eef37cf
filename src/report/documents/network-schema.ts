/** The schema of the JSON document of `network`. */
import * as z from 'zod/mini';
import { callSchema, changeSchema, evidenceSchema, integer, maybeText, text, unreadSchema } from './parts.js';

const paths = z.array(
  z.object({
    mapping: text,
    from: text,
    to: text,
    port: integer,
    answer: z.enum(['reaches', 'blocked', 'unknown']),
    by: maybeText,
    evidence: z.array(evidenceSchema),
    hops: z.array(z.object({ component: text, resource: text, note: text })),
  }),
);
export const networkSchema = z.object({
  paths,
  /** For each mapping whose pollers cannot reach a service: the possible ways to reach it. */
  waysOut: z.array(
    z.object({
      mapping: text,
      way: z.enum(['endpoints', 'nat-gateway', 'provisioned-pollers']),
      services: z.array(text),
      needs: text,
      costs: text,
      changes: z.array(changeSchema),
    }),
  ),
  /** Mappings whose pollers' network could not be read, or does not exist. */
  undecided: z.array(z.object({ mapping: text, because: text })),
  /** With `--what-if`: the changes, and the paths after them. */
  whatIf: z.optional(z.object({ changes: z.array(callSchema), paths })),
  unread: z.optional(unreadSchema),
});
