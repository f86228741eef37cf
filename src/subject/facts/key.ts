/** The KMS keys that the mapping depends on: of its secret, its destination and its filter. */
import { accountOf } from '../../aws/arn.js';
import { isOk } from '../../snapshot/read.js';
import type { KeyGrant, KmsKey } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { andThen, mapFact, valueOrNull, type Derivations, type Fact, type FactsOf } from '../fact.js';
import { customKeyOf, keyById } from '../secret-and-key-reads.js';
import type { DestinationFacts } from './destination.js';
import type { FunctionFacts } from './function.js';
import type { MappingFacts } from './mapping.js';
import type { SecretFacts } from './secret.js';

/** A key, under the name that the mapping or destination uses, with its policy, each as far as it was read. */
export interface KeyReads {
  id: string;
  key: Fact<KmsKey | null>;
  policy: Fact<string>;
}

export interface KeyFacts {
  /**
   * The customer managed key of the secret; null: does not exist. Not applicable with Secrets Manager's default key.
   */
  secretKey: KmsKey | null;
  secretKeyPolicy: string;
  /** The keys of the destination and of the filter; null where there is none, or only an AWS managed one. */
  otherKeys: { destination: KeyReads | null; filter: KeyReads | null };
}

export const keyFacts = (snapshot: Snapshot): Derivations<KeyFacts, MappingFacts & SecretFacts & DestinationFacts> => ({
  secretKey: (facts) => andThen(secretKeyId(facts), (id) => keyById(snapshot, id).key),
  secretKeyPolicy: (facts) => andThen(secretKeyId(facts), (id) => keyById(snapshot, id).policy),
  otherKeys: ({ mapping, destination }) =>
    mapFact(mapping, ({ KMSKeyArn: ofFilter = '' }) => {
      const ofDestination = valueOrNull(destination)?.kmsKeyId ?? '';
      const reads = (id: string): KeyReads => ({ id, ...keyById(snapshot, id) });
      return {
        destination: ofDestination === '' || ofDestination.includes('alias/aws/') ? null : reads(ofDestination),
        filter: ofFilter === '' ? null : reads(ofFilter),
      };
    }),
});

/** Key id, ARN or alias of the secret's own key, as a function of the mapping's account must name it. */
const secretKeyId = ({ mapping, secret }: FactsOf<MappingFacts & SecretFacts>): Fact<string> =>
  customKeyOf(secret, accountOf(valueOrNull(mapping)?.FunctionArn));

/** Grants on the secret's key to the function's role. None if they were not read: few keys have any. */
export function grantsOnSecretKey(
  snapshot: Snapshot,
  facts: FactsOf<MappingFacts & FunctionFacts & SecretFacts>,
): KeyGrant[] {
  return grantsOn(snapshot, facts, secretKeyId(facts));
}

/** Grants on a key to the function's role. */
export function grantsOn(
  snapshot: Snapshot,
  facts: Pick<FactsOf<FunctionFacts>, 'function'>,
  keyId: Fact<string>,
): KeyGrant[] {
  const [id, role] = [valueOrNull(keyId), valueOrNull(facts.function)?.Role];
  const read = id !== null && role !== undefined ? snapshot.keyGrants[`${id}#${role}`] : undefined;
  return read !== undefined && isOk(read) ? read.value : [];
}
