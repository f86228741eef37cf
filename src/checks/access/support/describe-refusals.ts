/** The text of a finding about calls that the execution role may not make. */
import { actionsMatching } from '../../../access/actions.js';
import type { Decision } from '../../../access/access-question.js';
import type { Refusal } from '../../../access/evaluate-call.js';
import { parseDocument } from '../../../access/policy-document.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { lastSegment } from '../../../aws/arn.js';
import type { Evidence } from '../../define.js';
import type { RefusedCalls } from './access.js';
import { shortActionList } from './action-list.js';
import { onSharedResource, resourceName } from '../../../aws/resource-name.js';

/** `purpose` names the resource where the calls have none of their own: “for the network interfaces”. */
export function describeRefusals(
  { role, refusals }: Pick<RefusedCalls, 'role' | 'refusals'>,
  purpose = '',
): { title: string; evidence: Evidence[] } {
  const complete = titleOf(role, refusals, targetOf(refusals, purpose));
  const title = complete.length <= longestTitle ? complete : titleOf(role, refusals, '');
  return { title, evidence: evidenceOf(role, refusals, title) };
}

/** A longer title leaves the resource to the evidence: function and topic are in the same line. */
const longestTitle = 95;

function titleOf(role: RolePolicies, refusals: readonly Refusal[], on: string): string {
  const name = role.role.RoleName;
  const [first] = refusals.flatMap(({ decisions }) => decisions);
  if (first !== undefined && hasNoKafkaAction(role, refusals))
    return `Execution role ${name} has no Kafka permissions on ${clusterOf(refusals)}`;
  const actions = shortActionList(actionsOf(refusals));
  if (first === undefined || (first.layer === 'identity' && first.effect !== 'deny'))
    return `Role ${name} lacks ${actions}${on}`;
  // The policy of a resource names its resource, and applies to other principals too.
  if (first.layer === 'resource')
    return first.effect === 'deny'
      ? `${capitalized(policyName(first))} denies role ${name} ${actions}`
      : `${capitalized(policyName(first))} does not allow role ${name} ${actions}`;
  const ofRole = first.layer === 'identity' ? ` of ${name}` : '';
  return first.effect === 'deny'
    ? `${capitalized(policyName(first))}${ofRole} denies ${actions}${on}`
    : `${capitalized(allOf(first))} does not allow ${actions}${on}`;
}

/** “ on topic orders”, or the purpose where the calls are on several resources. */
const targetOf = (refusals: readonly Refusal[], purpose: string): string =>
  onSharedResource(refusals.map(({ request }) => request)) || (purpose === '' ? '' : ` ${purpose}`);

/** The identity policies allow no action inside Kafka at all: mostly, AWSLambdaMSKExecutionRole was taken for enough. */
function hasNoKafkaAction(role: RolePolicies, refusals: readonly Refusal[]): boolean {
  const [refusal] = refusals;
  return (
    refusal?.request.action === 'kafka-cluster:Connect' &&
    refusal.decisions.every(({ layer, effect }) => layer === 'identity' && effect === 'no-match') &&
    role.unreadable.length === 0 &&
    role.identity.every(({ document }) => !mayAllowKafka(document))
  );
}

function mayAllowKafka(text: string): boolean {
  const document = parseDocument(text);
  if ('unparsable' in document) return true;
  return document.statements.some(
    (statement) =>
      statement.effect === 'unreadable' ||
      (statement.effect === 'allow' && (!statement.action.listed || statement.action.values.some(isOfKafka))),
  );
}

const isOfKafka = (pattern: string): boolean =>
  /^[^:]*[*?]/.test(pattern) || (/^kafka-cluster:/i.test(pattern) && actionsMatching(pattern)?.length !== 0);

const clusterOf = ([refusal]: readonly Refusal[]): string =>
  resourceName(refusal?.request.resources[0] ?? '') ?? 'the cluster';

const actionsOf = (refusals: readonly Refusal[]): string[] => [
  ...new Set(refusals.map(({ request }) => request.action)),
];

