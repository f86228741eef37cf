/** Statements that look like the missing permission, and why they are not. */
import { actionsMatching } from './actions.js';
import type { AccessRequest } from './access-question.js';
import { evaluateConditions } from './conditions.js';
import { parseDocument, type PolicyDocument, type PrincipalElement, type Statement } from './policy-document.js';
import { arnFields, matchOpenResource, matchResource } from './pattern.js';
import { matchPrincipal } from './principal.js';
import { isOpen, matchAction } from './statement.js';

export interface NearMiss {
  policy: string;
  statement: string;
  /** Follows "statement N". */
  because: string;
}

/** Statements that allow the action, but not for this resource or this request; and names that are not actions. */
export function findNearMisses(
  policies: readonly { name: string; document: string }[],
  request: AccessRequest,
): NearMiss[] {
  return policies.flatMap(({ name, document: text }) => {
    const document = parseDocument(text);
    if ('unparsable' in document) return [];
    return document.statements.flatMap((statement) => {
      if (statement.effect !== 'allow') return [];
      const because =
        matchAction(statement.action, request.action).is === 'yes'
          ? explain(statement, document, request)
          : misnamedAction(statement, request.action);
      return because === null ? [] : [{ policy: name, statement: statement.label, because }];
    });
  });
}

function explain(statement: Statement, document: PolicyDocument, request: AccessRequest): string | null {
  const rules = { context: request.context, variables: document.variables, wildcards: true };
  const { resource } = statement;
  const allowsBut = (reason: string) => `allows ${request.action}, but ${reason}`;
  if (resource === null) return allowsBut('it names no resource');
  const match = isOpen(request.resource) ? matchOpenResource : matchResource;
  const covers = resource.values.some((pattern) => match(pattern, request.resource, rules).is !== 'no');
  if (resource.listed !== covers) {
    const reasons = resource.listed
      ? resource.values.slice(0, mostReasons).map((pattern) => `${pattern} ${explainArn(pattern, request.resource)}`)
      : [`it excludes ${request.resource}`];
    const more = resource.listed ? resource.values.length - reasons.length : 0;
    return allowsBut(`${reasons.join('; ')}${more > 0 ? `; ${more} more do not match it either` : ''}`);
  }
  if (statement.principal !== null && !speaksOf(statement.principal, request))
    return allowsBut(
      `${statement.principal.listed ? 'only for' : 'it excludes'} ${statement.principal.values.map(({ value }) => value).join(', ') || 'nobody'}`,
    );
  const conditions = evaluateConditions(statement.conditions, rules);
  return conditions.is === 'no' ? allowsBut(conditions.because) : null;
}

function speaksOf(principal: PrincipalElement, request: AccessRequest): boolean {
  const { direct, account } = matchPrincipal(principal, request.principal);
  return direct.is !== 'no' || account.is !== 'no';
}

/** For a statement with many resources, this many are explained. */
const mostReasons = 5;

/** Computed once for each statement and action: thousands of mappings ask about the same statements. */
const misnamed = new WeakMap<Statement, Map<string, string | null>>();

function misnamedAction(statement: Statement, wanted: string): string | null {
  const known = misnamed.get(statement) ?? new Map<string, string | null>();
  if (known.size === 0) misnamed.set(statement, known);
  const earlier = known.get(wanted);
  if (earlier !== undefined) return earlier;
  const made = explainAction(statement, wanted);
  known.set(wanted, made);
  return made;
}

/**
 * A statement that seems to mean the action but names something else: no action at all, or one of MSK's control
 * plane.
 */
function explainAction({ action }: Statement, wanted: string): string | null {
  if (!action.listed) return null;
  const [service = '', name = ''] = wanted.toLowerCase().split(':');
  const control = service === 'kafka-cluster' ? 'kafka' : service;
  for (const pattern of action.values) {
    const [named = '', operation = ''] = pattern.toLowerCase().split(':');
    if (named !== service && named !== control) continue;
    if (named === control && control !== service && operation === '*')
      return `allows ${pattern}, which is the MSK API; actions in the cluster are ${service}:*`;
    if (operation === name && named !== service)
      return `allows ${pattern}, which is not an action; the action is ${wanted}`;
    if (named === service && actionsMatching(pattern)?.length === 0)
      return `allows ${pattern}, which is not an AWS action`;
  }
  return null;
}

