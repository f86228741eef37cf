/** One role with all its policies, for whoever names it. */
import { partitionOf } from '../../aws/partitions.js';
import { accountOf } from '../../aws/arn.js';
import { emptySnapshot, type Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { readRole } from '../read/role.js';
import { Reader } from '../reader.js';

/** The snapshot holds the role under the ARN given, and what became of each read. Never throws because of AWS. */
export async function readRoleAlone(
  clients: Clients,
  roleArn: string,
  head: Pick<Snapshot, 'tool' | 'capturedAt'>,
): Promise<Snapshot> {
  const region = await clients.region();
  const snapshot = emptySnapshot({
    ...head,
    partition: partitionOf(region),
    region,
    account: accountOf(roleArn),
    caller: null,
  });
  const reader = new Reader(clients);
  await readRole(reader, snapshot, roleArn);
  return { ...snapshot, reads: reader.records() };
}
