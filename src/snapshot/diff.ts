/** The differences between two snapshots, by resource. */
import { isOk, type Keyed } from './read.js';
import { collections, type CollectionName, type Snapshot } from './snapshot.js';

export interface ResourceChange {
  collection: CollectionName;
  /** The resource's id or ARN. */
  resource: string;
  change: 'added' | 'removed' | 'changed';
  /** For a changed resource: the members that differ (`IpPermissions[2].FromPort`), with both values as JSON. */
  members: { member: string; before: string | null; after: string | null }[];
}

/** Measurements differ every minute although nothing has changed. */
const measurements: readonly CollectionName[] = ['metrics', 'pollerLogs'];

/** Changes in the order of the collections, then of the ids. */
export function diffSnapshots(before: Snapshot, after: Snapshot): ResourceChange[] {
  const names = (Object.keys(collections) as CollectionName[]).filter((name) => !measurements.includes(name));
  return names.flatMap((collection) => diffCollection(collection, before[collection], after[collection]));
}

function diffCollection(collection: CollectionName, before: Keyed<unknown>, after: Keyed<unknown>): ResourceChange[] {
  const resources = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return resources.flatMap((resource): ResourceChange[] => {
    const [old, now] = [before, after].map((reads) => {
      const value = present(reads, resource);
      return collection === 'sameNameClusters' && isEmpty(value?.value) ? undefined : value;
    });
    if (old === undefined || now === undefined) {
      if (old === now) return [];
      return [{ collection, resource, change: old === undefined ? 'added' : 'removed', members: [] }];
    }
    const members = [...diffValues('', old.value, now.value)];
    return members.length === 0 ? [] : [{ collection, resource, change: 'changed', members }];
  });
}

/** The resource in one snapshot. A failed read shows nothing, except that “not found” means that it does not exist. */
function present(reads: Keyed<unknown>, resource: string): { value: unknown } | undefined {
  const read = Object.hasOwn(reads, resource) ? reads[resource] : undefined;
  if (read === undefined || (!isOk(read) && read.outcome === 'not-found')) return undefined;
  return { value: isOk(read) ? read.value : `not read: ${read.outcome}` };
}

/** A search that found nothing: no resource was added. */
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function* diffValues(member: string, before: unknown, after: unknown): Generator<ResourceChange['members'][number]> {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = Array.isArray(before) ? `${member}[${key}]` : member === '' ? key : `${member}.${key}`;
      yield* diffValues(path, before[key], after[key]);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    yield { member, before: JSON.stringify(before) ?? null, after: JSON.stringify(after) ?? null };
  }
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
