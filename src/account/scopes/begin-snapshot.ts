/** Starts a snapshot: region, partition, time. */
import { partitionOf } from '../../aws/partitions.js';
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';

/**
 * An empty snapshot of the requested region. Caller and account are filled in by the reads. Throws `RegionUnusable`.
 */
export async function beginSnapshot(
  clients: Clients,
  { tool, now }: { tool: Snapshot['tool']; now: Date },
): Promise<Snapshot> {
  const region = await clients.region();
  return emptySnapshot({
    tool,
    partition: partitionOf(region),
    region,
    account: null,
    caller: null,
    capturedAt: now.toISOString(),
  });
}
