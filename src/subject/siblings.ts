import { isOk } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { known, unread } from './fact.js';
import type { FactOf } from './facts.js';

/**
 * The other mappings listed: the whole region's, else those of the same event source. Without a custom
 * consumer group no other mapping matters, and a list that was never asked for is no gap.
 */
export function siblingsOf(snapshot: Snapshot, mapping: Mapping, customGroup: boolean): FactOf<'siblings'> {
  const lists = [snapshot.mappingLists['*'], snapshot.mappingLists[mapping.EventSourceArn ?? '']].filter((list) => list !== undefined);
  const list = lists.find(isOk);
  if (list === undefined) {
    const failure = lists.find((one) => !isOk(one));
    if (failure !== undefined && !isOk(failure) && customGroup) return unread(failure);
    return known([]);
  }
  const others = list.value.filter((uuid) => uuid !== mapping.UUID).map((uuid) => snapshot.mappings[uuid]);
  return known(others.flatMap((read): Mapping[] => (read !== undefined && isOk(read) ? [read.value] : [])));
}
