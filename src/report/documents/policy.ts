/** The JSON documents of `policy`. */
import * as z from 'zod/mini';
import { statements, text } from './parts.js';

/** A policy as IAM accepts it. For `--for acls`: the command lines instead. */
export const policySchema = z.union([
  z.object({ Version: text, Statement: statements }),
  z.object({ commands: z.array(text) }),
]);

const rights = { action: text, resources: z.array(text) };
/** `policy --check`: the permissions that a role lacks, and those that it does not need. */
export const policyCheckSchema = z.object({
  role: text,
  missing: z.array(z.object({ ...rights, needed: z.boolean(), because: z.array(text) })),
  undecided: z.array(z.object({ ...rights, because: text })),
  beyond: z.array(z.object({ policy: text, statement: text, fact: text })),
});
export type PolicyCheckDocument = z.infer<typeof policyCheckSchema>;
