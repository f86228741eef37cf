/** `doctor --verify`: where IAM's own simulation and our judgement differ. Part of the document of a mapping. */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

const decision = z.enum(['allowed', 'explicitDeny', 'implicitDeny']);
export const verificationSchema = z.object({
  role: text,
  asked: integer,
  agreed: integer,
  /** What we could not decide, and what IAM says of it. */
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
  /** Why IAM was not asked, or not for everything; null where it was. */
  notRead: maybeText,
  limits: z.array(text),
});
export type Verification = z.infer<typeof verificationSchema>;