const fieldNames = ['', 'partition', 'service', 'region', 'account'];

/** How a pattern differs from the ARN that AWS checks, as words that follow the pattern. */
export function explainArn(pattern: string, wanted: string): string {
  if (wanted === '*') return 'is an ARN, but this action has no resource type: Resource must be *';
  const [fields, wantedFields] = [arnFields(pattern), arnFields(wanted)];
  if (fields[0] !== 'arn' || fields.length < 6) return 'is not a complete ARN';
  for (const [index, name] of fieldNames.entries())
    if (index > 0 && !/[*?$]/.test(fields[index]!) && fields[index] !== wantedFields[index])
      return name === 'service'
        ? `is an ARN of ${fields[index]}, not ${wantedFields[index]}`
        : `names ${name} ${fields[index] || '(none)'}, not ${wantedFields[index] || '(none)'}`;
  const [resource, wantedResource] = [fields[5]!, wantedFields[5]!];
  if (resource.trim() !== resource) return 'has spaces around it';
  if (resource.toLowerCase() === wantedResource.toLowerCase())
    return 'differs in upper and lower case (ARNs are case-sensitive)';
  if (wantedFields[2] === 'kafka') return explainKafka(resource, wantedResource);
  if (wantedFields[2] === 'secretsmanager') return explainSecret(resource, wantedResource);
  if (wantedFields[2] === 'kms' && resource.startsWith('alias/'))
    return 'is an alias; permissions must name the key ARN';
  if (wantedFields[2] === 's3' && wantedResource.startsWith(`${resource}/`))
    return 'is the bucket; this action needs the objects in it (BUCKET/*)';
  if (wantedFields[2] === 's3' && resource.startsWith(`${wantedResource}/`))
    return 'is the objects; this action needs the bucket';
  return 'names another resource';
}

/** Secrets Manager appends a hyphen and six characters to a secret's name. */
function explainSecret(resource: string, wanted: string): string {
  return /^-[A-Za-z0-9]{6}$/.test(wanted.slice(resource.length)) && wanted.startsWith(resource)
    ? `lacks the suffix that Secrets Manager adds (${wanted.slice(resource.length)}); -?????? matches any suffix`
    : 'names another secret';
}

const kinds: Record<string, string> = {
  cluster: 'a cluster',
  topic: 'a topic',
  group: 'a consumer group',
  'transactional-id': 'a transactional id',
};

/** `topic/<cluster>/<uuid>/<topic>`, part by part. */
function explainKafka(resource: string, wanted: string): string {
  const [kind = '', name = '', uuid = '', ...rest] = resource.split('/');
  const [wantedKind = '', wantedName = '', wantedUuid = '', ...wantedRest] = wanted.split('/');
  const last = rest.join('/');
  if (!/[*?$]/.test(kind) && kind !== wantedKind)
    return `is ${kinds[kind] ?? kind} ARN; this action needs ${kinds[wantedKind] ?? wantedKind} ARN`;
  if (!/[*?$]/.test(name) && name !== wantedName) return `names cluster ${name}, not ${wantedName}`;
  if (wantedRest.length > 0 && last === '') return `lacks the cluster UUID (${wantedUuid}) or the part after it`;
  if (!/[*?$]/.test(uuid) && uuid !== wantedUuid)
    return uuid === ''
      ? `lacks the cluster UUID (${wantedUuid})`
      : `has the UUID of another cluster (${uuid}, not ${wantedUuid})`;
  if (last === '') return `does not end like the cluster UUID (${wantedUuid})`;
  if (wantedRest.length === 0) return 'names more than the cluster';
  return `is not ${(kinds[wantedKind] ?? wantedKind).replace(/^a /, '')} ${wantedRest.join('/')}`;
}
