/** Fixes for Deny statements: an edit of the statement, or a sentence where the account cannot change the policy. */
import { accountOf, lastSegment, serviceOf } from '../../../aws/arn.js';
import type { AwsCall } from '../../../aws/call.js';
import type { AccessRequest, Decision } from '../../../access/access-question.js';
import type { Refusal } from '../../../access/evaluate-call.js';
import { resourceContext } from '../../../access/request-context.js';
import { withoutDenial } from '../../../access/without-denial.js';
import type { Change, Fix } from '../../../fixes/fix.js';
import type { RefusedCalls } from './access.js';

type Denied = Pick<RefusedCalls, 'role' | 'refusals' | 'context'>;

/** A policy that denies some of the refused calls. */
interface Denier {
  layer: Decision['layer'];
  policy: string;
  statements: string[];
  refusals: Refusal[];
}

/** One fix that edits every policy that denies. A policy that calls cannot edit gets a sentence. */
export function fixDenials(refused: Denied): Fix[] {
  const edits = deniersOf(refused).flatMap((denier) => editsOf(refused, denier));
  const byCall = edits.filter(({ safety }) => safety !== 'by-hand');
  const byHand = edits.filter(({ safety }) => safety === 'by-hand');
  const joined: Fix[] =
    byCall.length < 2
      ? byCall
      : [
          {
            title: byCall.map(({ title }) => title).join('; '),
            safety: byCall.some(({ safety }) => safety === 'risky') ? 'risky' : 'care',
            changes: byCall.flatMap(({ changes }) => changes),
          },
        ];
  return [...joined, ...byHand, ...organizationGaps(refused)];
}

function deniersOf({ refusals }: Denied): Denier[] {
  const deniers = new Map<string, Denier>();
  for (const refusal of refusals)
    for (const { layer, effect, policy, statement } of refusal.decisions) {
      if (effect !== 'deny') continue;
      const key = `${layer} ${policy}`;
      const denier = deniers.get(key) ?? { layer, policy, statements: [], refusals: [] };
      if (statement !== null && !denier.statements.includes(statement)) denier.statements.push(statement);
      if (!denier.refusals.includes(refusal)) denier.refusals.push(refusal);
      deniers.set(key, denier);
    }
  return [...deniers.values()];
}

/** Organization policies without an Allow: a grant in the account does not help. */
function organizationGaps({ refusals }: Denied): Fix[] {
  const titles = refusals.flatMap(({ request, decisions }) =>
    decisions.flatMap(({ layer, effect, policy }) =>
      effect !== 'deny' && (layer === 'service-control' || layer === 'resource-control')
        ? [
            `Ask the administrator of the AWS organization to allow ${request.action} in ${layer === 'service-control' ? 'a service control policy' : 'a resource control policy'} attached to ${policy}`,
          ]
        : [],
    ),
  );
  return [...new Set(titles)].map((title) => ({ title, safety: 'by-hand', changes: [] }));
}

function editsOf(refused: Denied, denier: Denier): Fix[] {
  const { layer, policy, statements, refusals } = denier;
  const actions = [...new Set(refusals.map(({ request }) => request.action))].join(', ');
  const where = `Deny ${statements.length === 1 ? 'statement' : 'statements'} ${statements.join(', ')} in ${layer === 'boundary' ? `permissions boundary ${lastSegment(policy)}` : `policy ${policy}`}`;
  const title = `Change ${where} so that ${actions} ${actions.includes(',') ? 'are' : 'is'} no longer denied`;
  const byHand: Fix = {
    title:
      layer === 'service-control' || layer === 'resource-control'
        ? `Ask the administrator of the AWS organization to exempt ${refused.role.roleArn} (ArnNotEquals aws:PrincipalArn) from ${where}`
        : title,
    safety: 'by-hand',
    changes: [],
  };
  const requests = refusals.flatMap((refusal) => requestsOf(refused, refusal));
  const exempt = layer === 'resource' ? 'by-principal' : 'by-resource';
  const edits = holdersOf(refused, denier).flatMap((holder): Fix[] => {
    if (holder.document === null) return [{ title: holder.title, safety: 'risky', changes: [holder.remove] }];
    const { document, put, remove, safety, limit } = holder;
    const edited = withoutDenial({ document, source: { layer, policy }, requests, exempt });
    // If two policies have the same name, the one that does not deny.
    if (edited === document) return [];
    if (edited === undefined || (edited === null && remove === null) || (edited ?? '').length > limit) return [byHand];
    return [{ title, safety, changes: [edited === null ? remove! : { ...put(edited), undo: put(document) }] }];
  });
  return edits.length === 0 ? [byHand] : edits;
}

