/** A snapshot file: versioned JSON, every member validated when it is loaded. */
import { UsageError } from '../errors.js';
import * as z from 'zod/mini';
import { hasFormOfUserName } from '../text/user-name.js';
import { isOk } from './read.js';
import { collections, snapshotSchema, snapshotVersion, type CollectionName, type Snapshot } from './snapshot.js';

/** The file is not a usable snapshot. */
export class SnapshotFileError extends UsageError {
  override name = 'SnapshotFileError';
}

const makeAnew = 'Take a new snapshot with `msk-lambda snapshot -o FILE`.';

/** The text of a snapshot file; the same snapshot gives the same text. */
export const formatSnapshot = (snapshot: Snapshot): string => `${JSON.stringify(snapshot, null, 1)}\n`;

/** Parses a snapshot file. Members without a schema are dropped. Throws `SnapshotFileError`. */
export const parseSnapshot = (text: string): Snapshot => {
  const steps = parsingSnapshot(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** So many resources are validated in one step. */
const inOneStep = 100;

/**
 * The same in steps, because the validation of a large file takes seconds. The first step is `JSON.parse`, which cannot be
 * divided: it takes some seconds for every 100 MB.
 */
export function* parsingSnapshot(text: string): Generator<void, Snapshot> {
  const data = parseJson(text);
  yield;
  if (!isObject(data) || data['kind'] !== 'msk-lambda snapshot')
    throw new SnapshotFileError('The file is JSON, but not a snapshot of msk-lambda.', makeAnew);
  const version = data['schemaVersion'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new SnapshotFileError('The snapshot has no schemaVersion.', makeAnew);
  if (version > snapshotVersion)
    throw new SnapshotFileError(
      `The snapshot has schemaVersion ${version}, this msk-lambda reads up to ${snapshotVersion}.`,
      'Update msk-lambda, or take the snapshot with this version.',
    );
  const names = Object.keys(collections) as CollectionName[];
  const large = names.filter((name) => isObject(data[name]));
  const snapshot = validated(snapshotSchema, { ...data, ...Object.fromEntries(large.map((name) => [name, {}])) });
  for (const name of large) {
    const entries = Object.entries(data[name] as object);
    for (let start = 0; start < entries.length; start += inOneStep) {
      const part = Object.fromEntries(entries.slice(start, start + inOneStep));
      Object.assign(snapshot[name], validated(collections[name] as z.ZodMiniType<object>, part, [name]));
      yield;
    }
  }
  // So that a key such as `constructor` or `__proto__` finds nothing that is not in the file.
  for (const name of names) Object.setPrototypeOf(snapshot[name], null);
  return withoutPasswords(snapshot);
}

/** `at`: the path of the data in the file. */
function validated<T>(schema: z.ZodMiniType<T>, data: unknown, at: readonly string[] = []): T {
  const parsed = z.safeParse(schema, data);
  if (parsed.success) return parsed.data;
  const path = [...at, ...deepestPath(parsed.error.issues)].map(String).join(' → ').slice(0, 300) || 'its top level';
  throw new SnapshotFileError(`The snapshot is damaged at ${path}.`, makeAnew, { cause: parsed.error });
}

/** An earlier version stored the value of `username` without checks: it may be the password. */
function withoutPasswords(snapshot: Snapshot): Snapshot {
  for (const read of Object.values(snapshot.secretProfiles)) {
    if (!isOk(read) || read.value.principal === undefined || read.value.username?.empty !== false) continue;
    if (hasFormOfUserName(read.value.principal.replace(/^User:/, ''))) continue;
    delete read.value.principal;
    read.value.principalWithheld = true;
  }
  return snapshot;
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new SnapshotFileError('The snapshot is empty.', makeAnew);
  try {
    // Some editors add a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new SnapshotFileError('The snapshot is not valid JSON; it may have been cut off.', makeAnew, { cause });
  }
}

/** The path of the first error; inside a union, in the variant that fits furthest. */
function deepestPath(issues: readonly z.core.$ZodIssue[]): PropertyKey[] {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue?.path ?? [];
  const inner = issue.errors.map((branch) => deepestPath(branch)).toSorted((a, b) => b.length - a.length);
  return [...issue.path, ...(inner[0] ?? [])];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
