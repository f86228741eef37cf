/** The JSON document of `list`. */
import * as z from 'zod/mini';
import { leftOutMembers, maybeText, text } from './parts.js';

export const listSchema = z.object({
  mappings: z.array(
    z.object({
      uuid: text,
      functionArn: maybeText,
      eventSourceArn: maybeText,
      topic: maybeText,
      state: maybeText,
      lastProcessingResult: maybeText,
    }),
  ),
  leftOut: z.array(
    z.object({ ...leftOutMembers, topic: maybeText, state: maybeText, lastProcessingResult: maybeText }),
  ),
});
