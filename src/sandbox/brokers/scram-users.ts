/** The SCRAM users of a cluster: Amazon MSK makes one of each associated secret that it can use. */
import { randomUUID } from 'node:crypto';
import { isScramSecret } from '../../aws/msk.js';
import { scramCredential, type ScramCredential } from '../../kafka/login/scram.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import type { KafkaState } from './kafka-state.js';
import { secretMembers } from './secret-members.js';

/** The mechanism of SCRAM that Amazon MSK offers. */
export const scramMechanism = 'SCRAM-SHA-512';

/** By user name. `contentOf`: the text of a secret, by ARN. */
export async function scramUsers(
  snapshot: Snapshot,
  clusterArn: string,
  { users }: KafkaState,
  contentOf: (arn: string) => string,
): Promise<Map<string, ScramCredential>> {
  const found = new Map<string, ScramCredential>();
  const associated = snapshot.scramSecrets[clusterArn];
  if (users === 'forgotten' || associated === undefined || !isOk(associated)) return found;
  for (const arn of associated.value) {
    const secret = snapshot.secrets[arn];
    // MSK needs a customer managed key and the prefix of the name (AWS: MSK, SASL/SCRAM limitations).
    if (secret === undefined || !isOk(secret) || secret.value.KmsKeyId === undefined || !isScramSecret(arn)) continue;
    const user = userOf(contentOf(arn));
    if (user === null) continue;
    const password = users === 'changed' ? randomUUID() : user.password;
    found.set(user.username, await scramCredential(scramMechanism, password));
  }
  return found;
}

/** Null where the text has no user name and password. */
function userOf(text: string): { username: string; password: string } | null {
  const { username, password } = secretMembers(text);
  return typeof username === 'string' && typeof password === 'string' ? { username, password } : null;
}
