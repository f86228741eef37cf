/**
 * The decision of all policy layers together about one call: any Deny wins, and each applicable layer must allow
 * (IAM user guide: policy evaluation logic).
 */
import { accountOf } from '../aws/arn.js';
import type { ReadFailure } from '../snapshot/read.js';
import type { OrganizationPolicies } from '../snapshot/resources/index.js';
import { underResourceControl } from './action-list.js';
import type { AccessAnswer, AccessRequest, Decision, Layer } from './access-question.js';
import { evaluateStatements, type DocumentVerdict } from './evaluate.js';
import type { RolePolicies } from './role-policies.js';
import { allTrue, anyTrue, type TriState } from './tri-state.js';

/**
 * The policy of the called resource. `key`: it must allow the call itself, at least by delegating to the account's
 * IAM policies.
 */
export interface ResourcePolicy {
  kind: 'ordinary' | 'key';
  /** Null: none is attached. */
  document: string | null;
  name: string;
  /** Why it could not be read. */
  unread: ReadFailure[];
  /** Statements that count in addition: the grants on a key. */
  grants?: string | null;
}

/** Organization policies are null where they were not read, which is usual: then they count as allowing. */
export interface Layers {
  role: RolePolicies;
  organization: { service: OrganizationPolicies | null; resource: OrganizationPolicies | null };
  /** Null where the resource can have none, or another check judges it. */
  resource: ResourcePolicy | null;
}

interface LayerVerdict {
  deny: TriState;
  allow: TriState;
  trace: Decision[];
}

export function authorize(request: AccessRequest, layers: Layers): AccessAnswer {
  const identity = evaluateIdentity(request, layers.role);
  const service = evaluateLevels(request, layers.organization.service, 'service-control');
  // They apply to the account's own resources, of some services only (Organizations user guide: resource control
  // policies).
  const bound = underResourceControl.includes(request.action.split(':')[0]!.toLowerCase()) && !isCrossAccount(request);
  const control = evaluateLevels(request, bound ? layers.organization.resource : null, 'resource-control');
  const resource = evaluateResourcePolicy(request, layers.resource);
  const boundary = evaluateBoundary(request, layers.role, resource);

  const { granted, gaps } = grant(request, identity.allow, resource, layers.resource);
  const bounds = [boundary, service, control];
  const allow = allTrue(granted, ...bounds.map((layer) => layer.allow));
  const deny = anyTrue(identity.deny, resource.deny, ...bounds.map((layer) => layer.deny));
  const missing = [...layers.role.unreadable.map(({ failure }) => failure), ...(layers.resource?.unread ?? [])];
  const trace = [identity, ...bounds, resource].flatMap((layer) => layer.trace);
  if (granted === 'no') trace.push(...gaps);
  const answer =
    deny === 'yes' || allow === 'no' ? 'denied' : deny === 'no' && allow === 'yes' ? 'allowed' : 'cannot-tell';
  return { answer, trace, missing: answer === 'cannot-tell' ? missing : [] };
}

function evaluateIdentity(request: AccessRequest, role: RolePolicies): LayerVerdict {
  const verdicts = role.identity.map(({ name, document }) =>
    evaluateStatements(document, request, { layer: 'identity', policy: name }),
  );
  return merge(
    verdicts,
    role.unreadable.some(({ what }) => what === 'identity'),
  );
}

/**
 * A boundary grants nothing; what it does not allow is denied. It does not limit what a resource policy grants to a
 * session of the role (IAM user guide: permissions boundaries). AWS documents neither the session name of the
 * pollers, nor whether a grant to everyone counts as a grant to a session.
 */
function evaluateBoundary(
  request: AccessRequest,
  { boundary, unreadable }: RolePolicies,
  resource: DocumentVerdict,
): LayerVerdict {
  if (boundary === null) {
    const allow: TriState = unreadable.some(({ what }) => what === 'boundary') ? 'unknown' : 'yes';
    return { deny: allow === 'yes' ? 'no' : 'unknown', allow, trace: [] };
  }
  const source = { layer: 'boundary', policy: boundary.arn } as const;
  const verdict = evaluateStatements(boundary.document, request, source);
  if (verdict.allow !== 'no') return verdict;
  if (resource.allowSession !== 'no' && !isCrossAccount(request)) {
    const because = `does not allow ${request.action}; it may not apply to what the resource-based policy allows for a session of the role`;
    return {
      ...verdict,
      allow: 'unknown',
      trace: [...verdict.trace, { ...source, effect: 'cannot-tell', statement: null, because }],
    };
  }
  verdict.trace.push({
    ...source,
    effect: 'no-match',
    statement: null,
    because: `no statement of the permissions boundary allows ${request.action}`,
  });
  return verdict;
}

