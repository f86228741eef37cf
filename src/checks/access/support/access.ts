/** What the checks of rights share: judging a list of calls, and saying which one the role may not make. */
import type { Decision } from '../../../access/answer.js';
import type { ResourcePolicy } from '../../../access/authorize.js';
import { grantsAsPolicy } from '../../../access/grants.js';
import { evaluateCall, type Refusal } from '../../../access/evaluate-call.js';
import type { InterfacePlace, NeededCall } from '../../../access/needed-calls.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { fail, pass, undecided, warn, type Evidence, type Judgement } from '../../define.js';
import type { Destination } from '../../../snapshot/resources/index.js';
import type { Fact } from '../../../subject/fact.js';
import type { ClusterView } from '../../../subject/cluster-view.js';
import type { Facts } from '../../../subject/subject.js';

/** The facts that every judgement of the role's rights rests on. */
export const accessNeeds = ['capturedAt', 'rolePolicies', 'organizationPolicies', 'eventSource'] as const;
export type AccessFacts = Pick<Facts, (typeof accessNeeds)[number]>;

export interface RefusedCalls {
  role: RolePolicies;
  partition: string;
  refusals: Refusal[];
  /** What else is refused, and only advised: a fix grants it too. */
  advised: Refusal[];
}

/** Calls whose resource has one policy, or none. */
export interface CallGroup {
  calls: readonly NeededCall[];
  resource?: ResourcePolicy | null;
}

/** Fails when a needed call is refused, warns when only advised ones are; a doubt stays one. */
export const judgeCalls = (
  calls: readonly NeededCall[],
  facts: AccessFacts,
  resource: ResourcePolicy | null = null,
): Judgement<RefusedCalls> => judgeGroups([{ calls, resource }], facts);

/** The same for calls on several resources. A doubt about what is only advised is none. */
export function judgeGroups(groups: readonly CallGroup[], facts: AccessFacts): Judgement<RefusedCalls> {
  const { rolePolicies: role, organizationPolicies: organization, eventSource } = facts;
  const context = roleContext({
    roleArn: role.roleArn,
    role: role.role,
    region: eventSource.region,
    at: facts.capturedAt,
  });
  const judged = groups.flatMap(({ calls, resource = null }) =>
    calls.map((needed) => ({ needed, ...evaluateCall(needed, { role, organization, resource }, context) })),
  );
  const refusedOf = (weight: NeededCall['weight']) =>
    judged.flatMap((one) => (one.answer === 'denied' && one.needed.weight === weight ? [one.refusal] : []));
  const [needed, advised] = [refusedOf('needed'), refusedOf('advised')];
  const partition = eventSource.partition;
  if (needed.length > 0) return fail({ role, partition, refusals: needed, advised });
  const doubtful = judged.flatMap((one) => (one.answer === 'cannot-tell' ? [one] : []));
  const open =
    doubtful.some((one) => one.needed.weight === 'needed') ||
    groups.every(({ calls }) => calls.every(({ weight }) => weight === 'advised'))
      ? doubtful
      : [];
  if (open.length > 0)
    return undecided(
      `${actionsOf(open.map(({ needed }) => needed)).join(', ')} of the execution role`,
      open.flatMap(({ missing }) => missing),
      open.map(({ because }) => ({ resource: role.roleArn, fact: because })),
    );
  return advised.length > 0 ? warn({ role, partition, refusals: advised, advised: [] }) : pass;
}

/** Rights inside Kafka. Across accounts the cluster's policy is cluster.policy's to judge. */
export function judgeKafkaCalls(
  calls: readonly NeededCall[],
  facts: AccessFacts & Pick<Facts, 'resourcePolicies'>,
): Judgement<RefusedCalls> {
  const { eventSource, resourcePolicies } = facts;
  return judgeCalls(
    calls,
    facts,
    eventSource.kind === 'cluster' ? clusterResourcePolicy(eventSource.arn, resourcePolicies.cluster) : null,
  );
}

export const withoutIam = 'Lambda does not log in by IAM, and with other authentication Kafka asks no IAM right';

/** Subnets and groups of the pollers' interfaces, where the cluster tells them. */
export const interfacePlace = (cluster: ClusterView | null): Pick<InterfacePlace, 'subnets' | 'securityGroups'> => ({
  subnets: [...new Set((cluster?.placements ?? []).flatMap(({ subnetIds }) => subnetIds))],
  securityGroups: [...new Set((cluster?.placements ?? []).flatMap(({ securityGroupIds }) => securityGroupIds))],
});

export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** A resource's policy from its fact; a fact that does not apply is no policy. */
export const resourcePolicy = (
  kind: ResourcePolicy['kind'],
  name: string,
  fact: Fact<string | null>,
): ResourcePolicy => ({
  kind,
  name,
  document: fact.is === 'known' ? fact.value : null,
  unread: fact.is === 'unread' ? fact.missing : [],
});

/** The policy of the secret's key, with what is granted beside it. */
export const secretKeyPolicy = (
  name: string,
  { secretKey, secretKeyGrants }: Facts['resourcePolicies'],
): ResourcePolicy => ({ ...resourcePolicy('key', name, secretKey), grants: grantsAsPolicy(secretKeyGrants) });

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
export function describeRefusals(
  { role, refusals }: Pick<RefusedCalls, 'role' | 'refusals'>,
  purpose: string,
): { title: string; evidence: Evidence[] } {
  const actions = [...new Set(refusals.map(({ request }) => request.action))];
  const evidence = refusals.flatMap((refusal) => [
    ...refusal.decisions.map((decision) => ({ resource: role.roleArn, fact: decisionText(refusal, decision) })),
    ...refusal.nearMisses.map(({ policy, statement, because }) => ({
      resource: policy,
      fact: `statement ${statement} ${because}`,
    })),
  ]);
  return {
    title: `The execution role ${role.role.RoleName} may not call ${actions.join(', ')} ${purpose}`,
    evidence: once(evidence),
  };
}

const once = (evidence: Evidence[]): Evidence[] => [
  ...new Map(evidence.map((one) => [`${one.resource} ${one.fact}`, one])).values(),
];

function decisionText({ request }: Refusal, { layer, effect, policy, statement, because }: Decision): string {
  const on = request.resources.length === 1 ? ` on ${request.resources[0]}` : '';
  if (effect === 'deny')
    return `statement ${statement} of ${layerNames[layer]} ${policy} denies ${request.action}${on}`;
  return layer === 'identity'
    ? `no policy of the execution role allows ${request.action}${on}`
    : `${layerNames[layer]} ${policy}: ${because}`;
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
