/** The head of a snapshot: whose it is and when it was taken. */
import { partitionOf } from '../../aws/partitions.js';
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';

/** A snapshot of the region that is asked, without any read yet; who asks and in which account is found out by the reads. Throws `RegionUnusable`. */
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
