/** One role with all its policies, for whoever names it. */
import { accountOf } from '../../aws/arn.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { readRole } from '../read/role.js';
import { beginSnapshot } from './begin-snapshot.js';
import { Reader } from '../reader.js';

/** The snapshot holds the role under the ARN given, and what became of each read. Never throws because of AWS. */
export async function readRoleAlone(
  clients: Clients,
  roleArn: string,
  head: { tool: Snapshot['tool']; now: Date },
): Promise<Snapshot> {
  const snapshot = { ...(await beginSnapshot(clients, head)), account: accountOf(roleArn) };
  const reader = new Reader(clients);
  await readRole(reader, snapshot, roleArn);
  return { ...snapshot, reads: reader.records() };
}
