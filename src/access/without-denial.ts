/**
 * Edits a policy so that its Deny statements no longer deny the given calls, but everything else as before, as far
 * as the policy language can express it (IAM user guide: NotAction, NotResource, aws:PrincipalArn).
 */
import type { AccessRequest } from './access-question.js';
import { actionsMatching } from './actions.js';
import { parseDocument } from './policy-document.js';
import { evaluateStatements, type PolicySource } from './evaluate.js';
import { matchAction } from './statement.js';
import { matchText } from './pattern.js';

/**
 * Whether the policy belongs to the role, so that resources distinguish its calls, or to a resource that many
 * principals use.
 */
type Exemption = 'by-resource' | 'by-principal';

export interface DenyingPolicy {
  /** The text of the policy. */
  document: string;
  source: PolicySource;
  /** The calls that it denies but should not. */
  requests: readonly AccessRequest[];
  exempt: Exemption;
}

/** The edited policy; null where no statement is left; undefined where the policy language cannot express the edit. */
export function withoutDenial({ document, source, requests, exempt }: DenyingPolicy): string | null | undefined {
  const policy = readPolicy(document);
  const parsed = parseDocument(document);
  if (policy === null || 'unparsable' in parsed) return undefined;
  const denying = new Set(
    requests.flatMap((request) =>
      evaluateStatements(document, request, source).trace.flatMap(({ effect, statement }) =>
        effect === 'deny' ? [statement] : [],
      ),
    ),
  );
  const statements = [policy[nameIn(policy, 'Statement')]].flat() as Members[];
  const edits = statements.map((statement, index) =>
    denying.has(parsed.statements[index]?.label ?? null) ? editStatement(statement, requests, exempt) : [statement],
  );
  if (edits.includes(null)) return undefined;
  const edited = edits.flatMap((edit) => edit ?? []);
  const after = JSON.stringify({ ...policy, [nameIn(policy, 'Statement')]: edited });
  if (requests.some((request) => evaluateStatements(after, request, source).deny !== 'no')) return undefined;
  return edited.length === 0 ? null : after;
}

type Members = Record<string, unknown>;

/** IAM returns documents percent-encoded. */
function readPolicy(text: string): Members | null {
  try {
    const bare = text.replace(/^\uFEFF/, '').trim();
    return JSON.parse(bare.startsWith('%7B') ? decodeURIComponent(bare) : bare) as Members;
  } catch {
    return null;
  }
}

/** AWS accepts the names of members in any case. */
const nameIn = (members: Members, name: string): string =>
  Object.keys(members).find((spelling) => spelling.toLowerCase() === name.toLowerCase()) ?? name;

const texts = (value: unknown): string[] => [value ?? []].flat().map(String);
const shortest = (values: readonly string[]): string | string[] => (values.length === 1 ? values[0]! : [...values]);

/** `Resource` or `NotResource`, `Action` or `NotAction`, as in the statement. */
function elementOf(statement: Members, name: string): { listed: boolean; values: string[] } {
  const listed = Object.hasOwn(statement, nameIn(statement, name));
  return { listed, values: texts(statement[nameIn(statement, listed ? name : `Not${name}`)]) };
}

