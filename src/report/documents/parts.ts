/** Parts that several documents have. */
import * as z from 'zod/mini';

export const text = z.string();
export const maybeText = z.nullable(z.string());
export const integer = z.int();

/** A mapping on self-managed Kafka, which is no trigger on MSK as Lambda sees it. */
export const leftOutMembers = {
  uuid: text,
  functionArn: maybeText,
  bootstrapServers: z.array(text),
  /** The MSK cluster of the account that the bootstrap servers belong to; null where there is none or it is not known. */
  clusterArn: maybeText,
  because: text,
};

export const callSchema = z.object({ service: text, operation: text, input: z.record(text, z.unknown()) });

export const changeSchema = z.extend(callSchema, { undo: z.nullable(callSchema) });

export const fixSchema = z.object({
  title: text,
  /** `by-hand` with no changes. */
  safety: z.enum(['safe', 'care', 'risky', 'by-hand']),
  changes: z.array(changeSchema),
  /** Lines for a person to run that are no AWS call. */
  commands: z.optional(z.array(text)),
  /** Policy statements to add by hand. */
  statements: z.optional(z.array(text)),
});

export const evidenceSchema = z.object({ resource: text, fact: text });
