/**
 * What became of one read of the account. Unknown is a value here: a denied list never turns into
 * an empty one, and nothing past `account/` throws because of AWS.
 */
import * as z from 'zod/mini';

export const failureOutcomes = ['not-found', 'denied', 'throttled', 'failed', 'timed-out'] as const;
export const outcomes = ['ok', ...failureOutcomes] as const;
export type Outcome = (typeof outcomes)[number];

/** A read that gave no value. `action` is the IAM action the caller needs for it, `ec2:DescribeSubnets`. */
export const readFailureSchema = z.object({
  outcome: z.enum(failureOutcomes),
  service: z.string(),
  operation: z.string(),
  action: z.string(),
  /** What was asked for, an ARN or an id, where one thing was asked for. */
  resource: z.optional(z.string()),
  /** AWS's own name and message of the error, harmless to show. */
  error: z.string(),
});
export type ReadFailure = z.infer<typeof readFailureSchema>;

/** A value that was read, or why it was not. */
export type Read<T> = { outcome: 'ok'; value: T } | ReadFailure;

/** Reads of one kind, by the id or ARN of what was read. */
export type Keyed<T> = Record<string, Read<T>>;

export const readSchema = <S extends z.ZodMiniType>(value: S) =>
  z.union([z.object({ outcome: z.literal('ok'), value }), readFailureSchema]);

export const keyedSchema = <S extends z.ZodMiniType>(value: S) => z.record(z.string(), readSchema(value));

/** One line of the record of reads: the contract's `reads`. */
export const readRecordSchema = z.object({
  service: z.string(),
  operation: z.string(),
  outcome: z.enum(outcomes),
  calls: z.number().check(z.int(), z.gte(0)),
  error: z.nullable(z.string()),
});
export type ReadRecord = z.infer<typeof readRecordSchema>;

export const ok = <T>(value: T): Read<T> => ({ outcome: 'ok', value });

export const isOk = <T>(read: Read<T>): read is { outcome: 'ok'; value: T } => read.outcome === 'ok';

/** The value carried over to another shape; a failure stays the failure it was. */
export const mapRead = <T, U>(read: Read<T>, change: (value: T) => U): Read<U> =>
  isOk(read) ? ok(change(read.value)) : read;

/** The read of one key; a key that was never asked for is a failed read that says so. */
export function lookup<T>(reads: Keyed<T>, key: string, readCall: { service: string; operation: string }): Read<T> {
  if (Object.hasOwn(reads, key)) return reads[key]!;
  return {
    outcome: 'failed',
    ...readCall,
    action: `${readCall.service}:${readCall.operation}`,
    resource: key,
    error: 'not part of what was read',
  };
}
