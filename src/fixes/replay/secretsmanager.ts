/** Changes of a secret. */
import { isOk, ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { refusal, type Replays } from './replays.js';

export const secretsmanager: Replays = {
  RestoreSecret: (snapshot, { SecretId: id }) => {
    for (const name of namesOf(snapshot, id)) {
      const read = snapshot.secrets[name];
      if (read !== undefined && isOk(read)) delete read.value.DeletedDate;
    }
  },
  UpdateSecret: (snapshot, { SecretId: id, KmsKeyId: key }) => {
    for (const name of namesOf(snapshot, id)) {
      const read = snapshot.secrets[name];
      if (read !== undefined && isOk(read) && typeof key === 'string') read.value.KmsKeyId = key;
    }
  },
  PutResourcePolicy: (snapshot, { SecretId: id, ResourcePolicy: policy }) => {
    for (const name of namesOf(snapshot, id)) snapshot.secretPolicies[name] = ok(policy);
  },
  DeleteResourcePolicy: (snapshot, { SecretId: id }) => {
    for (const name of namesOf(snapshot, id)) snapshot.secretPolicies[name] = ok('');
  },
};

/** A secret is kept under the name or ARN that a mapping gives. */
function namesOf(snapshot: Snapshot, id: string): string[] {
  const names = Object.entries(snapshot.secrets).flatMap(([name, read]) => (name === id || (isOk(read) && (read.value.ARN === id || read.value.Name === id)) ? [name] : []));
  if (names.length === 0) throw refusal('ResourceNotFoundException', 'Secrets Manager can’t find the specified secret.');
  return names;
}
