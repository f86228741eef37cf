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
export function parseSnapshot(text: string): Snapshot {
  const data = parseJson(text);
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
  const parsed = z.safeParse(snapshotSchema, data);
  if (!parsed.success) {
    const path = deepestPath(parsed.error.issues).map(String).join(' → ').slice(0, 300) || 'its top level';
    throw new SnapshotFileError(`The snapshot is damaged at ${path}.`, makeAnew, { cause: parsed.error });
  }
  // So that a key such as `constructor` or `__proto__` finds nothing that is not in the file.
  for (const name of Object.keys(collections) as CollectionName[]) Object.setPrototypeOf(parsed.data[name], null);
  return withoutPasswords(parsed.data);
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
