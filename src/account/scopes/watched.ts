/**
 * Reads again what changes without a call of a user: the state and result of mappings that were read before, and
 * their metrics. Everything else of the snapshot stays.
 */
import { isVpcConnection } from '../../aws/event-source.js';
import { isOk, type ReadFailure } from '../../snapshot/read.js';
import { mappingSchema, type Cluster, type Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { keep, keepList, Reader } from '../reader.js';
import { readMetrics } from '../read/metrics.js';
import { isMskMapping } from '../read/lambda.js';
import { wantedMetrics } from '../read/wanted-metrics.js';

/** The mappings as they are now. */
export interface States {
  mappings: ReadonlyMap<string, Mapping>;
  /** UUIDs that AWS does not have any more. */
  gone: readonly string[];
  /** UUIDs on MSK that were not watched before; only a list of the region shows them. */
  appeared: readonly string[];
  /** By UUID; the same failure for every mapping of a list. */
  failures: ReadonlyMap<string, ReadFailure>;
}

/** The UUIDs whose verdict is watched, those on self-managed Kafka included. */
export const watchedUuids = ({ targets, selfManagedTargets }: Snapshot): string[] => [
  ...new Set([...targets, ...selfManagedTargets]),
];

/** One call for each mapping. */
export async function readEachState(clients: Clients, snapshot: Snapshot): Promise<States> {
  const [mappings, failures] = [new Map<string, Mapping>(), new Map<string, ReadFailure>()];
  const gone: string[] = [];
  const reader = new Reader(clients);
  await Promise.all(
    watchedUuids(snapshot).map(async (uuid) => {
      const call = { service: 'lambda', operation: 'GetEventSourceMapping', resource: uuid };
      const read = keep(
        await reader.call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid),
        mappingSchema,
        call,
      );
      if (isOk(read)) mappings.set(uuid, read.value);
      else if (read.outcome === 'not-found') gone.push(uuid);
      else failures.set(uuid, read);
    }),
  );
  return { mappings, gone, appeared: [], failures };
}

/** One call for each page of the region's mappings: fewer than one for each mapping where most are on MSK. */
export async function readListedStates(clients: Clients, snapshot: Snapshot): Promise<States> {
  const pages = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', {}, { once: true });
  const list = keepList(pages, mappingSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
  const uuids = watchedUuids(snapshot);
  if (!isOk(list))
    return { mappings: new Map(), gone: [], appeared: [], failures: new Map(uuids.map((uuid) => [uuid, list])) };
  const listed = new Map(list.value.map((mapping) => [mapping.UUID, mapping]));
  const watched = new Set(uuids);
  return {
    mappings: new Map(
      uuids.flatMap((uuid) => {
        const mapping = listed.get(uuid);
        return mapping === undefined ? [] : [[uuid, mapping] as const];
      }),
    ),
    gone: uuids.filter((uuid) => !listed.has(uuid)),
    appeared: list.value.flatMap((mapping) =>
      isMskMapping(mapping) && !watched.has(mapping.UUID) ? [mapping.UUID] : [],
    ),
    failures: new Map(),
  };
}

/** The metrics of all watched mappings at `snapshot.capturedAt`, by key; a failed read is one. */
export async function readMetricsAgain(clients: Clients, snapshot: Snapshot): Promise<Snapshot['metrics']> {
  const fresh: Snapshot = { ...snapshot, metrics: {} };
  const mappings = watchedUuids(snapshot).flatMap((uuid) => {
    const read = snapshot.mappings[uuid] ?? snapshot.selfManagedMappings[uuid];
    return read !== undefined && isOk(read) ? [read.value] : [];
  });
  await readMetrics(
    new Reader(clients),
    fresh,
    wantedMetrics(mappings.map((mapping) => ({ mapping, cluster: clusterOf(snapshot, mapping) }))),
  );
  return fresh.metrics;
}

/** A cluster behind a VPC connection belongs to another account: its metrics are not read. */
function clusterOf({ clusters }: Snapshot, { EventSourceArn: arn }: Mapping): Cluster | null {
  const read = arn === undefined || isVpcConnection(arn) ? undefined : clusters[arn];
  return read !== undefined && isOk(read) ? read.value : null;
}
