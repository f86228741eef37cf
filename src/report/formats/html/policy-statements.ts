/** The statements behind a finding about permissions: the one that denies, or the one that is missing. */
import { evaluateCall, type Refusal } from '../../../access/evaluate-call.js';
import type { Decision } from '../../../access/access-question.js';
import { policyAllowing } from '../../../access/policy.js';
import { roleContext } from '../../../access/request-context.js';
import type { RolePolicies } from '../../../access/role-policies.js';
import { callsOfMapping } from '../../../checks/access/support/guarded-calls.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import type { Subject } from '../../../subject/subject.js';

export interface ShownStatement {
  kind: 'denies' | 'missing';
  /** “Statement NoReads of policy kafka-access denies kafka-cluster:ReadData” */
  title: string;
  because: string;
  json: string;
}

/** Of the checks with these ids, each statement once. Empty where the policies were not read. */
export function statementsOf(
  { capturedAt }: Pick<Snapshot, 'capturedAt'>,
  subject: Subject,
  checks: ReadonlySet<string>,
): ShownStatement[] {
  const calls = callsOfMapping(subject);
  const { rolePolicies: role, organizationPolicies: organization, eventSource: source } = subject;
  if (calls.is !== 'known' || role.is !== 'known' || organization.is !== 'known' || source.is !== 'known') return [];
  const context = roleContext({
    roleArn: role.value.roleArn,
    role: role.value.role,
    region: source.value.region,
    at: new Date(capturedAt),
  });
  const refusals = calls.value
    .filter(({ needed }) => checks.has(needed.check) && needed.weight === 'needed')
    .flatMap(({ needed, resource }) => {
      const layers = { role: role.value, organization: organization.value, resource };
      const answer = evaluateCall(needed, layers, context);
      return answer.answer === 'denied' ? [answer.refusal] : [];
    });
  return [...denials(refusals, role.value), ...gaps(refusals)];
}

/** One for each Deny statement, with all actions that it denies. */
function denials(refusals: readonly Refusal[], role: RolePolicies): ShownStatement[] {
  const found = new Map<string, { decision: Decision; json: string; actions: string[] }>();
  for (const { decisions, request, resource } of refusals)
    for (const decision of decisions.filter(({ effect }) => effect === 'deny')) {
      const document = documentOf(decision, role, resource?.document ?? null);
      const json = document === null ? null : statementIn(document, decision.statement);
      if (json === null) continue;
      const key = `${decision.policy} ${decision.statement ?? ''} ${json}`;
      const entry = found.get(key) ?? { decision, json, actions: [] };
      found.set(key, entry);
      if (!entry.actions.includes(request.action)) entry.actions.push(request.action);
    }
  return [...found.values()].map(({ decision, json, actions }) => ({
    kind: 'denies',
    title: `Statement ${decision.statement ?? ''} of policy ${decision.policy} denies ${actions.join(', ')}`,
    because: decision.because,
    json,
  }));
}

function documentOf({ layer, policy }: Decision, role: RolePolicies, ofResource: string | null): string | null {
  if (layer === 'resource') return ofResource;
  if (layer === 'boundary') return role.boundary?.document ?? null;
  return role.identity.find(({ name, arn }) => policy === name || policy === arn)?.document ?? null;
}

/** By its Sid, or its position counting from 1. Null where it is not found. */
function statementIn(document: string, label: string | null): string | null {
  const bare = document.replace(/^\uFEFF/, '').trim();
  try {
    const parsed = JSON.parse(bare.startsWith('%7B') ? decodeURIComponent(bare) : bare) as { Statement?: unknown };
    const all = [parsed.Statement].flat() as { Sid?: unknown }[];
    const statement = all.find(({ Sid }) => Sid === label) ?? all[Number(label) - 1];
    return statement === undefined ? null : JSON.stringify(statement, null, 2);
  } catch {
    return null;
  }
}

/** One for each policy that has no Allow: the statements to add. */
function gaps(refusals: readonly Refusal[]): ShownStatement[] {
  const found = new Map<string, { decision: Decision; requests: Refusal['request'][] }>();
  for (const { decisions, request } of refusals)
    // The statement for the policy of a resource names a principal too: its fix has it.
    for (const decision of decisions.filter(({ effect, layer }) => effect === 'no-match' && layer !== 'resource')) {
      const entry = found.get(`${decision.layer} ${decision.policy}`) ?? { decision, requests: [] };
      found.set(`${decision.layer} ${decision.policy}`, entry);
      entry.requests.push(request);
    }
  return [...found.values()].map(({ decision, requests }) => {
    const actions = [...new Set(requests.map(({ action }) => action))];
    return {
      kind: 'missing',
      title: `No statement of ${decision.policy} allows ${actions.join(', ')}`,
      because: decision.because,
      json: JSON.stringify(policyAllowing(requests).Statement, null, 2),
    };
  });
}
