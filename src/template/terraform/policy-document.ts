/** `aws_iam_policy_document`: the JSON that the data source gives (documentation of the AWS provider). */
import { isObject, type Json, type JsonObject } from '../resource.js';
import { blocks, items } from './resources/translation.js';

const single = (values: Json[]): Json => (values.length === 1 ? values[0]! : values);

function principals(statement: JsonObject, type: string): Json | undefined {
  const written = blocks(statement, type);
  if (written.length === 0) return undefined;
  const members: Record<string, Json[]> = {};
  for (const principal of written)
    (members[String(principal['type'] ?? '*')] ??= []).push(...items(principal['identifiers']));
  const all = Object.keys(members);
  // “*” of type “*” is everyone.
  if (all.length === 1 && all[0] === '*') return single(members['*']!);
  return Object.fromEntries(Object.entries(members).map(([name, values]) => [name, single(values)]));
}

function conditions(statement: JsonObject): Json | undefined {
  const written = blocks(statement, 'condition');
  if (written.length === 0) return undefined;
  const tests: Record<string, Record<string, Json[]>> = {};
  for (const condition of written) {
    const test = (tests[String(condition['test'])] ??= {});
    (test[String(condition['variable'])] ??= []).push(...items(condition['values']));
  }
  return Object.fromEntries(
    Object.entries(tests).map(([test, variables]) => [
      test,
      Object.fromEntries(Object.entries(variables).map(([variable, values]) => [variable, single(values)])),
    ]),
  );
}

function statementOf(written: JsonObject): JsonObject {
  const statement: JsonObject = { Effect: written['effect'] ?? 'Allow' };
  if (typeof written['sid'] === 'string' && written['sid'] !== '') statement['Sid'] = written['sid'];
  for (const [name, argument] of [
    ['Action', 'actions'],
    ['NotAction', 'not_actions'],
    ['Resource', 'resources'],
    ['NotResource', 'not_resources'],
  ] as const) {
    const values = items(written[argument]);
    // The provider writes `&{aws:username}` where HCL would read an interpolation.
    if (values.length > 0) statement[name] = single(values.map(variables));
  }
  const members = {
    Principal: principals(written, 'principals'),
    NotPrincipal: principals(written, 'not_principals'),
    Condition: conditions(written),
  };
  for (const [name, value] of Object.entries(members)) if (value !== undefined) statement[name] = variables(value);
  return statement;
}

function variables(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll('&{', '${');
  if (Array.isArray(value)) return value.map(variables);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, variables(member)]))
    : value;
}

/** Null where a document that it takes over is not known. */
export function policyDocument(config: JsonObject): string | null {
  const sources = documents(config, 'source_policy_documents', 'source_json');
  const overrides = documents(config, 'override_policy_documents', 'override_json');
  if (sources === null || overrides === null) return null;
  const statements: JsonObject[] = [];
  // A statement with the Sid of an earlier one replaces it.
  const add = (list: readonly JsonObject[]) => {
    for (const statement of list) {
      const sid = statement['Sid'];
      const at = sid === undefined ? -1 : statements.findIndex((earlier) => earlier['Sid'] === sid);
      if (at >= 0) statements[at] = statement;
      else statements.push(statement);
    }
  };
  for (const list of sources) add(list);
  add(blocks(config, 'statement').map(statementOf));
  for (const list of overrides) add(list);
  return JSON.stringify({ Version: config['version'] ?? '2012-10-17', Statement: statements });
}

function documents(config: JsonObject, ...names: readonly string[]): JsonObject[][] | null {
  const found: JsonObject[][] = [];
  for (const text of names.flatMap((name) => items(config[name]))) {
    try {
      const document: unknown = JSON.parse(String(text));
      if (!isObject(document)) return null;
      found.push([document['Statement'] ?? []].flat().filter(isObject));
    } catch {
      return null;
    }
  }
  return found;
}
