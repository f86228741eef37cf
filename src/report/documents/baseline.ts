/** The baseline file, and the JSON document of `baseline update`. */
import * as z from 'zod/mini';
import { integer, maybeText, text } from './parts.js';

const sectionSchema = z.object({
  /** Of the findings; absent for templates, and where it is unknown. */
  account: z.optional(text),
  /** Mappings that were not healthy. */
  subjects: z.array(z.object({ subject: text, verdict: text, error: maybeText })),
  findings: z.array(
    z.object({ check: text, status: z.enum(['fail', 'warn']), subject: text, resources: z.array(text) }),
  ),
});

export const baselineSchema = z.object({
  schemaVersion: z.literal(1),
  doctor: z.optional(sectionSchema),
  lint: z.optional(sectionSchema),
});

export const baselineUpdateSchema = z.object({
  schemaVersion: z.literal(1),
  /** The absolute path of the baseline. */
  file: text,
  command: z.enum(['doctor', 'lint']),
  mappings: integer,
  findings: integer,
});

/** In the documents of `doctor` and `lint`, with `--baseline`: findings that were known before, and those that are new. */
const comparedFindings = z.array(z.object({ check: text, mapping: maybeText }));
export const comparisonSchema = z.object({ known: comparedFindings, new: comparedFindings });
