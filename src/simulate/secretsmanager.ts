/** Changes to a secret. */
import { isOk, ok } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { refusal, type Replays } from './replays.js';

export const secretsmanager: Replays = {
  // Without its content, which no snapshot holds.
  CreateSecret: (snapshot, { Name: name, KmsKeyId: key }) => {
    if (Object.values(snapshot.secrets).some((read) => isOk(read) && read.value.Name === name))
      throw refusal('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    const arn = `arn:${snapshot.partition}:secretsmanager:${snapshot.region}:${snapshot.account}:secret:${name}-${suffixOf(String(name))}`;
    snapshot.secrets[arn] = ok({ ARN: arn, Name: name, ...(key === undefined ? {} : { KmsKeyId: key }) });
    snapshot.secretPolicies[arn] = ok('');
  },
  RestoreSecret: (snapshot, { SecretId: id }) => {
    for (const name of namesOf(snapshot, id)) {
      const read = snapshot.secrets[name];
      if (read !== undefined && isOk(read)) delete read.value.DeletedDate;
    }
  },
  DeleteSecret: (snapshot, { SecretId: id, RecoveryWindowInDays: days = 30 }) => {
    const date = new Date(Date.parse(snapshot.capturedAt) + days * 86_400_000).toISOString();
    for (const name of namesOf(snapshot, id)) {
      const read = snapshot.secrets[name];
      if (read !== undefined && isOk(read)) read.value.DeletedDate = date;
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

/** Six letters, the same for the same name; Secrets Manager chooses them at random. */
function suffixOf(name: string): string {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 2_176_782_336;
  return sum.toString(36).padStart(6, '0').slice(0, 6);
}

/** A snapshot stores a secret under the name or ARN that a mapping uses. */
function namesOf(snapshot: Snapshot, id: string): string[] {
  const names = Object.entries(snapshot.secrets).flatMap(([name, read]) =>
    name === id || (isOk(read) && (read.value.ARN === id || read.value.Name === id)) ? [name] : [],
  );
  if (names.length === 0)
    throw refusal('ResourceNotFoundException', 'Secrets Manager can’t find the specified secret.');
  return names;
}
