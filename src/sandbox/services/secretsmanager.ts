import type { Secret } from '../../snapshot/resources/index.js';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keyOfSecret } from '../../snapshot/key-of-secret.js';
import { awsError, valueOrError, listed, type Answers } from '../answers.js';
import { keyNamed } from './kms.js';

const dates = ['DeletedDate', 'LastChangedDate', 'LastRotatedDate'] as const;
const secretAnswer = (secret: Secret) => ({
  ...secret,
  ...Object.fromEntries(dates.flatMap((name) => (secret[name] === undefined ? [] : [[name, new Date(secret[name])]]))),
});

/** By complete ARN, by name, or by ARN without its suffix, as Secrets Manager accepts it. */
const keyOf = (snapshot: Snapshot, id: unknown): string =>
  Object.entries(snapshot.secrets).find(
    ([key, read]) =>
      key === id || (isOk(read) && [read.value.ARN, read.value.Name, read.value.ARN.slice(0, -7)].includes(String(id))),
  )?.[0] ?? String(id);

/** As Secrets Manager repeats what KMS answers (API reference, GetSecretValue: DecryptionFailure; KMS: Decrypt). */
function refuseUnusableKey(snapshot: Snapshot, secret: Secret): void {
  const key = keyOfSecret(secret, null);
  const read = key === null ? undefined : snapshot.keys[keyNamed(snapshot, key)];
  if (read === undefined || !isOk(read)) return;
  const { Arn: arn = key, Enabled: enabled, KeyState: state } = read.value;
  const [refusal, code] =
    state === 'Disabled' || (state === undefined && enabled === false)
      ? ['is disabled', 'DisabledException']
      : state === 'PendingDeletion'
        ? ['is pending deletion', 'KMSInvalidStateException']
        : [null, null];
  if (refusal !== null)
    throw awsError(
      'DecryptionFailure',
      `Secrets Manager can't decrypt the secret value: ${arn} ${refusal}. (Service: AWSKMS; Status Code: 400; Error Code: ${code})`,
    );
}

/** `textOf`: generates the content of a secret. `stored`: contents of secrets that were created here, by ARN. */
export const secretsmanager = (textOf: (id: string) => string, stored: ReadonlyMap<string, string>): Answers => ({
  DescribeSecret: ({ SecretId: id }, snapshot) => secretAnswer(valueOrError(snapshot.secrets, keyOf(snapshot, id))),
  ListSecrets: (_, snapshot) => ({ SecretList: listed(snapshot.secrets).map(secretAnswer) }),
  GetResourcePolicy: ({ SecretId: id }, snapshot) => {
    const policy = valueOrError(snapshot.secretPolicies, keyOf(snapshot, id));
    return { ARN: id, ...(policy === '' ? {} : { ResourcePolicy: policy }) };
  },
  GetSecretValue: ({ SecretId: id }, snapshot) => {
    const key = keyOf(snapshot, id);
    // A refused profile means that reading the value is refused.
    if (!stored.has(key)) valueOrError(snapshot.secretProfiles, key);
    if (valueOrError(snapshot.secrets, key).DeletedDate !== undefined)
      throw awsError(
        'InvalidRequestException',
        'You can’t perform this operation on the secret because it was marked for deletion.',
      );
    refuseUnusableKey(snapshot, valueOrError(snapshot.secrets, key));
    return { ARN: key, SecretString: textOf(key) };
  },
});
