/** Other mappings with the same consumer group, or the same event source, function and topic. */
import { pollerGroupOf } from '../snapshot/provisioned.js';
import { isOk, lookup } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { known, unread, type Fact } from './fact.js';

const none: readonly Mapping[] = [];
/** The same object for all mappings without related ones. */
const unrelated = known<Mapping[]>([]);

/**
 * The related mappings in the list (of the region if it was read, otherwise of the event source): with the same
 * consumer group, or the same source, function and topic. Without a custom group no list is needed, and an unread
 * one is not missing.
 */
export function relatedMappings(snapshot: Snapshot, mapping: Mapping, customGroup: boolean): Fact<Mapping[]> {
  const lists = [snapshot.mappingLists['*'], snapshot.mappingLists[mapping.EventSourceArn ?? '']].filter(
    (list) => list !== undefined,
  );
  const list = lists.find(isOk);
  if (list === undefined) {
    const failure = lists.find((read) => !isOk(read));
    if (failure !== undefined && !isOk(failure) && customGroup) return unread(failure);
    return unrelated;
  }
  const index = relatedIndex(snapshot, list.value);
  const related = keysOf(mapping)
    .flatMap((key) => index.get(key) ?? none)
    .filter((other) => other.UUID !== mapping.UUID);
  return related.length === 0 ? unrelated : known([...new Set(related)]);
}

/** What related mappings have in common: the consumer group, or source, function and topic. */
function keysOf(mapping: Mapping): [group: string, triple: string] {
  const { UUID: uuid, EventSourceArn: source, FunctionArn: functionArn, Topics: topics } = mapping;
  const group = mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? uuid;
  return [`group ${group}`, `triple ${source} ${functionArn} ${topics[0]}`];
}

const pollerGroupKeys = (mapping: Mapping): string[] => {
  const name = pollerGroupOf(mapping);
  return name === null ? [] : [`pollers ${name}`];
};

/** The mapping and all others of the region in its poller group. A mapping that is being deleted does not count. */
export function pollerGroupMembers(snapshot: Snapshot, mapping: Mapping): Fact<Mapping[]> {
  const list = lookup(snapshot.mappingLists, '*', { service: 'lambda', operation: 'ListEventSourceMappings' });
  if (!isOk(list)) return unread(list);
  const { UUID: uuid } = mapping;
  const index = relatedIndex(snapshot, list.value);
  const others = pollerGroupKeys(mapping).flatMap((key) => index.get(key) ?? []);
  return known([mapping, ...others.filter((other) => other.UUID !== uuid && other.State !== 'Deleting')]);
}

/** Mappings by each of their keys. */
type RelatedIndex = Map<string, Mapping[]>;
const indexes = new WeakMap<Snapshot['mappings'], Map<readonly string[], RelatedIndex>>();

/** Computed once per list, so that a thousand mappings are not compared pairwise. */
function relatedIndex(snapshot: Snapshot, uuids: readonly string[]): RelatedIndex {
  const ofSnapshot = indexes.get(snapshot.mappings) ?? new Map<readonly string[], RelatedIndex>();
  indexes.set(snapshot.mappings, ofSnapshot);
  const earlier = ofSnapshot.get(uuids);
  if (earlier !== undefined) return earlier;
  const index: RelatedIndex = new Map();
  for (const uuid of new Set(uuids)) {
    const read = Object.hasOwn(snapshot.mappings, uuid) ? snapshot.mappings[uuid] : undefined;
    if (read === undefined || !isOk(read)) continue;
    for (const key of [...keysOf(read.value), ...pollerGroupKeys(read.value)]) {
      const list = index.get(key);
      if (list === undefined) index.set(key, [read.value]);
      else list.push(read.value);
    }
  }
  ofSnapshot.set(uuids, index);
  return index;
}
