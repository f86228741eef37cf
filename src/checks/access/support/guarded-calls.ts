/** Required calls, each with the policy of its resource. */
import type { ResourcePolicy } from '../../../access/authorize.js';
import { grantsAsPolicy } from '../../../access/grants.js';
import { callsOf, type CallOfCheck, type PolicyHolder } from '../../../access/needed-calls.js';
import { all, mapFact, notApplicable, type Fact } from '../../../subject/fact.js';
import { policySubjectOf } from '../../../subject/policy-subject-of-mapping.js';
import type { Facts, Subject } from '../../../subject/subject.js';

export interface GuardedCall {
  needed: CallOfCheck;
  /** Null where the resource has no policy, or none was read that applies. */
  resource: ResourcePolicy | null;
}

/** The calls, each with the policy of its resource. */
export const guardedCalls = (calls: readonly CallOfCheck[], policies: Facts['resourcePolicies']): GuardedCall[] =>
  calls.map((needed) => ({
    needed,
    resource: needed.holder === undefined ? null : policyOf(needed.holder, policies),
  }));

/** Every call that AWS makes with the execution role for a mapping. */
export const callsOfMapping = (subject: Subject): Fact<GuardedCall[]> =>
  mapFact(all(policySubjectOf(subject), subject.resourcePolicies), ([mapping, policies]) =>
    guardedCalls(callsOf(mapping), policies),
  );

function policyOf(
  { kind, name, secret = '' }: PolicyHolder,
  policies: Facts['resourcePolicies'],
): ResourcePolicy | null {
  switch (kind) {
    case 'cluster':
      // A cluster policy is mostly about other accounts; one that was not read counts as absent.
      return policies.cluster.is === 'known' && policies.cluster.value !== null
        ? resourcePolicy('ordinary', name, policies.cluster)
        : null;
    case 'secret':
      return resourcePolicy('ordinary', name, policies.secret);
    case 'secret-key':
      return {
        ...resourcePolicy('key', name, policies.secretKey),
        grants: grantsAsPolicy(policies.secretKeyGrants),
      };
    case 'destination':
      return destinationPolicy(name, policies.destination);
    case 'destination-key':
      return resourcePolicy('key', name, policies.destinationKey);
    case 'registry-secret':
      return resourcePolicy(
        'ordinary',
        name,
        policies.registrySecrets[name] ?? notApplicable('its policy was not read'),
      );
    case 'registry-secret-key': {
      const key = policies.registryKeys[secret];
      return {
        ...resourcePolicy('key', name, key?.policy ?? notApplicable('its policy was not read')),
        grants: grantsAsPolicy(key?.grants ?? []),
      };
    }
  }
}

/** A resource's policy from its fact; “not applicable” means that there is none. */
const resourcePolicy = (kind: ResourcePolicy['kind'], name: string, fact: Fact<string | null>): ResourcePolicy => ({
  kind,
  name,
  document: fact.is === 'known' ? fact.value : null,
  unread: fact.is === 'unread' ? fact.missing : [],
});

/** Null where the destination's service shows no policy. For a bucket it may also be unread. */
function destinationPolicy(name: string, fact: Facts['resourcePolicies']['destination']): ResourcePolicy | null {
  const policy = fact.is === 'known' ? fact.value?.policy : undefined;
  return policy === undefined || policy === '' ? null : { kind: 'ordinary', name, document: policy, unread: [] };
}
