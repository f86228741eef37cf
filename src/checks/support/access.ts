/** What the checks of rights share: judging a list of calls, and saying which one the role may not make. */
import type { ResourcePolicy } from '../../access/authorize.js';
import { judgeCall, type Refusal } from '../../access/judge-call.js';
import type { NeededCall } from '../../access/needed-calls.js';
import { roleContext } from '../../access/request-context.js';
import type { RolePolicies } from '../../access/role-policies.js';
import { fail, pass, undecided, warn, type Evidence, type Judgement } from '../define.js';
import type { Destination } from '../../snapshot/resources/index.js';
import type { Fact } from '../../subject/fact.js';
import type { Facts } from '../../subject/facts.js';

/** The facts that every judgement of the role's rights rests on. */
export const accessNeeds = ['capturedAt', 'rolePolicies', 'organizationPolicies', 'eventSource'] as const;
export type AccessFacts = Pick<Facts, (typeof accessNeeds)[number]>;

export interface RefusedCalls {
  role: RolePolicies;
  partition: string;
  refusals: Refusal[];
}

/** Fails when a needed call is refused, warns when only advised ones are; a doubt stays one. */
export function judgeCalls(calls: readonly NeededCall[], facts: AccessFacts, resource: ResourcePolicy | null = null): Judgement<RefusedCalls> {
  const { rolePolicies: role, organizationPolicies: organization, eventSource } = facts;
  const context = roleContext({ roleArn: role.roleArn, role: role.role, region: eventSource.region, at: facts.capturedAt });
  const judged = calls.map((needed) => ({ needed, ...judgeCall(needed, { role, organization, resource }, context) }));
  const refused = (weight: NeededCall['weight']): RefusedCalls => ({
    role,
    partition: eventSource.partition,
    refusals: judged.flatMap((one) => (one.answer === 'denied' && one.needed.weight === weight ? [one.refusal] : [])),
  });
  if (refused('needed').refusals.length > 0) return fail(refused('needed'));
  const open = judged.flatMap((one) => (one.answer === 'cannot-tell' ? [one] : []));
  if (open.length > 0)
    return undecided(
      `${actionsOf(open.map(({ needed }) => needed)).join(', ')} of the execution role`,
      open.flatMap(({ missing }) => missing),
      open.map(({ because }) => ({ resource: role.roleArn, fact: because })),
    );
  return refused('advised').refusals.length > 0 ? warn(refused('advised')) : pass;
}

/** Rights inside Kafka. Across accounts the cluster's policy is cluster.policy's to judge. */
export function judgeKafkaCalls(calls: readonly NeededCall[], facts: AccessFacts & Pick<Facts, 'resourcePolicies'>): Judgement<RefusedCalls> {
  const { eventSource, resourcePolicies } = facts;
  return judgeCalls(calls, facts, eventSource.kind === 'cluster' ? clusterResourcePolicy(eventSource.arn, resourcePolicies.cluster) : null);
}

export const withoutIam = 'Lambda does not log in by IAM, and with other authentication Kafka asks no IAM right';

export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** A resource's policy from its fact; a moot one is none. */
export const resourcePolicy = (kind: ResourcePolicy['kind'], name: string, fact: Fact<string | null>): ResourcePolicy => ({
  kind,
  name,
  document: fact.is === 'known' ? fact.value : null,
  unread: fact.is === 'unread' ? fact.missing : [],
});

/** A cluster's policy speaks of other accounts first of all: one that was not read is taken for none. */
export const clusterResourcePolicy = (name: string, fact: Fact<string | null>): ResourcePolicy | null =>
  fact.is === 'known' && fact.value !== null ? resourcePolicy('ordinary', name, fact) : null;

/** The destination's own policy: null where its service shows none, which for a bucket may also be one that was not read. */
export const destinationPolicy = (name: string, fact: Fact<Destination | null>): ResourcePolicy | null => {
  const policy = fact.is === 'known' ? fact.value?.policy : undefined;
  return policy === undefined || policy === '' ? null : { kind: 'ordinary', name, document: policy, unread: [] };
};

const actionsOf = (calls: readonly NeededCall[]): string[] => calls.map(({ anyOf: [{ action }] }) => action);

/** The finding's words; `purpose` follows "may not call …". */
export function describeRefusals({ role, refusals }: RefusedCalls, purpose: string): { title: string; evidence: Evidence[] } {
  const actions = [...new Set(refusals.map(({ request }) => request.action))];
  return {
    title: `The execution role ${role.role.RoleName} may not call ${actions.join(', ')} ${purpose}`,
    evidence: refusals.flatMap((refusal) => [
      { resource: role.roleArn, fact: refusalText(refusal) },
      ...refusal.nearMisses.map(({ policy, statement, because }) => ({
        resource: policy,
        fact: `statement ${statement} allows ${refusal.request.action}, but ${because}`,
      })),
    ]),
  };
}

function refusalText({ request, decision }: Refusal): string {
  const { layer, effect, policy, statement } = decision;
  const on = request.resources.length === 1 ? ` on ${request.resources[0]}` : '';
  if (effect === 'deny') return `statement ${statement} of ${layerNames[layer]} ${policy} denies ${request.action}${on}`;
  return layer === 'identity' ? `no policy of the execution role allows ${request.action}${on}` : `${layerNames[layer]} ${policy}: ${decision.because}`;
}

const layerNames = {
  identity: 'the role’s policy',
  boundary: 'the permissions boundary',
  'service-control': 'the service control policy',
  'resource-control': 'the resource control policy',
  resource: 'the resource policy of',
  endpoint: 'the endpoint policy of',
  trust: 'the trust policy of',
} as const;
