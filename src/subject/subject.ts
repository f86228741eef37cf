/** One mapping with everything around it: all facts of `facts/`, each derived from the snapshot on first use, once. */
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { known, type Derivations, type Fact, type FactsOf } from './fact.js';
import { clusterFacts, type ClusterFacts } from './facts/cluster.js';
import { destinationFacts, type DestinationFacts } from './facts/destination.js';
import { functionFacts, type FunctionFacts } from './facts/function.js';
import { keyFacts, type KeyFacts } from './facts/key.js';
import { mappingFact, mappingFacts, type MappingFacts } from './facts/mapping.js';
import { metricFacts, type MetricFacts } from './facts/metrics.js';
import { networkFacts, type NetworkFacts } from './facts/network.js';
import { pollerGroupFacts, type PollerGroupFacts } from './facts/poller-group.js';
import { policyFacts, type PolicyFacts } from './facts/policy.js';
import { roleFacts, type RoleFacts } from './facts/role.js';
import { secretFacts, type SecretFacts } from './facts/secret.js';
import type { SharedWork, SharingSubject } from './shared-work.js';

/** By name: the facts that a check can declare as needed or usable. A null value means that AWS says there is none. */
export interface Facts
  extends
    MappingFacts,
    ClusterFacts,
    FunctionFacts,
    RoleFacts,
    SecretFacts,
    KeyFacts,
    DestinationFacts,
    PolicyFacts,
    NetworkFacts,
    MetricFacts,
    PollerGroupFacts {}
export type FactName = keyof Facts;

/** A fact for each name. */
export type Subject = FactsOf<Facts>;

/** The facts of one mapping. Never throws; if the mapping could not be read, all facts about it are unread. */
export const subjectOf = (snapshot: Snapshot, uuid: string): Subject => lazily(derivationsOf(snapshot, uuid));

/**
 * Creates the subjects of many mappings of a snapshot, which share equal computations. `mapping`: one that is not in
 * the snapshot.
 */
export function subjectsAmong(
  shared: SharedWork<Subject>,
  snapshot: Snapshot,
): (uuid: string, mapping?: Mapping) => SharingSubject<Subject> {
  const derivations = derivationsOf(snapshot, '');
  const names = Object.keys(derivations) as FactName[];
  /** A getter for each fact, defined once for all mappings. */
  class AmongOthers {
    readonly derived: Fact<unknown>[] = [];
    readonly sharing: SharingSubject<Subject>;
    constructor(readonly mapping: Fact<Mapping>) {
      this.sharing = shared.sharing(this as unknown as Subject);
    }
  }
  for (const [index, name] of names.filter((other) => other !== 'mapping').entries())
    Object.defineProperty(AmongOthers.prototype, name, {
      get(this: AmongOthers) {
        return (this.derived[index] ??= shared.once(
          name,
          this.sharing,
          (facts) => derivations[name](facts) as Fact<unknown>,
        ));
      },
    });
  return (uuid, mapping) =>
    new AmongOthers(mapping === undefined ? mappingFact(snapshot, uuid) : known(mapping)).sharing;
}

const derivationsOf = (snapshot: Snapshot, uuid: string): Derivations<Facts> => ({
  ...mappingFacts(snapshot, uuid),
  ...clusterFacts(snapshot),
  ...functionFacts(snapshot),
  ...roleFacts(snapshot),
  ...secretFacts(snapshot),
  ...keyFacts(snapshot),
  ...destinationFacts(snapshot),
  ...policyFacts(snapshot),
  ...networkFacts(snapshot),
  ...metricFacts(snapshot),
  ...pollerGroupFacts(snapshot),
});

/** Getters that compute once: many mappings are judged together, and not every fact is used. */
function lazily(derivations: Derivations<Facts>): Subject {
  const subject = {} as Subject;
  for (const name of Object.keys(derivations) as FactName[])
    Object.defineProperty(subject, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value: unknown = derivations[name](subject);
        Object.defineProperty(subject, name, { value, enumerable: true });
        return value;
      },
    });
  return subject;
}
