/** Finds the existing mapping for each mapping of a file. */
import type { MappingSettings } from '../mapping/settings.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { groupBy } from '../text/group-by.js';
import { groupOf } from './calls.js';

export interface Match {
  settings: MappingSettings;
  /** The existing mapping; null where there is none. */
  mapping: Mapping | null;
}

/**
 * Pairs each mapping of the file with an existing one: with the same cluster, function and topic, otherwise with the
 * same custom consumer group.
 */
export function matchMappings(wanted: readonly MappingSettings[], existing: readonly Mapping[]): Match[] {
  const staying = existing.filter(({ State: state }) => state !== 'Deleting');
  const keyed = groupBy(staying, keyOf);
  const byKey = wanted.map(
    ({ cluster, function: functionArn, topic }) =>
      keyed.get(JSON.stringify([cluster, functionArn, topic]))?.[0] ?? null,
  );
  const grouped = groupBy(staying, groupOf);
  const taken = new Set(byKey.flatMap((mapping) => mapping?.UUID ?? []));
  return wanted.map((settings, index) => {
    const group = settings.consumerGroup;
    const byGroup = group === undefined ? undefined : grouped.get(group)?.find((mapping) => !taken.has(mapping.UUID));
    const mapping = byKey[index] ?? byGroup ?? null;
    if (mapping !== null) taken.add(mapping.UUID);
    return { settings, mapping };
  });
}

const keyOf = ({ EventSourceArn: cluster, FunctionArn: functionArn, Topics: [topic] }: Mapping): string =>
  JSON.stringify([cluster, functionArn, topic]);

/** Existing mappings of the file's clusters that are not in the file and not being deleted. */
export function unnamedMappings(matches: readonly Match[], existing: readonly Mapping[]): Mapping[] {
  const clusters = new Set(matches.map(({ settings }) => settings.cluster));
  const kept = new Set(matches.flatMap(({ mapping }) => mapping?.UUID ?? []));
  return existing.filter(
    (mapping) => clusters.has(mapping.EventSourceArn ?? '') && !kept.has(mapping.UUID) && mapping.State !== 'Deleting',
  );
}
