/** Policy documents, parsed as tolerantly as AWS does: one statement or a list, one value or several. */

/** `listed`: it matches what the values match; otherwise (NotAction, NotResource, NotPrincipal) everything else. */
export interface Element {
  listed: boolean;
  values: string[];
}

/** `type`: AWS, Service, Federated or CanonicalUser; a bare `*` is AWS `*`. */
export interface PrincipalElement {
  listed: boolean;
  values: { type: string; value: string }[];
}

export interface ConditionClause {
  operator: string;
  key: string;
  values: string[];
}

export interface Statement {
  /** Its Sid, or its position counting from 1. */
  label: string;
  effect: 'allow' | 'deny';
  action: Element;
  resource: Element | null;
  principal: PrincipalElement | null;
  conditions: ConditionClause[];
}

/** A statement that cannot be understood may allow or deny anything. */
export interface UnreadableStatement {
  label: string;
  effect: 'unreadable';
  because: string;
}

export interface PolicyDocument {
  /** Policy variables exist only in policy version 2012-10-17. */
  variables: boolean;
  statements: (Statement | UnreadableStatement)[];
}

export type ParsedDocument = PolicyDocument | { unparsable: string };

const parsed = new Map<string, ParsedDocument>();
/**
 * This many parsed documents are kept: a role's policies are evaluated a hundred times, and many roles share one
 * policy.
 */
const mostParsed = 2000;

/** Parses a document. Never throws: a text that is not a policy is returned as unparsable. */
export function parseDocument(text: string): ParsedDocument {
  const earlier = parsed.get(text);
  if (earlier !== undefined) return earlier;
  if (parsed.size >= mostParsed) parsed.clear();
  const made = parse(text);
  parsed.set(text, made);
  return made;
}

function parse(text: string): ParsedDocument {
  const root = readJson(text);
  if (!isObject(root)) return { unparsable: 'it is not a JSON object' };
  const statements = member(root, 'Statement');
  if (statements === undefined) return { unparsable: 'it has no Statement' };
  return {
    variables: member(root, 'Version') === '2012-10-17',
    statements: [statements].flat().map((statement, index) => readStatement(statement, String(index + 1))),
  };
}

function readJson(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, '').trim();
  try {
    // IAM returns documents percent-encoded.
    return JSON.parse(bare.startsWith('%7B') ? decodeURIComponent(bare) : bare);
  } catch {
    return undefined;
  }
}

function readStatement(source: unknown, position: string): Statement | UnreadableStatement {
  if (!isObject(source)) return { label: position, effect: 'unreadable', because: 'it is not an object' };
  const sid = member(source, 'Sid');
  const label = typeof sid === 'string' && sid !== '' ? sid : position;
  const unreadable = (because: string): UnreadableStatement => ({ label, effect: 'unreadable', because });
  const written = member(source, 'Effect');
  const effect = typeof written === 'string' ? written.toLowerCase() : '';
  if (effect !== 'allow' && effect !== 'deny') return unreadable('its Effect is neither Allow nor Deny');
  const action = readElement(source, 'Action');
  if (action === null) return unreadable('it has no Action');
  const conditions = readConditions(member(source, 'Condition'));
  if (conditions === null) return unreadable('its Condition is malformed');
  return {
    label,
    effect,
    action,
    resource: readElement(source, 'Resource'),
    principal: readPrincipal(source),
    conditions,
  };
}

function readElement(source: JsonObject, name: string): Element | null {
  const listed = member(source, name);
  const values = listed ?? member(source, `Not${name}`);
  return values === undefined ? null : { listed: listed !== undefined, values: texts(values) };
}

function readPrincipal(source: JsonObject): PrincipalElement | null {
  const named = member(source, 'Principal');
  const principal = named ?? member(source, 'NotPrincipal');
  if (principal === undefined) return null;
  const values = isObject(principal)
    ? Object.entries(principal).flatMap(([type, value]) => texts(value).map((text) => ({ type, value: text })))
    : texts(principal).map((value) => ({ type: 'AWS', value }));
  return { listed: named !== undefined, values };
}

function readConditions(source: unknown): ConditionClause[] | null {
  if (source === undefined) return [];
  if (!isObject(source)) return null;
  const clauses: ConditionClause[] = [];
  for (const [operator, keys] of Object.entries(source)) {
    if (!isObject(keys)) return null;
    for (const [key, values] of Object.entries(keys)) clauses.push({ operator, key, values: texts(values) });
  }
  return clauses;
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member by its name, case-insensitive as in AWS. */
function member(source: JsonObject, name: string): unknown {
  if (Object.hasOwn(source, name)) return source[name];
  const spelling = Object.keys(source).find((key) => key.toLowerCase() === name.toLowerCase());
  return spelling === undefined ? undefined : source[spelling];
}

/** Numbers and booleans count as their text, as in `"Bool": {"aws:SecureTransport": true}`. */
const texts = (value: unknown): string[] =>
  [value].flat().flatMap((each) => (['string', 'number', 'boolean'].includes(typeof each) ? [String(each)] : []));
