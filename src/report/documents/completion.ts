/** The JSON document of `completion`. */
import * as z from 'zod/mini';
import { text } from './parts.js';

export const completionSchema = z.object({
  schemaVersion: z.literal(1),
  shell: z.enum(['bash', 'zsh', 'fish', 'powershell']),
  /** The whole script, as it is printed as text. */
  script: text,
});
export type CompletionDocument = z.infer<typeof completionSchema>;
