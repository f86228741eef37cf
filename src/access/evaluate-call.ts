/** Whether a role may make a call that AWS needs, and if not, what prevents it. */
import type { ReadFailure } from '../snapshot/read.js';
import type { AccessAnswer, AccessRequest, Decision } from './access-question.js';
import { authorize, type Layers, type ResourcePolicy } from './authorize.js';
import type { Context } from './context.js';
import type { CallRequest, NeededCall } from './needed-calls.js';
import { findNearMisses, type NearMiss } from './near-miss.js';
import { resourceContext, untagged, untaggedContext } from './request-context.js';

/** A call that the role may not make. */
export interface Refusal {
  needed: NeededCall;
  /** The policy of the resource that was judged with it. */
  resource: ResourcePolicy | null;
  /** The first alternative: what a grant would have to allow. */
  request: CallRequest;
  /** What refused the call: every Deny statement, otherwise every layer without an Allow. Never empty. */
  decisions: Decision[];
  nearMisses: NearMiss[];
}

export type CallEvaluation =
  | { answer: 'allowed' }
  | { answer: 'denied'; refusal: Refusal }
  | { answer: 'cannot-tell'; because: string; missing: ReadFailure[] };

/** Any of the requests is enough: allowed if one is, undecided if one may be. */
export function evaluateCall(needed: NeededCall, layers: Layers, context: Context): CallEvaluation {
  const answers = needed.anyOf.map((request) => evaluateRequest(request, needed, layers, context));
  const allowed = answers.find(({ answer }) => answer === 'allowed');
  if (allowed !== undefined) return allowed;
  const undecided = answers.find(({ answer }) => answer === 'cannot-tell');
  return undecided ?? answers[0]!;
}

/** Every resource must be allowed. If only some are, AWS does not document which of them it checks. */
function evaluateRequest(request: CallRequest, needed: NeededCall, layers: Layers, shared: Context): CallEvaluation {
  const answers = request.resources.map((resource) => {
    const asked: AccessRequest = {
      action: request.action,
      resource,
      principal: { aws: layers.role.roleArn },
      context:
        needed.context === untagged
          ? untaggedContext(shared, resource)
          : { ...shared, ...resourceContext(resource), ...needed.context },
    };
    return { asked, ...authorize(asked, layers) };
  });
  const denied = answers.filter(({ answer }) => answer === 'denied');
  const undecided = answers.find(({ answer }) => answer === 'cannot-tell');
  const first = denied[0];
  if (first !== undefined) {
    const decisions = decisive(first);
    const refusal = {
      needed,
      resource: layers.resource,
      request,
      decisions,
      nearMisses: isGap(decisions) ? findNearMisses(layers.role.identity, first.asked) : [],
    };
    if (decisions[0]!.effect === 'deny' || denied.length === answers.length) return { answer: 'denied', refusal };
    return {
      answer: 'cannot-tell',
      because: `${request.action} is allowed on some of the resources; AWS does not document which of them it checks`,
      missing: [],
    };
  }
  return undecided === undefined
    ? { answer: 'allowed' }
    : { answer: 'cannot-tell', because: doubt(request.action, undecided), missing: undecided.missing };
}

/** An explicit Deny first, then layers that do not allow; a statement that only matched does not explain a refusal. */
function decisive({ trace }: AccessAnswer): Decision[] {
  const denials = trace.filter(({ effect }) => effect === 'deny');
  return denials.length > 0 ? denials : trace.filter(({ effect }) => effect === 'no-match');
}

const isGap = (decisions: readonly Decision[]): boolean =>
  decisions.some(({ layer, effect }) => layer === 'identity' && effect === 'no-match');

function doubt(action: string, { trace, missing }: AccessAnswer): string {
  const cause = trace.find(({ effect }) => effect === 'cannot-tell');
  if (cause !== undefined) return `statement ${cause.statement ?? '(all)'} of ${cause.policy} ${cause.because}`;
  return missing.length > 0
    ? `a policy that may allow or deny ${action} could not be read`
    : `it is unknown whether ${action} is allowed`;
}
