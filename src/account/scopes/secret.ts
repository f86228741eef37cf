/** Reads single secrets (metadata, profile, key) and the secrets that are associated with a cluster. */
import { accountOf } from '../../aws/arn.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { beginSnapshot } from './begin-snapshot.js';
import type { Clients } from '../clients.js';
import { troubleOf, type ReadResult } from './account.js';
import { readScramSecrets } from '../read/kafka.js';
import { readSecret } from '../read/secret.js';
import { Reader } from '../reader.js';

export interface SecretRequest {
  clients: Clients;
  /** Names or ARNs. */
  ids: readonly string[];
  /** The cluster whose associated secrets are listed; null for none. */
  clusterArn: string | null;
  secretValues: boolean;
  tool: Snapshot['tool'];
  now: Date;
}

/** The results are in `secrets` and `secretProfiles`, by id as given. AWS errors are never thrown. */
export async function readSecrets({
  clients,
  ids,
  clusterArn,
  secretValues,
  tool,
  now,
}: SecretRequest): Promise<ReadResult> {
  const snapshot = await beginSnapshot(clients, { tool, now });
  const reader = new Reader(clients);
  const associated = clusterArn === null ? undefined : readScramSecrets(reader, snapshot, clusterArn);
  await Promise.all([...ids.map((id) => readSecret(reader, snapshot, id, { values: secretValues })), associated]);
  snapshot.account = accountOfSecrets(snapshot);
  snapshot.reads = reader.records();
  return { snapshot, trouble: troubleOf(reader, snapshot) };
}

/** The account from the ARN of the first secret that could be read. */
function accountOfSecrets(snapshot: Snapshot): string | null {
  const described = Object.values(snapshot.secrets).find(isOk);
  return described === undefined || !isOk(described) ? null : accountOf(described.value.ARN);
}
