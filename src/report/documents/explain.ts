/** The JSON documents of `explain`. */
import * as z from 'zod/mini';
import { maybeText, statements, text } from './parts.js';

/** `tell`: how to distinguish this cause from the others. */
const cause = z.object({ check: text, because: text, tell: text });

const names = z.array(text);

export const explainSchema = z.object({
  error: z.optional(maybeText),
  text: z.optional(text),
  check: z.optional(text),
  title: z.optional(text),
  meaning: text,
  causes: z.array(cause),
  shownBy: z.optional(z.array(z.object({ error: text, because: text }))),
  fixes: z.array(z.union([text, z.object({ check: text, fix: text })])),
  page: z.optional(text),
  /** What the text names: UUIDs of mappings, ARNs of clusters and functions, topics. */
  mentions: z.optional(z.object({ mappings: names, clusters: names, functions: names, topics: names })),
  /** A refused permission: whose, and the policy that allows it; null where an explicit Deny refused it. */
  denied: z.optional(
    z.object({
      principal: text,
      whose: z.enum(['caller', 'role', 'service']),
      action: text,
      resource: maybeText,
      decidedBy: maybeText,
      explicit: z.boolean(),
      policy: z.nullable(z.object({ Version: text, Statement: statements })),
    }),
  ),
});

/** `explain --list`. */
export const explainListSchema = z.object({
  errors: z.array(z.object({ id: text, text, meaning: text })),
  checks: z.array(z.object({ id: text, title: text })),
});
