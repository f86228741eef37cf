/** JSON texts inside a snapshot: policy documents and filter patterns. The grammar stays; names become tokens. */
import type { Words } from './words.js';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** The text of a policy. A text that is not a JSON object is replaced word by word. */
export const anonymizePolicy = (text: string, words: Words): string =>
  throughJson(text, words, (root) =>
    mapMembers(root, (name, value) => {
      const statement = (value: Json) =>
        isObject(value)
          ? mapMembers(value, (member, inner) => [member, statementMember(member, inner, words)])
          : texts(value, words.name);
      if (/^statement$/i.test(name)) return [name, Array.isArray(value) ? value.map(statement) : statement(value)];
      return [name, /^version$/i.test(name) ? value : texts(value, words.name)];
    }),
  );

function statementMember(member: string, value: Json, words: Words): Json {
  if (/^(effect|not?action|action)$/i.test(member)) return value;
  if (/^condition$/i.test(member) && isObject(value))
    return mapMembers(value, (operator, keys) => [
      operator,
      isObject(keys)
        ? mapMembers(keys, (key, values) => [conditionKey(key, words), conditionValue(key, values, words)])
        : keys,
    ]);
  if (/^(not)?principal$/i.test(member) && isObject(value))
    return mapMembers(value, (type, inner) => [type, texts(inner, words.name)]);
  return texts(value, words.name);
}

/** `aws:PrincipalTag/team`: the part after the slash is a tag. */
const conditionKey = (key: string, words: Words): string => key.replace(/(?<=Tag\/)(.+)$/i, (tag) => words.name(tag));

/** Condition keys whose values are defined by AWS. */
const ownWords =
  /^(aws:PrincipalType|aws:CurrentTime|aws:EpochTime|aws:TokenIssueTime|aws:CalledVia\w*|aws:PrincipalServiceName\w*|secretsmanager:VersionStage|kms:GrantOperations|kms:KeySpec|kms:KeyUsage|lambda:EventSourceToken)$/i;
const conditionValue = (key: string, values: Json, words: Words): Json =>
  ownWords.test(key) ? values : texts(values, words.name);

const grammar = new Set([
  'value',
  'key',
  'topic',
  'partition',
  'offset',
  'timestamp',
  'timestampType',
  'headers',
  '$or',
  'body',
  'data',
  'prefix',
  'suffix',
  'anything-but',
  'numeric',
  'exists',
  'equals-ignore-case',
  'wildcard',
  'cidr',
]);

/** A filter pattern: members and operators of its grammar stay. */
export const anonymizeFilter = (text: string, words: Words): string =>
  throughJson(text, words, (root) => filterPart(root, words));

function filterPart(part: Json, words: Words): Json {
  if (typeof part === 'string') return /^(<|>|=|<=|>=)$/.test(part) ? part : words.name(part);
  if (Array.isArray(part)) return part.map((inner) => filterPart(inner, words));
  return isObject(part)
    ? mapMembers(part, (name, value) => [grammar.has(name) ? name : words.name(name), filterPart(value, words)])
    : part;
}

function throughJson(text: string, words: Words, change: (root: { [name: string]: Json }) => Json): string {
  try {
    const root = JSON.parse(text) as Json;
    if (isObject(root)) return JSON.stringify(change(root));
  } catch {
    // Not JSON, or nested deeper than any policy: replaced word by word.
  }
  return words.name(text);
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const mapMembers = (object: { [name: string]: Json }, change: (name: string, value: Json) => [string, Json]): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => change(name, value)));

/** Every text in a value, at any depth. */
function texts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((element) => texts(element, change));
  return isObject(value) ? mapMembers(value, (name, inner) => [change(name), texts(inner, change)]) : value;
}
