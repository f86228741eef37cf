/** Policies other than the role's own that may grant or deny its calls. */
import type { Destination, KeyGrant } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { andThen, known, notApplicable, valueOrNull, type Derivations, type Fact } from '../fact.js';
import type { ClusterFacts } from './cluster.js';
import type { DestinationFacts } from './destination.js';
import type { FunctionFacts } from './function.js';
import { grantsOn, grantsOnSecretKey, type KeyFacts } from './key.js';
import type { MappingFacts } from './mapping.js';
import type { SecretFacts } from './secret.js';

export interface PolicyFacts {
  /** Each is a separate fact: a role is judged as far as its policies could be read. Always known. */
  resourcePolicies: {
    cluster: Fact<string | null>;
    secret: Fact<string | null>;
    secretKey: Fact<string>;
    secretKeyGrants: KeyGrant[];
    destination: Fact<Destination | null>;
    /** The policy of the destination's key; not applicable where there is none. */
    destinationKey: Fact<string>;
    /** By the URI of a secret in the schema registry's access configuration. */
    registrySecrets: Record<string, Fact<string | null>>;
    /** By the URI of such a secret, of its customer managed key. */
    registryKeys: Record<string, { policy: Fact<string>; grants: KeyGrant[] }>;
  };
}

const noDestinationKey = notApplicable('the destination is not encrypted with a customer managed key');

export const policyFacts = (
  snapshot: Snapshot,
): Derivations<
  PolicyFacts,
  MappingFacts & ClusterFacts & FunctionFacts & SecretFacts & KeyFacts & DestinationFacts
> => ({
  resourcePolicies: (facts) =>
    known({
      cluster: facts.clusterPolicy,
      secret: facts.secretPolicy,
      secretKey: facts.secretKeyPolicy,
      secretKeyGrants: grantsOnSecretKey(snapshot, facts),
      destination: facts.destination,
      destinationKey: andThen(facts.otherKeys, ({ destination: key }) => key?.policy ?? noDestinationKey),
      registrySecrets: Object.fromEntries(
        (valueOrNull(facts.registrySecrets) ?? []).map(({ uri, policy }) => [uri, policy]),
      ),
      registryKeys: Object.fromEntries(
        (valueOrNull(facts.registrySecrets) ?? []).map(({ uri, keyId, keyPolicy }) => [
          uri,
          { policy: keyPolicy, grants: grantsOn(snapshot, facts, keyId) },
        ]),
      ),
    }),
});
