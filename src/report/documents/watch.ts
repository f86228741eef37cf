/** A line of `watch --output jsonl`: a mapping whose verdict, state, result or causes changed. */
import * as z from 'zod/mini';
import type { MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import { causesSchema, verdictSchema } from './doctor.js';
import { maybeText, text } from './parts.js';

export const watchSchema = z.object({
  /** ISO 8601. */
  at: text,
  uuid: text,
  verdict: verdictSchema,
  state: maybeText,
  lastProcessingResult: maybeText,
  /** Most likely first. */
  causes: causesSchema,
});

export const toWatchDocument = (
  { uuid, verdict, observed, causes }: MappingDiagnosis,
  at: Date,
): { [Member in keyof typeof watchSchema.shape]: unknown } => ({
  at: at.toISOString(),
  uuid,
  verdict,
  state: observed.state,
  lastProcessingResult: observed.lastProcessingResult,
  causes,
});
