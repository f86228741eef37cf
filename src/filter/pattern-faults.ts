/** Filter patterns of event source mappings: their grammar (AWS: filter rule syntax) and what they can match of a Kafka record. */

import { isAlternatives } from './compile-rule.js';
import { wildcardParts } from './wildcard.js';

const longestPattern = 4096;

/** The faults of a pattern; empty for a valid one. */
export function filterFaults(pattern: string): string[] {
  if (pattern.length > longestPattern)
    return [`a pattern may have at most ${longestPattern} characters; this one has ${pattern.length}`];
  let rule: unknown;
  try {
    rule = JSON.parse(pattern);
  } catch {
    return ['the pattern is not valid JSON'];
  }
  return isObject(rule) ? nodeFaults(rule, '') : ['the pattern is not a JSON object'];
}

/** Members of a Kafka record besides its content; AWS does not document whether patterns may use them. */
const besideValue = new Set(['key', 'topic', 'partition', 'offset', 'timestamp', 'timestampType', 'headers']);

/**
 * What a valid pattern requires besides `value`: members that a Kafka record lacks, and members that it has.
 * `byKey`: a schema registry reads the key, so that patterns may use it (AWS: KafkaSchemaValidationConfig).
 */
export function askedBesideValue(pattern: string, byKey = false): { absent: string[]; unsupported: string[] } {
  const names = Object.entries(JSON.parse(pattern) as Record<string, unknown>)
    .filter(([name, rule]) => name !== 'value' && name !== '$or' && !(byKey && name === 'key') && !acceptsAbsence(rule))
    .map(([name]) => name);
  return {
    absent: names.filter((name) => !besideValue.has(name)),
    unsupported: names.filter((name) => besideValue.has(name)),
  };
}

/** `[{"exists": false}]` in a rule: an absent member satisfies it. */
const acceptsAbsence = (rule: unknown): boolean =>
  Array.isArray(rule) && rule.some((value) => isObject(value) && value['exists'] === false);

function nodeFaults(node: Record<string, unknown>, path: string): string[] {
  return Object.entries(node).flatMap(([name, value]): string[] => {
    const memberPath = path === '' ? name : `${path}.${name}`;
    if (isAlternatives(name, value)) return value.flatMap((child) => nodeFaults(child, memberPath));
    if (name === '$or' && Array.isArray(value)) return [`${memberPath} needs two or more objects, its alternatives`];
    if (isObject(value)) return nodeFaults(value, memberPath);
    if (!Array.isArray(value)) return [`${memberPath} is neither a list of values nor an object`];
    if (value.length === 0) return [`${memberPath} is an empty list and matches nothing`];
    return value.flatMap((element) => elementFaults(element, memberPath));
  });
}

function elementFaults(element: unknown, memberPath: string): string[] {
  if (Array.isArray(element)) return [`${memberPath} contains a list inside a list`];
  if (!isObject(element)) return [];
  const entries = Object.entries(element);
  if (entries.length !== 1)
    return [`${memberPath} has an operator object with ${entries.length} keys; it must have one`];
  return entries.flatMap(([name, argument]) => {
    const judge = operators[name];
    if (judge === undefined) return [`${memberPath} uses “${name}”, which is not an operator`];
    const fault = judge(argument);
    return fault === null ? [] : [`${memberPath}: “${name}” ${fault}`];
  });
}

/** The fault of an operator's argument; null for a valid one. */
type Operator = (argument: unknown) => string | null;

const text: Operator = (argument) => (typeof argument === 'string' && argument !== '' ? null : 'needs a string');
/** A text, also case-insensitive. */
const caseable: Operator = (argument) =>
  isObject(argument) ? only(argument, 'equals-ignore-case', text) : text(argument);

const operators: Record<string, Operator> = {
  prefix: caseable,
  suffix: caseable,
  'equals-ignore-case': text,
  wildcard: (argument) =>
    text(argument) ??
    (wildcardParts(argument as string) === null
      ? 'must not have two wildcards in a row, and a backslash only before * or another backslash'
      : null),
  cidr: text,
  exists: (argument) => (typeof argument === 'boolean' ? null : 'needs true or false'),
  numeric: numericFault,
  'anything-but': (argument) => {
    if (isObject(argument)) {
      const [name = ''] = Object.keys(argument);
      return ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)
        ? only(argument, name, textOrTexts)
        : 'needs a value, a list of values, or a prefix or suffix';
    }
    const values: unknown[] = Array.isArray(argument) ? argument : [argument];
    return values.length > 0 && values.every((value) => typeof value === 'string' || typeof value === 'number')
      ? null
      : 'needs strings or numbers';
  },
};

const textOrTexts: Operator = (argument) => {
  const values: unknown[] = Array.isArray(argument) ? argument : [argument];
  return values.length > 0 && values.every((value) => typeof value === 'string') ? null : 'needs strings';
};

function only(argument: Record<string, unknown>, name: string, judge: Operator): string | null {
  return Object.keys(argument).length === 1 && name in argument
    ? judge(argument[name])
    : `needs a string, or {"${name}": …}`;
}

/** `["=", 5]`, `["<", 5]`, or a range that begins with its lower end: `[">", 0, "<=", 5]`. */
function numericFault(argument: unknown): string | null {
  const shape = 'needs a comparison and a number, or a range: [">", 0, "<=", 5]';
  if (!Array.isArray(argument)) return shape;
  const [first, low, second, high] = argument as unknown[];
  if (typeof low !== 'number') return shape;
  if (argument.length === 2) return ['=', '<', '<=', '>', '>='].includes(first as string) ? null : shape;
  const range =
    argument.length === 4 &&
    ['>', '>='].includes(first as string) &&
    ['<', '<='].includes(second as string) &&
    typeof high === 'number';
  if (!range) return shape;
  return low < high || (low === high && first === '>=' && second === '<=')
    ? null
    : `has an empty range: no number is above ${low} and below ${high}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
