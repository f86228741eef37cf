/** The existing mapping for a request, and how it differs. */
import { findMappings, getMapping } from '../account/queries/mappings.js';
import type { Clients } from '../account/clients.js';
import { lookUpTags } from '../account/queries/mappings.js';
import { isOk, type Read } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { declared, differences, type Difference } from './differences.js';
import type { MappingSettings } from './settings.js';

/** Lambda allows one mapping in a region for each event source, function and topic. */
export type NaturalKey = Pick<MappingSettings, 'cluster' | 'function' | 'topic'>;

/** Whether a mapping has the requested event source, function and topic; all are ARNs except the topic. */
export const hasKey = (mapping: Mapping, { cluster, function: functionArn, topic }: NaturalKey): boolean =>
  mapping.EventSourceArn === cluster && mapping.FunctionArn === functionArn && mapping.Topics[0] === topic;

/** The existing mapping of the same source, function and topic; null where there is none. */
export async function findExisting(clients: Clients, key: NaturalKey): Promise<Read<Mapping | null>> {
  const listed = await findMappings(clients, key.cluster, key.function);
  if (!isOk(listed)) return listed;
  const twin = listed.value.find((mapping) => hasKey(mapping, key));
  if (twin === undefined) return { outcome: 'ok', value: null };
  // Lists leave out encrypted filters and may be outdated.
  const whole = await getMapping(clients, twin.UUID);
  if (!isOk(whole) && whole.outcome === 'not-found') return { outcome: 'ok', value: null };
  return isOk(whole) ? whole : { outcome: 'ok', value: twin };
}

/** How an existing mapping differs from the request; its tags are read if tags are requested. */
export async function compareExisting(
  clients: Clients,
  mapping: Mapping,
  settings: MappingSettings,
): Promise<Difference[]> {
  const wanted = declared(settings);
  const tags =
    settings.tags === undefined || mapping.EventSourceMappingArn === undefined
      ? undefined
      : await lookUpTags(clients, mapping.EventSourceMappingArn);
  return differences(mapping, wanted, tags !== undefined && isOk(tags) ? tags.value : undefined);
}
