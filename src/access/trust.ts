/** Whether a role's trust policy lets the Lambda service assume it. */
import { lambdaPrincipal } from '../aws/partitions.js';
import { accountOf } from '../aws/arn.js';
import type { OrganizationPolicies, Role } from '../snapshot/resources/index.js';
import type { AccessAnswer, AccessRequest } from './answer.js';
import { parseDocument } from './document.js';
import { evaluateDocument, evaluateStatements } from './evaluate.js';
import { resourceContext, serviceContext } from './request-context.js';

export interface TrustRefusal {
  kind: 'untrusted';
  roleArn: string;
  roleName: string;
  /** The trust policy's text as it stands. */
  document: string;
  reasons: string[];
  /** A statement denies: adding one that allows would not help. */
  denied: boolean;
  /** The call that it refuses. */
  request: AccessRequest;
}

export type TrustVerdict =
  | { answer: 'allowed' }
  | { answer: 'denied'; refusal: TrustRefusal }
  | { answer: 'cannot-tell'; because: string; conditional: TrustRefusal | null };

export interface Assumption {
  roleArn: string;
  region: string;
  at: Date;
  /** ARNs that the service may name as the source of its call: the mapping's, the function's. */
  callers: readonly string[];
}

/**
 * AWS does not say whether the pollers send aws:SourceArn and aws:SourceAccount. A condition on them that this very
 * mapping could not meet is a refusal; a condition that it could meet is not decided.
 */
export function evaluateTrust(role: Role, assumption: Assumption): TrustVerdict {
  const document = role.AssumeRolePolicyDocument;
  if (document === undefined || document === '')
    return { answer: 'cannot-tell', because: 'AWS shows no trust policy of the role', conditional: null };
  const plain = ask(document, assumption, {});
  if (plain.answer === 'allowed') return { answer: 'allowed' };
  const refusal = (answer: AccessAnswer, context: AccessRequest['context']): TrustRefusal => ({
    kind: 'untrusted',
    roleArn: assumption.roleArn,
    roleName: role.RoleName,
    document,
    reasons: reasonsOf(document, answer),
    denied: answer.trace.some(({ effect }) => effect === 'deny'),
    request: requestOf(assumption, context),
  });
  if (plain.answer === 'denied') return { answer: 'denied', refusal: refusal(plain, {}) };
  const sent = [...assumption.callers, null].map((source) => ({
    'aws:SourceAccount': accountOf(assumption.roleArn),
    ...(source === null ? {} : { 'aws:SourceArn': source }),
  }));
  const best = sent.map((context) => ask(document, assumption, context));
  const nothingSent = {
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'aws:SourceOrgID': null,
    'aws:SourceOrgPaths': null,
  };
  const absent = ask(document, assumption, nothingSent);
  if ([...best, absent].every(({ answer }) => answer === 'denied'))
    return { answer: 'denied', refusal: refusal(best[0]!, sent[0]!) };
  const because =
    plain.trace.find(({ effect }) => effect === 'cannot-tell')?.because ?? 'its conditions cannot be decided';
  return {
    answer: 'cannot-tell',
    because: `its trust policy ${because}`,
    conditional: absent.answer === 'denied' ? refusal(absent, nothingSent) : null,
  };
}

const requestOf = ({ roleArn, region, at }: Assumption, context: AccessRequest['context']): AccessRequest => ({
  action: 'sts:AssumeRole',
  resource: roleArn,
  principal: { service: lambdaPrincipal },
  context: { ...serviceContext({ region, at }), ...resourceContext(roleArn), ...context },
});

const ask = (document: string, assumption: Assumption, context: AccessRequest['context']): AccessAnswer =>
  evaluateDocument(document, requestOf(assumption, context), { layer: 'trust', policy: assumption.roleArn });

/** Statements of an organization's policies that surely deny the Lambda service the role, as "statement X of Y". */
export function organizationDenials(
  policies: OrganizationPolicies | null,
  layer: 'service-control' | 'resource-control',
  assumption: Assumption,
): string[] {
  const attached = (policies?.levels ?? []).flatMap((level) => level.policies);
  const traces = attached.flatMap(
    ({ id, name, document }) =>
      evaluateStatements(document, requestOf(assumption, {}), { layer, policy: name ?? id }).trace,
  );
  return [
    ...new Set(
      traces.flatMap(({ effect, statement, policy }) =>
        effect === 'deny' ? [`statement ${statement} of ${policy}`] : [],
      ),
    ),
  ];
}

/** The denying statement; else whom the policy trusts, and under which conditions. */
function reasonsOf(document: string, { trace }: AccessAnswer): string[] {
  const denials = trace
    .filter(({ effect }) => effect === 'deny')
    .map(({ statement }) => `statement ${statement} of its trust policy denies sts:AssumeRole to lambda.amazonaws.com`);
  if (denials.length > 0) return denials;
  const parsed = parseDocument(document);
  const statements =
    'unparsable' in parsed
      ? []
      : parsed.statements.flatMap((statement) => (statement.effect === 'allow' ? [statement] : []));
  const trusted = statements.map(({ label, action, principal, conditions }) => {
    const whom = principal?.values.map(({ value }) => value).join(', ') || 'nobody';
    const asked = conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.join(' or ')}`).join(', ');
    return `statement ${label} of its trust policy lets ${whom} call ${action.values.join(', ')}${asked === '' ? '' : ` where ${asked}`}`;
  });
  return [
    'no statement of its trust policy lets lambda.amazonaws.com call sts:AssumeRole as the pollers call it',
    ...trusted,
  ];
}
