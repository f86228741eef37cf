/** The secret that the mapping names, its key, and what they are. */
import { keyOfSecret } from '../snapshot/key-of-secret.js';
import { isOk, lookup } from '../snapshot/read.js';
import type { KeyGrant, KmsKey, Mapping, Secret, SecretProfile } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { secretReferenceOf } from './auth.js';
import { fromRead, fromReadOrGone, known, mapFact, moot, andThen, type Fact } from './fact.js';
import type { AuthChoice, FactOf, KeyReads, SecretReference } from './facts.js';

const gone = moot('the secret is gone: see secret.exists');
const secrets = (operation: string) => ({ service: 'secretsmanager', operation });

export const secretReferenceFact = (mapping: Mapping): Fact<SecretReference> => {
  const reference = secretReferenceOf(mapping);
  return reference === null ? moot('the mapping names no secret for its authentication') : known(reference);
};

export const secretOf = (snapshot: Snapshot, reference: Fact<SecretReference>): Fact<Secret | null> =>
  andThen(reference, ({ uri }) => fromReadOrGone(lookup(snapshot.secrets, uri, secrets('DescribeSecret'))));

/** A secret that could not be described may still have been read, and the other way round: each read stands for itself. */
export const secretProfileOf = (snapshot: Snapshot, reference: Fact<SecretReference>): Fact<SecretProfile> =>
  andThen(reference, ({ uri }) => {
    const profile = fromReadOrGone(lookup(snapshot.secretProfiles, uri, secrets('GetSecretValue')));
    const described = snapshot.secrets[uri];
    // Secrets Manager answers the same where the secret is there and has no current version.
    return andThen(profile, (found) =>
      found !== null ? known(found) : described !== undefined && isOk(described) ? known(withoutContent) : gone,
    );
  });

const withoutContent: SecretProfile = {
  bytes: 0,
  form: 'empty',
  members: [],
  misspelt: [],
  otherMembers: 0,
  notText: [],
};

/** Null where none is attached. */
export const secretPolicyOf = (snapshot: Snapshot, reference: Fact<SecretReference>): Fact<string | null> =>
  andThen(reference, ({ uri }) => {
    const policy = fromReadOrGone(lookup(snapshot.secretPolicies, uri, secrets('GetResourcePolicy')));
    return mapFact(policy, (text) => (text === null || text.trim() === '' ? null : text));
  });

/** Key id, ARN or alias of the secret's own key, for a function of this account; moot with Secrets Manager's default key. */
export const secretKeyId = (secret: Fact<Secret | null>, account: string | undefined): Fact<string> =>
  andThen(secret, (found) => {
    if (found === null) return gone;
    const key = keyOfSecret(found, account);
    return key === null
      ? moot('the secret is under the default key of Secrets Manager, which asks no right of the role')
      : known(key);
  });

/** A key that was read beside the secret's. */
export const keyReads = (snapshot: Snapshot, id: string): KeyReads => ({
  id,
  key: secretKeyOf(snapshot, known(id)),
  policy: secretKeyPolicyOf(snapshot, known(id)),
});

/** A secret by its URI alone, with its policy. */
export const secretByUri = (snapshot: Snapshot, uri: string) => ({
  uri,
  secret: secretOf(snapshot, known({ type: '', uri })),
  policy: secretPolicyOf(snapshot, known({ type: '', uri })),
});

export const secretKeyOf = (snapshot: Snapshot, keyId: Fact<string>): Fact<KmsKey | null> =>
  andThen(keyId, (id) => fromReadOrGone(lookup(snapshot.keys, id, { service: 'kms', operation: 'DescribeKey' })));

export const secretKeyPolicyOf = (snapshot: Snapshot, keyId: Fact<string>): Fact<string> =>
  andThen(keyId, (id) => fromRead(lookup(snapshot.keyPolicies, id, { service: 'kms', operation: 'GetKeyPolicy' })));

/** What is granted to the function's role on the key, beside all policies; none where that was not asked for, or not read: few have any. */
export function keyGrantsOf(snapshot: Snapshot, keyId: Fact<string>, functionFact: FactOf<'function'>): KeyGrant[] {
  const role = functionFact.is === 'known' ? functionFact.value?.Role : undefined;
  const read = keyId.is === 'known' && role !== undefined ? snapshot.keyGrants[`${keyId.value}#${role}`] : undefined;
  return read !== undefined && isOk(read) ? read.value : [];
}

/** As Kafka sees the mapping; null where the secret that names the principal could not be read. */
export const kafkaPrincipalOf = (auth: Fact<AuthChoice>, profile: Fact<SecretProfile>): Fact<string | null> =>
  andThen(auth, ({ method }) => {
    if (method === 'iam') return moot('with IAM access control Kafka ACLs play no part');
    if (method === 'tls' || method === 'plaintext') return known('User:ANONYMOUS');
    return profile.is === 'known' ? known(profile.value.principal ?? null) : known(null);
  });

const otherLogin = {
  scram: 'the mapping does not log in by SASL/SCRAM',
  mtls: 'the mapping does not log in by mutual TLS',
};

/** A fact of a secret as one method uses it: moot for a mapping that logs in by another, however little could be read. */
export const onlyFor = <T>(method: 'scram' | 'mtls', auth: Fact<AuthChoice>, fact: Fact<T>): Fact<T> =>
  andThen(auth, (choice) => (choice.method === method ? fact : moot(otherLogin[method])));
