/** The JSON document of `sandbox list`. */
import * as z from 'zod/mini';
import { text } from './parts.js';

export const sandboxListSchema = z.object({
  accounts: z.array(
    z.object({
      name: text,
      summary: text,
      healthy: z.boolean(),
      verdict: z.enum(['broken', 'unknown', 'disabled', 'at-risk', 'healthy']),
      default: z.boolean(),
    }),
  ),
});
