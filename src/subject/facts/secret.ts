/** The secret with which the mapping authenticates, and its profile. */
import type { SecretMethod } from '../../aws/msk.js';
import { isOk, lookup } from '../../snapshot/read.js';
import type { Secret, SecretProfile } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { secretReferenceOf, type AuthChoice, type SecretReference } from '../auth.js';
import { andThen, fromReadOrGone, known, notApplicable, valueOrNull, type Derivations, type Fact } from '../fact.js';
import { secretByUri } from '../secret-and-key-reads.js';
import type { ClusterFacts } from './cluster.js';
import type { MappingFacts } from './mapping.js';

export interface SecretFacts {
  /** Not applicable where the mapping has no secret for its authentication. */
  secretReference: SecretReference;
  /** Null: does not exist. */
  secret: Secret | null;
  /**
   * The profile of the content. It may be known although the secret could not be described, and the other way round.
   */
  secretProfile: SecretProfile;
  /** The secret's resource policy; null: none is attached. */
  secretPolicy: string | null;
  /** The mapping's Kafka principal, `User:…`; null where the secret could not be read. Not applicable with IAM. */
  kafkaPrincipal: string | null;
  /**
   * `secret` and `secretProfile` of a mapping that logs in with SASL/SCRAM; not applicable for others, however
   * little could be read.
   */
  scramSecret: Secret | null;
  scramProfile: SecretProfile;
  /** `secretProfile` of a mapping that logs in with mutual TLS; not applicable for others. */
  certificateProfile: SecretProfile;
}

export const secretFacts = (snapshot: Snapshot): Derivations<SecretFacts, MappingFacts & ClusterFacts> => ({
  secretReference: ({ mapping }) =>
    andThen(mapping, (value) => {
      const reference = secretReferenceOf(value);
      return reference === null ? notApplicable('the mapping has no secret for its authentication') : known(reference);
    }),
  secret: ({ secretReference }) => andThen(secretReference, ({ uri }) => secretByUri(snapshot, uri).secret),
  secretProfile: ({ secretReference }) => andThen(secretReference, ({ uri }) => profileOf(snapshot, uri)),
  secretPolicy: ({ secretReference }) => andThen(secretReference, ({ uri }) => secretByUri(snapshot, uri).policy),
  kafkaPrincipal: ({ auth, secretProfile }) =>
    andThen(auth, ({ method }) => {
      if (method === 'iam') return notApplicable('Kafka ACLs do not apply to IAM authentication');
      if (method === 'tls' || method === 'plaintext') return known('User:ANONYMOUS');
      return known(valueOrNull(secretProfile)?.principal ?? null);
    }),
  scramSecret: ({ auth, secret }) => onlyFor('scram', auth, secret),
  scramProfile: ({ auth, secretProfile }) => onlyFor('scram', auth, secretProfile),
  certificateProfile: ({ auth, secretProfile }) => onlyFor('mtls', auth, secretProfile),
});

/** What a secret holds; not applicable where it is gone. */
export function profileOf(snapshot: Snapshot, uri: string): Fact<SecretProfile> {
  const read = lookup(snapshot.secretProfiles, uri, { service: 'secretsmanager', operation: 'GetSecretValue' });
  const described = snapshot.secrets[uri];
  return andThen(fromReadOrGone(read), (profile) => {
    if (profile !== null) return known(profile);
    // Secrets Manager gives the same answer for a secret without a current version.
    return described !== undefined && isOk(described)
      ? known(withoutContent)
      : notApplicable('the secret does not exist: see secret.exists');
  });
}

const withoutContent: SecretProfile = {
  bytes: 0,
  form: 'empty',
  members: [],
  misspelt: [],
  otherMembers: 0,
  notText: [],
};

const otherLogin = {
  scram: 'the mapping does not use SASL/SCRAM',
  mtls: 'the mapping does not use mutual TLS',
};

/** A fact about a secret for one method: not applicable for a mapping that logs in with another. */
export const onlyFor = <T>(method: SecretMethod, auth: Fact<AuthChoice>, fact: Fact<T>): Fact<T> =>
  andThen(auth, (choice) => (choice.method === method ? fact : notApplicable(otherLogin[method])));
