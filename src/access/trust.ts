/** Whether a role's trust policy lets the Lambda service assume it. */
import { lambdaPrincipal } from '../aws/partitions.js';
import { accountOf } from '../aws/arn.js';
import type { OrganizationPolicies, Role } from '../snapshot/resources/index.js';
import type { AccessAnswer, AccessRequest } from './access-question.js';
import { parseDocument } from './policy-document.js';
import { evaluateDocument, evaluateStatements } from './evaluate.js';
import { resourceContext, serviceContext, sourceAccountContext } from './request-context.js';

export interface TrustRefusal {
  kind: 'untrusted';
  roleArn: string;
  roleName: string;
  /** The current trust policy. */
  document: string;
  reasons: string[];
  /** A Deny statement refuses it: a further Allow would not help. */
  denied: boolean;
  /** The refused call. */
  request: AccessRequest;
  /** The values that the conditions on the source should have, if they are the reason of the refusal. */
  source: TrustedSource | null;
}

/** The source that Lambda sends when it assumes an execution role. */
export interface TrustedSource {
  account: string;
  functionArn: string;
}

export type TrustVerdict =
  /** `ifUnsent`: the refusal if only the conditions on the source allow the call, and Lambda did not send the keys. */
  | { answer: 'allowed'; ifUnsent: TrustRefusal | null }
  /** `byArn`: another ARN as the source would be allowed. */
  | { answer: 'denied'; refusal: TrustRefusal; byArn: boolean }
  | { answer: 'cannot-tell'; because: string; conditional: TrustRefusal | null };

export interface Assumption {
  roleArn: string;
  region: string;
  at: Date;
  /** The function's ARN without a qualifier; null where unknown. */
  functionArn: string | null;
  /** Other ARNs that the service might send as its source: the mapping's, the cluster's, the qualified function's. */
  otherSources: readonly string[];
}

/**
 * AWS recommends conditions on aws:SourceAccount and aws:SourceArn in the trust policy of an execution role (AWS:
 * AWS managed policies in the execution role). Conditions that account and function satisfy allow the call. AWS does
 * not document which ARN Lambda sends for a mapping: a condition that another ARN of the mapping would satisfy is
 * undecided, one that none of them could satisfy is a refusal.
 */
export function evaluateTrust(role: Role, assumption: Assumption): TrustVerdict {
  const document = role.AssumeRolePolicyDocument;
  if (document === undefined || document === '')
    return { answer: 'cannot-tell', because: 'AWS returned no trust policy for the role', conditional: null };
  const plain = ask(document, assumption, {});
  if (plain.answer === 'allowed') return { answer: 'allowed', ifUnsent: null };
  const account = accountOf(assumption.roleArn);
  const refusal = (
    answer: AccessAnswer,
    context: AccessRequest['context'],
    source: TrustedSource | null = null,
  ): TrustRefusal => ({
    kind: 'untrusted',
    roleArn: assumption.roleArn,
    roleName: role.RoleName,
    document,
    reasons: reasonsOf(document, answer),
    denied: answer.trace.some(({ effect }) => effect === 'deny'),
    request: requestOf(assumption, context),
    source,
  });
  if (plain.answer === 'denied') return { answer: 'denied', refusal: refusal(plain, {}), byArn: false };
  const { functionArn, otherSources } = assumption;
  const sent = (source: string | null): AccessRequest['context'] => ({
    ...sourceAccountContext(assumption.roleArn),
    ...(source === null ? {} : { 'aws:SourceArn': source }),
  });
  const from = (source: string | null) => ask(document, assumption, sent(source));
  const nothingSent = {
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'aws:SourceOrgID': null,
    'aws:SourceOrgPaths': null,
  };
  const absent = ask(document, assumption, nothingSent);
  const ifUnsent = absent.answer === 'denied' ? refusal(absent, nothingSent) : null;
  const asFunction = from(functionArn);
  if (asFunction.answer === 'allowed') return { answer: 'allowed', ifUnsent };
  const answers = [asFunction, ...otherSources.map(from), absent];
  if (answers.every(({ answer }) => answer === 'denied')) {
    const source = account === null || functionArn === null ? null : { account, functionArn };
    return {
      answer: 'denied',
      refusal: refusal(asFunction, sent(functionArn), source),
      byArn: from(null).answer !== 'denied',
    };
  }
  const because =
    plain.trace.find(({ effect }) => effect === 'cannot-tell')?.because ?? 'has conditions that cannot be evaluated';
  return {
    answer: 'cannot-tell',
    because: `the trust policy ${because}`,
    conditional: ifUnsent,
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

/**
 * Statements of an organization's policies that certainly deny the role to the Lambda service, as "statement X of
 * Y".
 */
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

/** The Deny statement; otherwise whom the policy trusts, and under which conditions. */
function reasonsOf(document: string, { trace }: AccessAnswer): string[] {
  const denials = trace
    .filter(({ effect }) => effect === 'deny')
    .map(({ statement }) => `statement ${statement} of the trust policy denies sts:AssumeRole to lambda.amazonaws.com`);
  if (denials.length > 0) return denials;
  const parsed = parseDocument(document);
  const statements =
    'unparsable' in parsed
      ? []
      : parsed.statements.flatMap((statement) => (statement.effect === 'allow' ? [statement] : []));
  const trusted = statements.map(({ label, action, principal, conditions }) => {
    const whom = principal?.values.map(({ value }) => value).join(', ') || 'nobody';
    const asked = conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.join(' or ')}`).join(', ');
    return `statement ${label} of the trust policy allows ${action.values.join(', ')} for ${whom}${asked === '' ? '' : ` if ${asked}`}`;
  });
  return [
    'no statement of the trust policy allows sts:AssumeRole for lambda.amazonaws.com as the pollers call it',
    ...trusted,
  ];
}