/** One line for each resource without an Allow, one for each statement that denies, then statements that come near. */
function evidenceOf(role: RolePolicies, refusals: readonly Refusal[], title: string): Evidence[] {
  const lines = refusals.flatMap((refusal) => refusal.decisions.map((decision) => ({ refusal, decision })));
  const grouped = new Map<
    string,
    { text: (actions: string, target: string) => string; target: string; actions: Set<string> }
  >();
  for (const { refusal, decision } of lines) {
    const on = resourceName(refusal.request.resources[0] ?? '');
    const target = on === null ? '' : ` on ${on}`;
    const key = [decision.layer, decision.effect, decision.policy, decision.statement, target].join(' ');
    const group = grouped.get(key) ?? { text: factOf(role, decision), target, actions: new Set() };
    group.actions.add(refusal.request.action);
    grouped.set(key, group);
  }
  const decided = [...grouped.values()].map(({ text, target, actions }) => {
    const fact = hasNoKafkaAction(role, refusals) ? noKafkaAction(role) : text([...actions].join(', '), target);
    return {
      resource: role.roleArn,
      fact,
      ...(grouped.size === 1 && title.includes(shortActionList([...actions])) && actions.size <= 2
        ? {
            afterTitle: hasNoKafkaAction(role, refusals)
              ? fact
              : text(actions.size === 1 ? 'it' : 'them', title.endsWith(target) ? '' : target),
          }
        : {}),
    };
  });
  return once([...decided, ...nearMissesOf(refusals)]);
}

/** One line for each statement and reason, with all the actions that it is about. */
function nearMissesOf(refusals: readonly Refusal[]): Evidence[] {
  const lines = new Map<string, { resource: string; fact: string; actions: Set<string> }>();
  for (const { request, nearMisses } of refusals)
    for (const { policy, statement, because } of nearMisses) {
      const fact = `statement ${statement} ${because.replaceAll(request.action, '\0')}`;
      const key = `${policy} ${fact}`;
      const line = lines.get(key) ?? { resource: policy, fact, actions: new Set() };
      line.actions.add(request.action);
      lines.set(key, line);
    }
  return [...lines.values()].map(({ resource, fact, actions }) => ({
    resource,
    fact: fact.replaceAll('\0', [...actions].join(', ')),
  }));
}

const once = (evidence: Evidence[]): Evidence[] => [
  ...new Map(evidence.map((line) => [`${line.resource} ${line.fact}`, line])).values(),
];

function noKafkaAction({ identity }: RolePolicies): string {
  const names = namesOf(identity);
  if (names.length === 0) return 'the role has no policies';
  return `${names.join(', ')} ${names.length === 1 ? 'contains' : 'contain'} no kafka-cluster actions`;
}

const namesOf = (identity: RolePolicies['identity']): string[] => [...new Set(identity.map(({ name }) => name))];

function factOf(role: RolePolicies, decision: Decision): (actions: string, target: string) => string {
  const { layer, effect, statement } = decision;
  if (effect === 'deny')
    return (actions, target) => `statement ${statement} of ${policyName(decision)} denies ${actions}${target}`;
  if (layer === 'resource')
    return (actions) =>
      `${policyName(decision)} allows ${actions} neither to the role nor to its account, so the role’s own policies have no effect`;
  if (layer !== 'identity') return (actions, target) => `no statement of ${allOf(decision)} allows ${actions}${target}`;
  const names = namesOf(role.identity);
  const policies = names.length === 0 ? 'the role has no policies' : `its policies: ${names.join(', ')}`;
  return (actions, target) => `no policy of the execution role allows ${actions}${target} (${policies})`;
}

/** The policies without an Allow: those of an organization's level, which has several, by the level. */
const allOf = (decision: Decision): string =>
  decision.layer === 'service-control' || decision.layer === 'resource-control'
    ? `the ${layerNames[decision.layer]} attached to ${decision.policy}`
    : policyName(decision);

const layerNames = {
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
} as const;

/** A policy by its type and name. */
function policyName({ layer, policy }: Pick<Decision, 'layer' | 'policy'>): string {
  switch (layer) {
    case 'identity':
      return `policy ${policy}`;
    case 'boundary':
      return `permissions boundary ${lastSegment(policy)}`;
    case 'service-control':
    case 'resource-control':
      return `${layerNames[layer]} ${policy}`;
    case 'resource':
      return policy.startsWith('key ')
        ? `the key policy of ${policy}`
        : `the policy of ${resourceName(policy) ?? policy}`;
    case 'endpoint':
      return `the policy of endpoint ${policy}`;
    case 'trust':
      return `the trust policy of ${policy}`;
  }
}

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
