/** Policies beside the role's own that may grant or deny what it does. */
import type { Destination, KeyGrant } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { known, type Derivations, type Fact } from '../fact.js';
import type { ClusterFacts } from './cluster.js';
import type { DestinationFacts } from './destination.js';
import type { FunctionFacts } from './function.js';
import { grantsOnSecretKey, type KeyFacts } from './key.js';
import type { MappingFacts } from './mapping.js';
import type { SecretFacts } from './secret.js';

export interface PolicyFacts {
  /** Each a fact by itself: a role is judged as far as they could be read. Always known. */
  resourcePolicies: {
    cluster: Fact<string | null>;
    secret: Fact<string | null>;
    secretKey: Fact<string>;
    secretKeyGrants: KeyGrant[];
    destination: Fact<Destination | null>;
  };
}

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
    }),
});
