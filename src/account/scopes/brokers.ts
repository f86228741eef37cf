/** Reads only what decides the bootstrap brokers of a mapping, or of a mapping that a cluster could have. */
import type { Mapping } from '../../snapshot/resources/index.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { troubleOf, type ReadResult } from './account.js';
import { findClusterArn } from '../find-cluster.js';
import { clusterNotFound } from '../queries/clusters.js';
import { mappingUuidOf } from '../target-names.js';
import { readEventSource } from '../read/kafka.js';
import { Reader } from '../reader.js';
import { resolveTargets } from '../targets.js';

const noUuid = '00000000-0000-0000-0000-000000000000';
export const isWithoutMapping = (uuid: string): boolean => uuid === noUuid;

/** A mapping that does not exist, to ask what a new one would use. */
export const mappingWithoutSecret = (eventSourceArn: string): Mapping => ({
  UUID: noUuid,
  EventSourceArn: eventSourceArn,
  Topics: [],
  SourceAccessConfigurations: [],
  FunctionResponseTypes: [],
});

/** `target`: the UUID of a mapping, or the name or ARN of a cluster. Throws `TargetNotFound`. */
export async function readBrokers(request: {
  clients: Clients;
  target: string;
  tool: Snapshot['tool'];
  now: Date;
}): Promise<ReadResult> {
  const { clients, target, tool, now } = request;
  const snapshot = await beginSnapshot(clients, { tool, now });
  const reader = new Reader(clients);
  const mapping =
    mappingUuidOf(target) !== null
      ? await readNamed(reader, snapshot, target)
      : await ofCluster(reader, snapshot, target);
  if (mapping !== null) {
    snapshot.mappings[mapping.UUID] = { outcome: 'ok', value: mapping };
    snapshot.targets = [mapping.UUID];
    await readEventSource(reader, snapshot, mapping).all;
    if (isWithoutMapping(mapping.UUID) && snapshot.clusters[target]?.outcome === 'not-found')
      throw await clusterNotFound(clients, target);
  }
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}

async function readNamed(reader: Reader, snapshot: Snapshot, target: string): Promise<Mapping | null> {
  snapshot.targets = await resolveTargets(reader, snapshot, [target]);
  const read = snapshot.mappings[snapshot.targets[0] ?? ''];
  return read !== undefined && isOk(read) ? read.value : null;
}

/** A cluster that cannot be read stays in the snapshot as a failed read. */
async function ofCluster(reader: Reader, snapshot: Snapshot, target: string): Promise<Mapping | null> {
  const arn = await findClusterArn(reader, target, snapshot.region);
  if (typeof arn === 'string') return mappingWithoutSecret(arn);
  snapshot.mappings[target] = { ...arn, resource: target };
  snapshot.targets = [target];
  return null;
}
