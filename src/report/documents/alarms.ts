/** The JSON document of `alarms`. */
import * as z from 'zod/mini';
import { callSchema, integer, text } from './parts.js';

export const alarmsSchema = z.object({
  uuid: text,
  changed: integer,
  alarms: z.array(
    z.object({
      name: text,
      description: text,
      call: callSchema,
      /** `planned`: not compared with the account. */
      outcome: z.enum(['planned', 'exists', 'created', 'changed', 'refused', 'not-made']),
    }),
  ),
  /** Metrics that the mapping does not publish, with the alarms that need them. */
  missing: z.nullable(z.object({ groups: z.array(text), alarms: z.array(text), command: text })),
});
export type AlarmsDocument = z.infer<typeof alarmsSchema>;
