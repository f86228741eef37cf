/** The documents of `replay`: a line for each batch and a summary, or all of them as one document. */
import * as z from 'zod/mini';
import type { BatchLine, ReplaySummary } from '../../replay/batch-line.js';
import { integer, maybeText, text } from './parts.js';

const batchSchema = z.object({
  partition: integer,
  from: integer,
  to: integer,
  records: integer,
  filtered: integer,
  /** From 1; 0 where nothing was left to call the handler with. */
  attempt: integer,
  result: z.enum(['ok', 'failed', 'partial', 'bisected', 'dropped', 'destination']),
  because: maybeText,
  ms: z.number(),
});

const summarySchema = z.object({
  records: integer,
  filtered: integer,
  batches: integer,
  stopped: z.array(z.object({ partition: integer, offset: integer, because: text })),
  dropped: z.array(z.object({ partition: integer, offset: integer })),
  /** Only where the filter of the mapping could not be read: no record was filtered out. */
  filterUnknown: z.optional(z.literal(true)),
});

export const replaySchema = z.object({
  schemaVersion: z.literal(1),
  topic: text,
  batches: z.array(batchSchema),
  summary: summarySchema,
});

export const toReplayDocument = (topic: string, batches: readonly BatchLine[], summary: ReplaySummary) => ({
  schemaVersion: 1 as const,
  topic,
  batches: [...batches],
  summary,
});
