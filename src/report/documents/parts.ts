/** Parts of several documents. */
import * as z from 'zod/mini';

export const text = z.string();
export const maybeText = z.nullable(z.string());
export const integer = z.int();

/** A mapping on self-managed Kafka. Lambda does not know it as an MSK trigger, even if its brokers are on MSK. */
export const leftOutMembers = {
  uuid: text,
  functionArn: maybeText,
  bootstrapServers: z.array(text),
  /**
   * The MSK cluster of the account that the bootstrap servers belong to; null where there is none or it is not
   * known.
   */
  clusterArn: maybeText,
  because: text,
};

export const callSchema = z.object({ service: text, operation: text, input: z.record(text, z.unknown()) });

export const changeSchema = z.extend(callSchema, { undo: z.nullable(callSchema) });

export const fixSchema = z.object({
  title: text,
  /** `by-hand`: the fix has no changes. */
  safety: z.enum(['safe', 'care', 'risky', 'by-hand']),
  changes: z.array(changeSchema),
  /** Command lines for a person to run that are not AWS calls. */
  commands: z.optional(z.array(text)),
  /** Policy statements to add by hand. */
  statements: z.optional(z.array(text)),
});

export const evidenceSchema = z.object({
  /** An id or ARN. */
  resource: text,
  /** Its Name tag, its group name, or the name in its ARN; absent where it has none. */
  name: z.optional(text),
  fact: text,
});

const textOrTexts = z.union([text, z.array(text)]);
/** Policy statements, as IAM accepts them. */
export const statements = z.array(
  z.object({
    Sid: z.optional(text),
    Effect: text,
    Principal: z.optional(z.record(text, textOrTexts)),
    Action: z.array(text),
    Resource: textOrTexts,
    Condition: z.optional(z.record(text, z.record(text, textOrTexts))),
  }),
);

/** Why AWS could not be read well enough; absent where it could. */
export const unreadSchema = z.array(z.object({ because: text }));
