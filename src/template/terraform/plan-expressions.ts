/** Expressions of a plan: its values, and the references of its configuration for what is not known. */
import { isObject, type Json, type JsonObject } from '../resource.js';
import { parseExpression } from './expression.js';
import { ExpressionError } from './tokens.js';
import type { Expression } from './tree.js';

const objectOr = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
export const text = (value: string): Expression => ({ is: 'literal', value });

/** A planned value with its unknown parts, which the configuration’s references tell. */
export function toExpression(
  value: Json,
  unknown: Json | undefined,
  configured: Json | undefined,
  name: string,
): Expression {
  if (unknown === true) return reference(configured, name);
  if (Array.isArray(value) || Array.isArray(unknown)) {
    const [items, marks] = [Array.isArray(value) ? value : [], Array.isArray(unknown) ? unknown : []];
    // References to the items of a list are given for the list.
    if (marks.some((mark) => mark === true) && !Array.isArray(configured)) return reference(configured, name);
    return {
      is: 'list',
      items: Array.from({ length: Math.max(items.length, marks.length) }, (_, index) =>
        toExpression(
          items[index] ?? null,
          marks[index],
          Array.isArray(configured) ? configured[index] : configured,
          name,
        ),
      ),
    };
  }
  if (isObject(value)) {
    const marks = objectOr(unknown);
    return {
      is: 'object',
      entries: [...new Set([...Object.keys(value), ...Object.keys(marks)])].map((key) => ({
        key: text(key),
        value: toExpression(value[key] ?? null, marks[key], isObject(configured) ? configured[key] : undefined, key),
      })),
    };
  }
  return { is: 'literal', value };
}

/** Attributes whose text is made of references, not equal to one. */
const composed = new Set([
  'policy',
  'assume_role_policy',
  'resources',
  'secret_string',
  'server_properties',
  'inline_policy',
]);

/** The value that references of a configuration give; a symbol where they do not tell it. */
export function reference(configured: Json | undefined, name: string): Expression {
  const unknown: Expression = { is: 'opaque', text: `${name} ${JSON.stringify(configured ?? null)}` };
  if (!isObject(configured)) return unknown;
  const constant = configured['constant_value'];
  if (constant !== undefined) return toExpression(constant, undefined, undefined, name);
  const all = Array.isArray(configured['references']) ? configured['references'].map(String) : [];
  // After each reference the plan lists its beginnings.
  const longest = all.filter(
    (item) => !all.some((other) => other.startsWith(`${item}.`) || other.startsWith(`${item}[`)),
  );
  const keys = longest.filter((item) => /^(?:each|count)\./.test(item));
  const others = longest.filter((item) => !keys.includes(item));
  const isDocument =
    others.length === 1 && /^data\.aws_iam_policy_document\.[\w-]+(?:\[.*\])?(?:\.\w+)?$/.test(others[0]!);
  if ((composed.has(name) && !isDocument) || longest.length === 0) return unknown;
  try {
    const parsed = others.map((item) => target(item, keys, name));
    if (parsed.length === 0) return parseExpression(keys[0]!);
    if (parsed.length > 1) return isPlural(name) ? { is: 'list', items: parsed } : unknown;
    const isList =
      isPlural(name) && others[0]!.split('.').length > 2 && !/^(?:var|local|module|each)\b/.test(others[0]!);
    return isList ? { is: 'list', items: parsed } : parsed[0]!;
  } catch (error) {
    if (error instanceof ExpressionError) return unknown;
    throw error;
  }
}

const isPlural = (name: string): boolean => /(?:s|_list)$/.test(name) && !name.endsWith('address');

/** A reference; one to a whole resource stands for the id or ARN of its instances. */
function target(item: string, keys: readonly string[], name: string): Expression {
  const of = parseExpression(item);
  const isData = item.startsWith('data.');
  const isWhole =
    /^(?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+(?:\[[^\]]*\])?$/.test(item) || (isData && item.split('.').length === 3);
  if (!isWhole) return of;
  const attribute = isData && item.includes('policy_document') ? 'json' : /arn/.test(name) ? 'arn' : 'id';
  if (keys.length > 0 && !item.endsWith(']'))
    return { is: 'attribute', of: { is: 'index', of, at: parseExpression(keys[0]!) }, name: attribute };
  return isPlural(name)
    ? { is: 'splat', of, each: { is: 'attribute', of: { is: 'element' }, name: attribute } }
    : { is: 'attribute', of, name: attribute };
}
