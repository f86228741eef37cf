/** A snapshot from a file, with the targets that the user named. */
import { readFile, stat } from 'node:fs/promises';
import { callsFunction, candidatesFor, readsCluster } from '../account/target-names.js';
import { parseSnapshot, SnapshotFileError } from '../snapshot/file.js';
import { isOk } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { reason } from './answer.js';
import { UsageError } from './usage-error.js';

/** A text longer than this cannot be held by V8 as one string. */
const mostBytes = 500_000_000;

/** Throws `UsageError` for a file that is not there or no snapshot, and for a target that the snapshot lacks. */
export async function loadSnapshot(path: string, targets: readonly string[] = []): Promise<Snapshot> {
  return selectTargets(await parseFile(path), targets, path);
}

async function parseFile(path: string): Promise<Snapshot> {
  let text;
  try {
    if ((await stat(path)).size > mostBytes) throw new UsageError(`${path} is too large for a snapshot`, 'Make a new one with fewer targets: `msk-lambda snapshot TARGET -o FILE`.');
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${reason(error)}`, undefined, { cause: error });
  }
  try {
    return parseSnapshot(text);
  } catch (error) {
    if (error instanceof SnapshotFileError) throw new UsageError(`${path}: ${error.message}`, error.hint, { cause: error });
    throw error;
  }
}

function selectTargets(snapshot: Snapshot, targets: readonly string[], path: string): Snapshot {
  if (targets.length === 0) return snapshot;
  const mappings = Object.values(snapshot.mappings).flatMap((read) => (isOk(read) ? [read.value] : []));
  const chosen = targets.flatMap((target) => {
    const uuid = target.split(':').at(-1)!.toLowerCase();
    if (Object.hasOwn(snapshot.mappings, uuid)) return [uuid];
    const found = mappings.filter((mapping) => callsFunction(mapping, target) || readsCluster(mapping, target)).map(({ UUID }) => UUID);
    if (found.length > 0) return found;
    const candidates = [...mappings.map(({ UUID }) => UUID).slice(0, 3), ...candidatesFor(target, mappings)];
    throw new UsageError(`${path} has no mapping of “${target}”`, candidates.length === 0 ? undefined : `It has: ${candidates.join(', ')}.`);
  });
  return { ...snapshot, targets: [...new Set(chosen)] };
}
