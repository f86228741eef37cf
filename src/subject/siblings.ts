import { isOk } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { known, unread } from './fact.js';
import type { FactOf } from './facts.js';

/**
 * Of the other mappings listed, the whole region's, else those of the same event source: the ones of the same consumer
 * group, or of the same source, function and topic. Without a custom group no list is needed, and one that was never
 * asked for is no gap.
 */
export function siblingsOf(snapshot: Snapshot, mapping: Mapping, customGroup: boolean): FactOf<'siblings'> {
  const lists = [snapshot.mappingLists['*'], snapshot.mappingLists[mapping.EventSourceArn ?? '']].filter(
    (list) => list !== undefined,
  );
  const list = lists.find(isOk);
  if (list === undefined) {
    const failure = lists.find((one) => !isOk(one));
    if (failure !== undefined && !isOk(failure) && customGroup) return unread(failure);
    return known([]);
  }
  const kin = kinOf(snapshot, list.value);
  const near = [kin.get(groupKey(mapping)) ?? [], kin.get(tripleKey(mapping)) ?? []].flat();
  return known([...new Set(near)].filter((other) => other.UUID !== mapping.UUID));
}

type Kin = Map<string, Mapping[]>;
const kins = new WeakMap<Snapshot['mappings'], Map<readonly string[], Kin>>();

const groupKey = (mapping: Mapping): string =>
  `group ${mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.UUID}`;
const tripleKey = ({ EventSourceArn, FunctionArn, Topics: [topic] }: Mapping): string =>
  `triple ${EventSourceArn} ${FunctionArn} ${topic}`;

/** By both keys; made once a list, so that a thousand mappings are not compared with a thousand. */
function kinOf(snapshot: Snapshot, uuids: readonly string[]): Kin {
  const ofSnapshot = kins.get(snapshot.mappings) ?? new Map<readonly string[], Kin>();
  kins.set(snapshot.mappings, ofSnapshot);
  const earlier = ofSnapshot.get(uuids);
  if (earlier !== undefined) return earlier;
  const kin: Kin = new Map();
  for (const uuid of new Set(uuids)) {
    const read = Object.hasOwn(snapshot.mappings, uuid) ? snapshot.mappings[uuid] : undefined;
    if (read === undefined || !isOk(read)) continue;
    for (const key of [groupKey(read.value), tripleKey(read.value)]) {
      const list = kin.get(key);
      if (list === undefined) kin.set(key, [read.value]);
      else list.push(read.value);
    }
  }
  ofSnapshot.set(uuids, kin);
  return kin;
}
