/** Shared by the answers of all services: the snapshot's reads in the SDK's form. */
import type { Keyed, Read } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

export type Input = Record<string, unknown>;

/** By operation: the answer in the form of the SDK's output. Throws what the SDK throws. */
export type Answers = Record<string, (input: Input, snapshot: Snapshot) => object>;

/** An error as the SDK throws it. */
export const awsError = (name: string, message: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

const failures = {
  denied: ['AccessDeniedException', 403],
  throttled: ['ThrottlingException', 429],
  failed: ['InternalFailure', 500],
  'timed-out': ['TimeoutError', 408],
} as const;

/** The value of a read. A failed read throws its failure, a missing one the service's own error. */
export function valueOrError<T>(reads: Keyed<T>, key: unknown, notFound = 'ResourceNotFoundException'): T {
  const read: Read<T> | undefined = Object.hasOwn(reads, String(key)) ? reads[String(key)] : undefined;
  if (read === undefined || read.outcome === 'not-found')
    throw awsError(notFound, `${String(key)} does not exist.`, 404);
  if (read.outcome === 'ok') return read.value;
  const [name, status] = failures[read.outcome];
  throw awsError(name, read.error, status);
}

/** All values of a collection. If every read failed, the list fails too. */
export function listed<T>(reads: Keyed<T>): T[] {
  const all = Object.entries(reads);
  const values = all.flatMap(([, read]) => (read.outcome === 'ok' ? [read.value] : []));
  const failed = all.find(([, read]) => read.outcome !== 'ok' && read.outcome !== 'not-found');
  if (values.length === 0 && failed !== undefined) valueOrError(reads, failed[0]);
  return values;
}

/** A page of a list. `most`: items per page. The token is the position of the next page. */
export function page<T>(items: readonly T[], token: unknown, most: number): { items: T[]; next: string | undefined } {
  const start = Number(token ?? 0);
  const end = start + most;
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}

/** EC2's filters: an item must match one value of each filter. */
export function filtered<T extends object>(
  items: readonly T[],
  filters: unknown,
  values: Record<string, (item: T) => readonly (string | undefined)[]>,
): T[] {
  return (Array.isArray(filters) ? (filters as { Name: string; Values: string[] }[]) : []).reduce<T[]>(
    (left, { Name: name, Values: wanted }) =>
      left.filter(
        (item) => values[name]?.(item).some((value) => value !== undefined && wanted.includes(value)) ?? true,
      ),
    [...items],
  );
}
