/** Reads one role with all its policies. */
import { accountOf } from '../../aws/arn.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { Clients } from '../clients.js';
import { readRole } from '../read/role.js';
import { beginSnapshot } from './begin-snapshot.js';
import { Reader } from '../reader.js';

/** The snapshot holds the role under the given ARN, and the outcome of each read. AWS errors are never thrown. */
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
