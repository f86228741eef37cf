/** Whether one statement applies to one request (IAM user guide: policy evaluation logic). */
import type { AccessRequest, Layer } from './access-question.js';
import { evaluateConditions } from './conditions.js';
import type { Element, Statement } from './policy-document.js';
import { absentVariable, matchOpenResource, matchResource, matchText } from './pattern.js';
import { isDenied, matchPrincipal } from './principal.js';
import { every, negate, no, some, unknown, yes, type TriStateAnswer } from './tri-state.js';

/** Whom the statement applies to. `direct`: the principal itself; `account`: only its account (resource policies). */
export interface StatementMatch {
  direct: TriStateAnswer;
  account: TriStateAnswer;
  /** It applies to a session of the role itself. */
  session: TriStateAnswer;
}

/** Layers whose statements name no principal, because they are attached to it. */
const attached: readonly Layer[] = ['identity', 'boundary', 'service-control'];
const others = { account: no('it does not name the account'), session: no('it does not name a session') };

export function matchStatement(
  statement: Statement,
  request: AccessRequest,
  layer: Layer,
  variables: boolean,
): StatementMatch {
  const rules = { context: request.context, variables };
  // A fast path: most statements are about other actions.
  const action = matchAction(statement.action, request.action);
  if (action.is === 'no') return { direct: action, account: action, session: action };
  const rest = every([
    action,
    matchResourceElement(statement, request, layer, variables),
    evaluateConditions(statement.conditions, rules),
  ]);
  if (rest.is === 'no') return { direct: rest, account: rest, session: rest };
  if (attached.includes(layer)) return { direct: rest, ...others };
  if (statement.principal === null)
    return { direct: layer === 'endpoint' ? rest : unknown('it names no principal'), ...others };
  if (statement.effect === 'deny')
    return { direct: every([isDenied(statement.principal, request.principal), rest]), ...others };
  const { direct, account, session } = matchPrincipal(statement.principal, request.principal);
  return { direct: every([direct, rest]), account: every([account, rest]), session: every([session, rest]) };
}

const matched = new WeakMap<Element, Map<string, TriStateAnswer>>();

/** Remembered for each element: of many mappings the actions are the same, and only the resources differ. */
export function matchAction(element: Element, action: string): TriStateAnswer {
  const answers = matched.get(element) ?? new Map<string, TriStateAnswer>();
  matched.set(element, answers);
  const answer = answers.get(action) ?? compareAction(element, action);
  answers.set(action, answer);
  return answer;
}

function compareAction(element: Element, action: string): TriStateAnswer {
  const rules = { context: {}, variables: false, wildcards: true };
  const listed = some(
    element.values.map((pattern) => matchText(pattern.toLowerCase(), action.toLowerCase(), rules)),
    `it does not name ${action}`,
  );
  return element.listed ? listed : negate(listed, `it excludes ${action}`);
}

function matchResourceElement(
  { resource }: Statement,
  request: AccessRequest,
  layer: Layer,
  variables: boolean,
): TriStateAnswer {
  // A trust policy is about its role, a resource policy about its resource.
  if (resource === null) return attached.includes(layer) ? unknown('it names no resource') : yes();
  const rules = { context: request.context, variables, wildcards: true };
  const match = isOpen(request.resource) ? matchOpenResource : matchResource;
  const listed = some(
    resource.values.map((pattern) => {
      const absent = resource.listed ? undefined : absentVariable(pattern, rules);
      return absent === undefined
        ? match(pattern, request.resource, rules)
        : unknown(`the request has no ${absent}, and AWS does not document how a negated element is evaluated then`);
    }),
    `it names ${resource.values.join(', ') || 'no resource'}`,
  );
  return resource.listed ? listed : negate(listed, `it excludes ${request.resource}`);
}

/** Whether part of the resource is unknown, written `*`; `*` alone means that the action takes no resource. */
export const isOpen = (resource: string): boolean => resource !== '*' && resource.includes('*');
