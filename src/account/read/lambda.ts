import { isOk, type ReadFailure } from '../../snapshot/read.js';
import { concurrencySchema, functionSchema, mappingSchema, type Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, type Reader } from '../reader.js';

const lambda = (operation: string, resource?: string) => ({ service: 'lambda', operation, resource });

/** Mappings on Kafka clusters of MSK; self-managed Kafka, streams and queues are not ours. */
export const isMskMapping = (mapping: Mapping): boolean => /^arn:[^:]+:kafka:/.test(mapping.EventSourceArn ?? '');

/** One mapping by its UUID, into `mappings`. */
export async function readMapping(reader: Reader, snapshot: Snapshot, uuid: string): Promise<Mapping | null> {
  const read = keep(await reader.call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid), mappingSchema, lambda('GetEventSourceMapping', uuid));
  snapshot.mappings[uuid] = read;
  return isOk(read) ? read.value : null;
}

/** The mappings of an event source, of a function or of the whole region: kept, and listed under `key`. */
export async function listMappings(
  reader: Reader,
  snapshot: Snapshot,
  filter: { EventSourceArn?: string; FunctionName?: string },
  key: string,
): Promise<Mapping[] | ReadFailure> {
  const pages = await reader.pages('lambda', 'ListEventSourceMappings', filter, { items: 'EventSourceMappings', token: ['NextMarker', 'Marker'] });
  const list = keepList(pages, mappingSchema, lambda('ListEventSourceMappings'));
  if (!isOk(list)) {
    snapshot.mappingLists[key] = list;
    return list;
  }
  const found = list.value.filter(isMskMapping);
  for (const mapping of found) snapshot.mappings[mapping.UUID] ??= { outcome: 'ok', value: mapping };
  snapshot.mappingLists[key] = { outcome: 'ok', value: found.map((mapping) => mapping.UUID) };
  return found;
}

/** The function that a mapping calls. Gives its execution role's ARN. */
export async function readFunction(reader: Reader, snapshot: Snapshot, arn: string): Promise<string | null> {
  const answer = await reader.call('lambda', 'GetFunctionConfiguration', { FunctionName: arn }, arn);
  const read = keep(answer, functionSchema, lambda('GetFunctionConfiguration', arn));
  snapshot.functions[arn] = read;
  return isOk(read) && read.value.Role !== '' ? (read.value.Role ?? null) : null;
}

/** What is reserved for a function; it belongs to the function, not to an alias or version. */
export async function readConcurrency(reader: Reader, snapshot: Snapshot, functionArn: string): Promise<void> {
  const unqualified = functionArn.split(':').slice(0, 7).join(':');
  const read = await reader.call('lambda', 'GetFunctionConcurrency', { FunctionName: unqualified }, unqualified);
  snapshot.concurrency[unqualified] = keep(read, concurrencySchema, lambda('GetFunctionConcurrency', unqualified));
}
