/**
 * The outcome of one read of the account. Unknown is a value: a denied list never becomes an empty one, and nothing
 * above `account/` throws because of AWS.
 */
import * as z from 'zod/mini';

export const failureOutcomes = ['not-found', 'denied', 'throttled', 'failed', 'timed-out'] as const;
export const outcomes = ['ok', ...failureOutcomes] as const;
export type Outcome = (typeof outcomes)[number];

/** A read without a value. `action`: the IAM action that the caller needs for it, such as `ec2:DescribeSubnets`. */
export const readFailureSchema = z.object({
  outcome: z.enum(failureOutcomes),
  service: z.string(),
  operation: z.string(),
  action: z.string(),
  /** The ARN or id of the requested resource, if the read is about one. */
  resource: z.optional(z.string()),
  /** AWS's error name and message, safe to show. */
  error: z.string(),
});
export type ReadFailure = z.infer<typeof readFailureSchema>;

/** A value that was read, or why it was not. */
export type Read<T> = { outcome: 'ok'; value: T } | ReadFailure;

/** Reads of one kind, by the id or ARN of the resource. */
export type Keyed<T> = Record<string, Read<T>>;

export const readSchema = <S extends z.ZodMiniType>(value: S) =>
  z.union([z.object({ outcome: z.literal('ok'), value }), readFailureSchema]);

export const keyedSchema = <S extends z.ZodMiniType>(value: S) => z.record(z.string(), readSchema(value));

/** One record of a read (`reads` in the contract). */
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

/** Transforms the value; a failure stays unchanged. */
export const mapRead = <T, U>(read: Read<T>, change: (value: T) => U): Read<U> =>
  isOk(read) ? ok(change(read.value)) : read;

/** The error of a read that was never made. */
export const notInSnapshot = 'not in the snapshot';

/** The read of one key. A key that was never read is a failed read that says so. */
export function lookup<T>(reads: Keyed<T>, key: string, readCall: { service: string; operation: string }): Read<T> {
  if (Object.hasOwn(reads, key)) return reads[key]!;
  return {
    outcome: 'failed',
    ...readCall,
    action: `${readCall.service}:${readCall.operation}`,
    resource: key,
    error: notInSnapshot,
  };
}

/** The IAM actions of reads that were denied to the caller, without duplicates: other failures lack no permission. */
export const deniedActions = (failures: readonly ReadFailure[]): string[] => [
  ...new Set(failures.filter(({ outcome }) => outcome === 'denied').map(({ action }) => action)),
];
