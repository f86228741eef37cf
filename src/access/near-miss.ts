/** What looks like the right that is missing, and why it is none. */
import type { AccessRequest } from './answer.js';
import { judgeConditions } from './conditions.js';
import { parseDocument, type PolicyDocument, type Statement } from './document.js';
import { arnFields, matchResource } from './pattern.js';
import { matchAction } from './statement.js';

export interface NearMiss {
  policy: string;
  statement: string;
  because: string;
}

/** Statements that allow the action, but not on this resource or not in this request. */
export function findNearMisses(policies: readonly { name: string; document: string }[], request: AccessRequest): NearMiss[] {
  return policies.flatMap(({ name, document: text }) => {
    const document = parseDocument(text);
    if ('unparsable' in document) return [];
    return document.statements.flatMap((statement) => {
      if (statement.effect !== 'allow' || matchAction(statement.action, request.action).is !== 'yes') return [];
      const because = explain(statement, document, request);
      return because === null ? [] : [{ policy: name, statement: statement.label, because }];
    });
  });
}

function explain(statement: Statement, document: PolicyDocument, request: AccessRequest): string | null {
  const rules = { context: request.context, variables: document.variables };
  const { resource } = statement;
  if (resource === null) return 'it names no resource';
  const covers = resource.values.some((pattern) => matchResource(pattern, request.resource, { ...rules, wildcards: true }).is !== 'no');
  if (resource.listed !== covers)
    return resource.listed ? resource.values.map((pattern) => `${pattern} ${explainArn(pattern, request.resource)}`).join('; ') : `it leaves out ${request.resource}`;
  const conditions = judgeConditions(statement.conditions, rules);
  return conditions.is === 'no' ? conditions.because : null;
}

const fieldNames = ['', 'partition', 'service', 'region', 'account'];

/** How a pattern misses the ARN that AWS asks for, in words that follow the pattern. */
export function explainArn(pattern: string, wanted: string): string {
  if (wanted === '*') return 'is an ARN, and AWS knows no resource for this action: only * grants it';
  const [found, asked] = [arnFields(pattern), arnFields(wanted)];
  if (found[0] !== 'arn' || found.length < 6) return 'is no whole ARN';
  for (const [index, name] of fieldNames.entries())
    if (index > 0 && !found[index]!.includes('*') && found[index] !== asked[index])
      return name === 'service' ? `is of ${found[index]}, not of ${asked[index]}` : `names ${name} ${found[index] || '(none)'}, not ${asked[index]}`;
  return asked[2] === 'kafka' ? explainKafka(found[5]!, asked[5]!) : 'names another resource';
}

const kinds: Record<string, string> = { cluster: 'a cluster', topic: 'a topic', group: 'a consumer group', 'transactional-id': 'a transactional id' };

/** `topic/<cluster>/<uuid>/<topic>`, part by part. */
function explainKafka(found: string, asked: string): string {
  const [kind = '', name = '', uuid = '', ...rest] = found.split('/');
  const [askedKind = '', askedName = '', askedUuid = '', ...askedRest] = asked.split('/');
  const own = rest.join('/');
  if (kind !== askedKind) return `is ${kinds[kind] ?? kind}, and this action is on ${kinds[askedKind] ?? askedKind}`;
  if (!name.includes('*') && name !== askedName) return `names cluster ${name}, not ${askedName}`;
  if (askedRest.length > 0 && own === '') return `lacks the cluster's UUID (${askedUuid}) or what comes after it`;
  if (!uuid.includes('*') && uuid !== askedUuid) return uuid === '' ? `lacks the cluster's UUID (${askedUuid})` : `names another cluster's UUID (${uuid}, not ${askedUuid})`;
  return `names ${kinds[kind] ?? kind} ${own}, not ${askedRest.join('/')}`;
}
