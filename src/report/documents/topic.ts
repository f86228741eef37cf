/** The JSON documents of `topic`. */
import * as z from 'zod/mini';
import { callSchema, integer, maybeText, text } from './parts.js';

const topicRow = {
  name: text,
  partitions: z.nullable(integer),
  replicationFactor: z.nullable(integer),
  outOfSyncReplicas: z.nullable(integer),
};
/** Both null where they could not be read. */
export const topicListSchema = z.object({ clusterArn: maybeText, topics: z.nullable(z.array(z.object(topicRow))) });
export const topicCreateSchema = z.object({
  changed: integer,
  plan: z.array(callSchema),
  topic: z.nullable(z.object({ ...topicRow, status: maybeText, config: z.record(text, text) })),
});
