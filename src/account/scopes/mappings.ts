/** Reads mappings only, without the resources around them. */
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { troubleOf, type ReadResult } from './account.js';
import { Reader } from '../reader.js';
import { resolveTargets } from '../targets.js';

/** The mappings of the targets, or all MSK mappings of the region. Throws `TargetNotFound`. */
export async function readMappings(request: {
  clients: Clients;
  targets: readonly string[];
  tool: Snapshot['tool'];
  now: Date;
  /** Whether the answer lists mappings on self-managed Kafka. If not, naming one is an error. */
  nameLeftOut?: boolean;
}): Promise<ReadResult> {
  const snapshot = await beginSnapshot(request.clients, request);
  const reader = new Reader(request.clients);
  snapshot.targets = await resolveTargets(reader, snapshot, request.targets, request);
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}
