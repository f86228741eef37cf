/** Reads the mappings alone, without what surrounds them. */
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { troubleOf, type ReadResult } from './account.js';
import { Reader } from '../reader.js';
import { resolveTargets } from '../targets.js';

/** Those of the targets, or all MSK mappings of the region. Throws `TargetNotFound`. */
export async function readMappings(request: {
  clients: Clients;
  targets: readonly string[];
  tool: Snapshot['tool'];
  now: Date;
  /** Whether mappings on self-managed Kafka are named in the answer; without it, one that the user names is refused. */
  nameLeftOut?: boolean;
}): Promise<ReadResult> {
  const snapshot = await beginSnapshot(request.clients, request);
  const reader = new Reader(request.clients);
  snapshot.targets = await resolveTargets(reader, snapshot, request.targets, request);
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}
