/**
 * `doctor --verify`: where the IAM policy simulator and our own evaluation differ. Part of the document of a
 * mapping.
 */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

const decision = z.enum(['allowed', 'explicitDeny', 'implicitDeny']);
export const verificationSchema = z.object({
  role: text,
  asked: integer,
  agreed: integer,
  /** Calls that we could not decide, with the simulator's answer. */
  undecided: z.array(z.object({ action: text, resources: z.array(text), iam: decision, because: text })),
  differences: z.array(
    z.object({
      action: text,
      resources: z.array(text),
      ours: z.enum(['allowed', 'denied', 'cannot-tell']),
      iam: decision,
      because: text,
    }),
  ),
  /** Why the simulator was not asked, or not about everything; null otherwise. */
  notRead: maybeText,
  limits: z.array(text),
});
export type Verification = z.infer<typeof verificationSchema>;