function withElement(
  statement: Members,
  name: string,
  { listed, values }: { listed: boolean; values: string[] },
): Members {
  const kept = Object.entries(statement).filter(
    ([member]) => ![name, `Not${name}`].some((spelling) => same(member, spelling)),
  );
  return { ...Object.fromEntries(kept), [listed ? name : `Not${name}`]: shortest(values) };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A Sid is unique in a policy. */
const withoutSid = (statement: Members): Members =>
  Object.fromEntries(Object.entries(statement).filter(([member]) => !same(member, 'Sid')));

function editStatement(statement: Members, requests: readonly AccessRequest[], exempt: Exemption): Members[] | null {
  const actions = [...new Set(requests.map(({ action }) => action))].filter(
    (action) => matchAction(elementOf(statement, 'Action'), action).is !== 'no',
  );
  const resources = [...new Set(requests.map(({ resource }) => resource))];
  const others = otherActions(statement, actions);
  if (others === null) return null;
  if (exempt === 'by-principal') {
    const elsewhere = exemptPrincipal(statement, requests[0]!);
    return [...elsewhere, ...others.map((other) => (elsewhere.length > 0 ? withoutSid(other) : other))];
  }
  const elsewhere = otherResources(statement, resources);
  if (elsewhere === null) return others;
  const onThese = others.map((other) =>
    withElement(withoutSid(other), 'Resource', { listed: true, values: resources }),
  );
  return [...elsewhere, ...onThese];
}

/** The statement for all other actions; empty where there are no others, null where that cannot be expressed. */
function otherActions(statement: Members, freed: readonly string[]): Members[] | null {
  const { listed, values } = elementOf(statement, 'Action');
  const without = (names: string[]) => [withElement(statement, 'Action', { listed: false, values: names })];
  if (!listed) return without([...values, ...freed]);
  if (values.includes('*')) return without([...freed]);
  const left: string[] = [];
  for (const pattern of values) {
    if (!freed.some((action) => matchAction({ listed: true, values: [pattern] }, action).is !== 'no'))
      left.push(pattern);
    else if (/[*?]/.test(pattern)) {
      const meant = actionsMatching(pattern);
      if (meant === null) return null;
      left.push(...patternsWithout(pattern, meant, freed));
    }
  }
  return left.length === 0 ? [] : [withElement(statement, 'Action', { listed: true, values: left })];
}

/**
 * The pattern without some actions. A prefix is split (`C*`, `DescribeA*`), which is short and covers actions that
 * AWS adds later; for other patterns the actions are listed.
 */
function patternsWithout(pattern: string, meant: readonly string[], freed: readonly string[]): string[] {
  const prefix = /^([^*?]+)\*$/.exec(pattern)?.[1];
  if (prefix === undefined || !prefix.includes(':'))
    return meant.filter((action) => !freed.some((name) => same(name, action)));
  const begins = (name: string, start: string): boolean => name.toLowerCase().startsWith(start.toLowerCase());
  const split = (start: string): string[] => {
    if (!freed.some((name) => begins(name, start))) return [`${start}*`];
    const longer = meant.filter((action) => begins(action, start) && action.length > start.length);
    return [...new Set(longer.map((action) => action.slice(0, start.length + 1)))].flatMap(split);
  };
  return split(meant.find((action) => begins(action, prefix))?.slice(0, prefix.length) ?? prefix);
}

/** The statement for all other resources; null where a pattern means more than these and cannot be narrowed. */
function otherResources(statement: Members, freed: readonly string[]): Members[] | null {
  const { listed, values } = elementOf(statement, 'Resource');
  // An action that takes no resource is called on `*`.
  if (freed.includes('*')) return null;
  if (!listed) return [withElement(statement, 'Resource', { listed, values: [...values, ...freed] })];
  if (values.includes('*')) return [withElement(statement, 'Resource', { listed: false, values: [...freed] })];
  const rules = { context: {}, variables: false, wildcards: true };
  const narrow = values.filter((value) => !freed.includes(value));
  if (narrow.some((value) => freed.some((arn) => matchText(value, arn, rules).is !== 'no'))) return null;
  return narrow.length === 0 ? [] : [withElement(statement, 'Resource', { listed, values: narrow })];
}

/** The statement for all other principals; empty where it is for this principal alone. */
function exemptPrincipal(statement: Members, { principal }: AccessRequest): Members[] {
  const [operator, key, value] =
    'service' in principal
      ? // Only services have this key: for all others the statement continues to apply.
        (['StringNotEqualsIfExists', 'aws:PrincipalServiceName', principal.service] as const)
      : (['ArnNotEquals', 'aws:PrincipalArn', principal.aws] as const);
  const [type, name] = 'service' in principal ? ['Service', principal.service] : ['AWS', principal.aws];
  const named = statement[nameIn(statement, 'Principal')] as Members | undefined;
  if (typeof named === 'object' && Object.keys(named).length === 1 && texts(named[type]).join(' ') === name) return [];
  const conditions = { ...(statement[nameIn(statement, 'Condition')] as Record<string, Members> | undefined) };
  const operatorName = nameIn(conditions, operator);
  const clauses = conditions[operatorName] ?? {};
  const keyName = nameIn(clauses, key);
  conditions[operatorName] = { ...clauses, [keyName]: shortest([...texts(clauses[keyName]), value]) };
  return [{ ...statement, [nameIn(statement, 'Condition')]: conditions }];
}