/** Every level from the root to the account must allow. */
function evaluateLevels(request: AccessRequest, policies: OrganizationPolicies | null, layer: Layer): LayerVerdict {
  if (policies === null || policies.levels.length === 0) return { deny: 'no', allow: 'yes', trace: [] };
  const levels = policies.levels.map(({ target, policies: attached }) => {
    const verdict = merge(
      attached.map(({ id, name, document }) => evaluateStatements(document, request, { layer, policy: name ?? id })),
      false,
    );
    if (verdict.allow === 'no')
      verdict.trace.push({
        layer,
        policy: target,
        effect: 'no-match',
        statement: null,
        because: `no policy attached to ${target} allows ${request.action}`,
      });
    return verdict;
  });
  return {
    deny: anyTrue(...levels.map((level) => level.deny)),
    allow: allTrue(...levels.map((level) => level.allow)),
    trace: levels.flatMap((level) => level.trace),
  };
}

function merge(verdicts: readonly DocumentVerdict[], unread: boolean): LayerVerdict {
  const hidden: TriState[] = unread ? ['unknown'] : [];
  return {
    deny: anyTrue(...verdicts.map((verdict) => verdict.deny), ...hidden),
    allow: anyTrue(...verdicts.map((verdict) => verdict.allow), ...hidden),
    trace: verdicts.flatMap((verdict) => verdict.trace),
  };
}

function evaluateResourcePolicy(request: AccessRequest, resource: ResourcePolicy | null): DocumentVerdict {
  if (resource !== null && resource.unread.length > 0)
    return { deny: 'unknown', allow: 'unknown', allowAccount: 'unknown', allowSession: 'unknown', trace: [] };
  const verdicts = [resource?.document, resource?.grants].flatMap((document) =>
    document === null || document === undefined
      ? []
      : [evaluateStatements(document, request, { layer: 'resource', policy: resource!.name })],
  );
  const any = (side: 'deny' | 'allow' | 'allowAccount' | 'allowSession') =>
    anyTrue(...verdicts.map((verdict) => verdict[side]));
  return {
    deny: any('deny'),
    allow: any('allow'),
    allowAccount: any('allowAccount'),
    allowSession: any('allowSession'),
    trace: verdicts.flatMap(({ trace }) => trace),
  };
}

interface Grant {
  granted: TriState;
  /** All layers that would have to grant the call, and do not. */
  gaps: Decision[];
}

/**
 * The granting layers (IAM user guide: policy evaluation logic). In one account either side is enough, except that a
 * key's policy must always allow or delegate; across accounts both must allow.
 */
function grant(
  request: AccessRequest,
  identity: TriState,
  resource: DocumentVerdict,
  policy: ResourcePolicy | null,
): Grant {
  const { action, resource: on } = request;
  const gap = (layer: Layer, name: string, because: string): Decision => ({
    layer,
    policy: name,
    effect: 'no-match',
    statement: null,
    because,
  });
  const byIdentity = gap('identity', 'the execution role’s policies', `no statement allows ${action} on ${on}`);
  if (policy === null) return { granted: identity, gaps: [byIdentity] };
  const byResource = gap(
    'resource',
    policy.name,
    `it allows ${action} neither for the role nor for its account, so the role’s own policies have no effect`,
  );
  const resourceGrants = anyTrue(resource.allow, resource.allowAccount);
  const both = [...(identity === 'no' ? [byIdentity] : []), ...(resourceGrants === 'no' ? [byResource] : [])];
  if (isCrossAccount(request)) return { granted: allTrue(identity, resourceGrants), gaps: both };
  if (policy.kind === 'ordinary') return { granted: anyTrue(identity, resource.allow), gaps: [byIdentity] };
  // A key's policy that names the role is enough; one that delegates to the account needs the role's own policy too.
  return {
    granted: anyTrue(resource.allow, allTrue(resource.allowAccount, identity)),
    gaps: resourceGrants === 'no' ? [byResource] : [byIdentity],
  };
}

function isCrossAccount({ principal, resource }: AccessRequest): boolean {
  const owner = accountOf(resource) ?? '';
  return 'aws' in principal && /^\d{12}$/.test(owner) && owner !== accountOf(principal.aws);
}
