/** The JSON document of `snapshot diff`. */
import * as z from 'zod/mini';
import { maybeText, text } from './parts.js';

const change = z.object({
  collection: text,
  resource: text,
  change: z.enum(['added', 'removed', 'changed']),
  members: z.array(z.object({ member: text, before: maybeText, after: maybeText })),
});
export const snapshotDiffSchema = z.object({
  before: text,
  after: text,
  changes: z.array(change),
  turned: z.array(z.object({ mapping: text, check: text, before: text, after: text })),
});