const requestsOf = ({ role, context }: Denied, { request, needed }: Refusal): AccessRequest[] =>
  request.resources.map((resource) => ({
    action: request.action,
    resource,
    principal: { aws: role.roleArn },
    context: { ...context, ...resourceContext(resource), ...needed.context },
  }));

/**
 * Where a policy is stored, and how to replace it. `limit`: its maximum characters (AWS: quotas of IAM, KMS and
 * Secrets Manager).
 */
type Holder =
  | {
      document: string;
      put: (document: string) => AwsCall;
      remove: Change | null;
      safety: 'care' | 'risky';
      limit: number;
    }
  | { document: null; title: string; remove: Change };
const limits = { inline: 10_240, managed: 6144, kms: 32_768, secretsmanager: 20_480 } as const;

/** Null where no call of this account can change the policy. */
function holdersOf({ role }: Denied, { layer, policy, refusals }: Denier): Holder[] {
  if (layer === 'resource') return resourceHolder(role.roleArn, refusals[0]!);
  if (layer === 'boundary') return role.boundary === null ? [] : managedHolder(role.boundary, null);
  if (layer !== 'identity') return [];
  const { RoleName } = role.role;
  return role.identity
    .filter(({ name }) => name === policy)
    .flatMap(({ kind, name: PolicyName, arn: PolicyArn, document }): Holder[] => {
      if (kind === 'inline') {
        const put = (text: string) => call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument: text });
        const remove = { ...call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }), undo: put(document) };
        return [{ document, put, remove, safety: 'care', limit: limits.inline }];
      }
      const input = { RoleName, PolicyArn };
      const remove = { ...call('iam', 'DetachRolePolicy', input), undo: call('iam', 'AttachRolePolicy', input) };
      const title = `Detach the AWS managed policy ${PolicyName} from role ${RoleName} (AWS managed policies cannot be changed)`;
      return accountOf(PolicyArn) === 'aws'
        ? [{ document: null, title, remove }]
        : managedHolder({ arn: PolicyArn ?? '', document }, remove);
    });
}

/** Other roles may use the same managed policy. It has at most five versions (AWS: IAM quotas). */
const managedHolder = ({ arn, document }: { arn: string; document: string }, remove: Change | null): Holder[] =>
  accountOf(arn) === 'aws'
    ? []
    : [
        {
          document,
          put: (PolicyDocument) =>
            call('iam', 'CreatePolicyVersion', { PolicyArn: arn, PolicyDocument, SetAsDefault: true }),
          remove,
          safety: 'risky',
          limit: limits.managed,
        },
      ];

/** The policy of a secret or key in the role's own account. */
function resourceHolder(roleArn: string, { resource, request }: Refusal): Holder[] {
  const arn = request.resources[0]!;
  const document = resource?.document ?? null;
  if (document === null || accountOf(arn) !== accountOf(roleArn)) return [];
  switch (serviceOf(arn)) {
    case 'kms': {
      const put = (Policy: string) => call('kms', 'PutKeyPolicy', { KeyId: arn, PolicyName: 'default', Policy });
      return [{ document, put, remove: null, safety: 'care', limit: limits.kms }];
    }
    case 'secretsmanager': {
      const put = (ResourcePolicy: string) =>
        call('secretsmanager', 'PutResourcePolicy', { SecretId: arn, ResourcePolicy });
      const remove = { ...call('secretsmanager', 'DeleteResourcePolicy', { SecretId: arn }), undo: put(document) };
      return [{ document, put, remove, safety: 'care', limit: limits.secretsmanager }];
    }
    default:
      return [];
  }
}

const call = (service: string, operation: string, input: Record<string, unknown>): AwsCall => ({
  service,
  operation,
  input,
});
