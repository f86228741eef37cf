/**
 * What a role's policies allow beyond the required calls. The function's own code may need it, so it is not a fault.
 */
import { actionsMatching, takesNoArn } from './actions.js';
import { parseDocument, type Statement } from './policy-document.js';
import type { NeededCall } from './needed-calls.js';
import { matchText } from './pattern.js';
import type { RolePolicies } from './role-policies.js';

export interface OverlyPermissive {
  policy: string;
  statement: string;
  /** Follows "statement N". */
  fact: string;
}

/** A function without a log group creates its own. */
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
  const used = needed.filter((name) => action.values.some((pattern) => covers(pattern, name)));
  const facts = [...unneeded(action.values, needed), ...wide(action.values, used)];
  const narrow = used.filter((name) => name !== logGroups && !name.startsWith('ec2:') && !takesNoArn(name));
  if (narrow.length > 0 && resource?.listed === true && resource.values.includes('*'))
    facts.push(`allows ${narrow.join(', ')} on * although an ARN is possible`);
  return facts.length === 0 ? null : facts.join('; ');
}

function unneeded(patterns: readonly string[], needed: readonly string[]): string[] {
  const unused = patterns.filter((pattern) => !needed.some((name) => covers(pattern, name)));
  return unused.length === 0 ? [] : [`allows ${unused.join(', ')}, which the trigger does not need`];
}

function wide(patterns: readonly string[], used: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const covered = used.filter((name) => covers(pattern, name));
    if (covered.length === 0 || !/[*?]/.test(pattern)) return [];
    const all = actionsMatching(pattern);
    if (all === null) return [`allows ${pattern}; the trigger needs only ${covered.join(', ')}`];
    return all.length > covered.length
      ? [`allows ${pattern} (${all.length} actions); the trigger needs only ${covered.join(', ')}`]
      : [];
  });
}
