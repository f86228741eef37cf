/** The VPCs of the other mappings in the poller groups of the targets. */
import { pollerGroupOf } from '../../snapshot/provisioned.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Reader } from '../reader.js';
import { readPlacement } from './kafka.js';
import { readSubnets } from './network.js';

/** One subnet shows the VPC: all subnets of an event source are in one. The list of the region's mappings is read before. */
export async function readPollerGroups(reader: Reader, snapshot: Snapshot, targets: readonly Mapping[]): Promise<void> {
  const groups = new Set(targets.flatMap((mapping) => pollerGroupOf(mapping) ?? []));
  const list = snapshot.mappingLists['*'];
  if (groups.size === 0 || list === undefined || !isOk(list)) return;
  const sources = list.value.flatMap((uuid): string[] => {
    const read = snapshot.mappings[uuid];
    if (read === undefined || !isOk(read) || !groups.has(pollerGroupOf(read.value) ?? '')) return [];
    return read.value.EventSourceArn === undefined ? [] : [read.value.EventSourceArn];
  });
  const ofTargets = new Set(targets.map(({ EventSourceArn: arn }) => arn));
  const others = [...new Set(sources)].filter((arn) => !ofTargets.has(arn));
  const placements = await Promise.all(others.map((arn) => readPlacement(reader, snapshot, arn)));
  const unread = placements.flatMap(([first]) =>
    first === undefined || snapshot.subnets[first] !== undefined ? [] : [first],
  );
  if (unread.length > 0) await readSubnets(reader, snapshot, [...new Set(unread)].toSorted());
}
