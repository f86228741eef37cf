/** What a role's policies allow beyond a list of needed calls. The function's own code may need it: no fault, a thing to know. */
import { actionsMatching, takesNoArn } from './actions.js';
import { parseDocument, type Statement } from './document.js';
import type { NeededCall } from './needed-calls.js';
import { matchText } from './pattern.js';
import type { RolePolicies } from './role-policies.js';

export interface OverlyPermissive {
  policy: string;
  statement: string;
  /** Follows "statement N". */
  fact: string;
}

/** A function without a log group yet makes its own. */
const logGroups = 'logs:CreateLogGroup';

export function findOverlyPermissive(
  { identity }: Pick<RolePolicies, 'identity'>,
  calls: readonly NeededCall[],
): OverlyPermissive[] {
  const needed = [...new Set([...calls.flatMap(({ anyOf }) => anyOf.map(({ action }) => action)), logGroups])];
  return identity.flatMap(({ name, document: text }) => {
    const document = parseDocument(text);
    if ('unparsable' in document) return [];
    return document.statements.flatMap((statement) => {
      const fact = statement.effect === 'allow' ? beyond(statement, needed) : null;
      return fact === null ? [] : [{ policy: name, statement: statement.label, fact }];
    });
  });
}

const rules = { context: {}, variables: false, wildcards: true };
const covers = (pattern: string, action: string): boolean =>
  matchText(pattern.toLowerCase(), action.toLowerCase(), rules).is === 'yes';

function beyond({ action, resource }: Statement, needed: readonly string[]): string | null {
  if (!action.listed) return `allows everything but ${action.values.join(', ')}`;
  const used = needed.filter((one) => action.values.some((pattern) => covers(pattern, one)));
  const facts = [...unneeded(action.values, needed), ...wide(action.values, used)];
  const narrow = used.filter((one) => one !== logGroups && !one.startsWith('ec2:') && !takesNoArn(one));
  if (narrow.length > 0 && resource?.listed === true && resource.values.includes('*'))
    facts.push(`allows ${narrow.join(', ')} on *, where an ARN would do`);
  return facts.length === 0 ? null : facts.join('; ');
}

function unneeded(patterns: readonly string[], needed: readonly string[]): string[] {
  const found = patterns.filter((pattern) => !needed.some((one) => covers(pattern, one)));
  return found.length === 0 ? [] : [`allows ${found.join(', ')}, which the trigger does not need`];
}

function wide(patterns: readonly string[], used: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const own = used.filter((one) => covers(pattern, one));
    if (own.length === 0 || !/[*?]/.test(pattern)) return [];
    const all = actionsMatching(pattern);
    if (all === null) return [`allows ${pattern}, of which it needs ${own.join(', ')}`];
    return all.length > own.length
      ? [`allows the ${all.length} actions of ${pattern}, of which it needs ${own.join(', ')}`]
      : [];
  });
}
