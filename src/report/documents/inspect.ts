/** The JSON document of `inspect`. */
import * as z from 'zod/mini';
import { text } from './parts.js';

const fact = z.union([
  z.object({ value: z.unknown() }),
  z.object({ unread: z.array(z.object({ action: text, outcome: text, error: text })) }),
  z.object({ doesNotApply: text }),
]);
export const inspectSchema = z.object({
  mappings: z.array(z.intersection(z.object({ uuid: text }), z.record(text, z.union([text, fact])))),
});
