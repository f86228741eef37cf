/** Reads of one secret and of one key, as facts. */
import { keyOfSecret } from '../snapshot/key-of-secret.js';
import { lookup } from '../snapshot/read.js';
import type { KmsKey, Secret } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { andThen, fromRead, fromReadOrGone, known, mapFact, notApplicable, type Fact } from './fact.js';

const secretsManager = (operation: string) => ({ service: 'secretsmanager', operation });
const kms = (operation: string) => ({ service: 'kms', operation });

/** A secret and its resource policy. `secret` null: does not exist. `policy` null: none is attached. */
export function secretByUri(
  snapshot: Snapshot,
  uri: string,
): { secret: Fact<Secret | null>; policy: Fact<string | null> } {
  const policy = fromReadOrGone(lookup(snapshot.secretPolicies, uri, secretsManager('GetResourcePolicy')));
  return {
    secret: fromReadOrGone(lookup(snapshot.secrets, uri, secretsManager('DescribeSecret'))),
    policy: mapFact(policy, (text) => (text === null || text.trim() === '' ? null : text)),
  };
}

/** A key and its policy, by key id, ARN or alias. `key` null: does not exist. */
export const keyById = (snapshot: Snapshot, id: string): { key: Fact<KmsKey | null>; policy: Fact<string> } => ({
  key: fromReadOrGone(lookup(snapshot.keys, id, kms('DescribeKey'))),
  policy: fromRead(lookup(snapshot.keyPolicies, id, kms('GetKeyPolicy'))),
});

/** Key id, ARN or alias of a secret's own key, as a function of the account must name it. */
export const customKeyOf = (secret: Fact<Secret | null>, account: string | null): Fact<string> =>
  andThen(secret, (described) => {
    if (described === null) return notApplicable('the secret does not exist: see secret.exists');
    const key = keyOfSecret(described, account);
    return key === null
      ? notApplicable('the secret is encrypted with the AWS managed key, which needs no permission of the role')
      : known(key);
  });
