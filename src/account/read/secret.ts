import { keyOfSecret } from '../../snapshot/key-of-secret.js';
import { isOk, mapRead, type Read, type ReadFailure } from '../../snapshot/read.js';
import { keyGrantSchema, keySchema, secretSchema, type SecretProfile } from '../../snapshot/resources/index.js';
import { policyText } from '../../snapshot/resources/shape.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, member, type Reader } from '../reader.js';

/**
 * A secret of a mapping, for the cluster or for the schema registry: described, profiled, with its policy and key. Its value is not kept after this call.
 * `account`: the function's.
 */
export async function readSecret(
  reader: Reader,
  snapshot: Snapshot,
  id: string,
  { values, account }: { values: boolean; account?: string | null },
): Promise<void> {
  await Promise.all([
    describeWithKey(reader, snapshot, id, account ?? null),
    readSecretPolicy(reader, snapshot, id),
    readProfile(reader, snapshot, id, values),
  ]);
}

async function describeWithKey(reader: Reader, snapshot: Snapshot, id: string, account: string | null): Promise<void> {
  await describeSecret(reader, snapshot, id);
  const described = snapshot.secrets[id];
  const key = described !== undefined && isOk(described) ? keyOfSecret(described.value, account) : null;
  if (key !== null) await reader.once(`key ${key}`, () => readKey(reader, snapshot, key));
}

async function describeSecret(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const read = await reader.call('secretsmanager', 'DescribeSecret', { SecretId: id }, id);
  const call = { service: 'secretsmanager', operation: 'DescribeSecret', resource: id };
  snapshot.secrets[id] = keep(read, secretSchema, call);
}

/** Once for a secret that serves as login for both the cluster and the registry. */
const readProfile = (reader: Reader, snapshot: Snapshot, id: string, values: boolean): Promise<void> =>
  reader.once(`content of ${id}`, async () => {
    snapshot.secretProfiles[id] = values ? await profiled(reader, id) : leftOut(id);
  });

const leftOut = (resource: string): ReadFailure => ({
  outcome: 'failed',
  service: 'secretsmanager',
  operation: 'GetSecretValue',
  action: 'secretsmanager:GetSecretValue',
  resource,
  error: 'not read because of --no-secret-values',
});

const profiled = (reader: Reader, id: string): Promise<Read<SecretProfile>> =>
  reader.profiled('secretsmanager', 'GetSecretValue', { SecretId: id }, id, async (output) => {
    // Imported with the first secret only, because it loads the certificate parser.
    const { profileSecret } = await import('../../secrets/profile.js');
    const { SecretString: text, SecretBinary: binary } = output as {
      SecretString?: string;
      SecretBinary?: Uint8Array;
    };
    // AWS returns one of the two, or an error.
    if (text === undefined && binary === undefined)
      throw Object.assign(new Error(), { name: 'the answer holds no content' });
    return profileSecret({ text, binary });
  });

async function readSecretPolicy(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const read = await reader.call('secretsmanager', 'GetResourcePolicy', { SecretId: id }, id);
  snapshot.secretPolicies[id] = mapRead(read, (output) => String(output['ResourcePolicy'] ?? ''));
}

/** A key with its policy, by id, ARN or alias. */
export async function readKey(reader: Reader, snapshot: Snapshot, id: string): Promise<void> {
  const callOf = (operation: string) => ({ service: 'kms', operation, resource: id });
  const policyOf = async (KeyId: string) =>
    keep(
      member(await reader.call('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' }, id), 'Policy'),
      policyText,
      callOf('GetKeyPolicy'),
    );
  // KMS describes a key by its alias, but does not return its policy that way.
  const early = /(^|:)alias\//.test(id) ? undefined : policyOf(id);
  const key = keep(
    member(await reader.call('kms', 'DescribeKey', { KeyId: id }, id), 'KeyMetadata'),
    keySchema,
    callOf('DescribeKey'),
  );
  snapshot.keys[id] = key;
  snapshot.keyPolicies[id] = await (early ?? (isOk(key) ? policyOf(key.value.Arn ?? key.value.KeyId) : key));
}

/**
 * KMS grants to a role, besides all policies. A grant for an encryption context other than Secrets Manager's does
 * not count.
 */
export async function readKeyGrants(reader: Reader, snapshot: Snapshot, id: string, roleArn: string): Promise<void> {
  const key = snapshot.keys[id];
  if (key === undefined || !isOk(key)) return;
  // KMS does not list grants by alias.
  const KeyId = key.value.Arn ?? key.value.KeyId;
  const pages = await reader.pages('kms', 'ListGrants', { KeyId, GranteePrincipal: roleArn }, { resource: id });
  snapshot.keyGrants[`${id}#${roleArn}`] = keepList(
    mapRead(pages, (grants) => grants.filter(isForSecrets)),
    keyGrantSchema,
    { service: 'kms', operation: 'ListGrants', resource: id },
  );
}

const ofSecrets = new Set(['SecretARN', 'SecretVersionId']);

function isForSecrets(grant: unknown): boolean {
  const constraints = (grant as { Constraints?: Record<string, object | null> | null } | null)?.Constraints ?? {};
  return Object.values(constraints).every((pairs) => Object.keys(pairs ?? {}).every((name) => ofSecrets.has(name)));
}
