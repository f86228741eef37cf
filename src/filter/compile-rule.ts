/**
 * Compiles the JSON rule of a filter pattern into a function. The rules of AWS’s filter library hold: all members of
 * an object must match, any value of a list is enough, members of an object inside a list must match in the same
 * element, and `exists` is about leaves only (Amazon EventBridge user guide: event patterns; aws/event-ruler).
 */
import { ExactNumber } from '../text/exact-json.js';
import { compileLeafRule, type Leaf, type LeafRule } from './leaf-test.js';

type Json = Record<string, unknown>;

/** A compiled rule of an object. */
export interface CompiledRule {
  /** Whether a document matches. */
  matches(document: unknown): boolean;
  needsNumberText: boolean;
}

/** Names that make the objects of a list under `$or` operators instead of alternatives (aws/event-ruler). */
const reserved = new Set([
  'exactly',
  'exists',
  'anything-but',
  'prefix',
  'suffix',
  'equals-ignore-case',
  'wildcard',
  'numeric',
  'cidr',
]);

/** Whether a member means alternatives: `$or` with two or more objects; otherwise it is a member of this name. */
export const isAlternatives = (name: string, rule: unknown): rule is Json[] =>
  name === '$or' &&
  Array.isArray(rule) &&
  rule.length >= 2 &&
  rule.every((item) => isObject(item) && !Object.keys(item).some((key) => reserved.has(key)));

/** `root`: the whole document, in which an absent member is looked for. */
type Matcher = (data: unknown, root: unknown) => boolean;

/** Compiles an object of a pattern, read by `parseExactly`; the pattern has no faults. */
export function compileRule(rule: Json): CompiledRule {
  const state = { needsNumberText: false };
  const matcher = compileObject(rule, [], state);
  return { matches: (document) => matcher(document, document), needsNumberText: state.needsNumberText };
}

/** Compiles the list of a member that is itself the whole document, such as a plain text. */
export const compileLeaf = (list: readonly unknown[]): LeafRule => compileLeafRule(list);

function compileObject(rule: Json, path: readonly string[], state: { needsNumberText: boolean }): Matcher {
  const members = Object.entries(rule).map(([name, inner]): Matcher => {
    if (isAlternatives(name, inner)) {
      const alternatives = inner.map((alternative) => compileObject(alternative, path, state));
      return (data, root) => alternatives.some((matches) => matches(data, root));
    }
    const memberPath = [...path, name];
    if (!Array.isArray(inner)) {
      const matches = compileObject(inner as Json, memberPath, state);
      return (data, root) => matches(memberOf(data, name), root);
    }
    const leaf = compileLeafRule(inner);
    state.needsNumberText ||= leaf.needsNumberText;
    return (data, root) =>
      anyLeaf(memberOf(data, name), leaf.matches) || (leaf.acceptsAbsence && !hasLeaf(root, memberPath));
  });
  const matchesAll: Matcher = (data, root) => members.every((matches) => matches(data, root));
  return (data, root) =>
    Array.isArray(data) ? elementsOf(data).some((element) => matchesAll(element, root)) : matchesAll(data, root);
}

const memberOf = (data: unknown, name: string): unknown =>
  isObject(data) && Object.hasOwn(data, name) ? data[name] : undefined;

/** The elements of a list and of the lists in it. */
function elementsOf(list: readonly unknown[]): unknown[] {
  if (!list.some(Array.isArray)) return [...list];
  const [elements, open]: [unknown[], unknown[]] = [[], [...list].toReversed()];
  while (open.length > 0) {
    const element = open.pop();
    if (Array.isArray(element)) for (let at = element.length - 1; at >= 0; at--) open.push(element[at]);
    else elements.push(element);
  }
  return elements;
}

function anyLeaf(data: unknown, test: (leaf: Leaf) => boolean): boolean {
  if (Array.isArray(data)) return elementsOf(data).some((element) => isLeaf(element) && test(element));
  return isLeaf(data) && test(data);
}

/** Whether the document has a leaf at a path, in any element of the lists on the way. */
function hasLeaf(data: unknown, path: readonly string[]): boolean {
  if (Array.isArray(data)) return elementsOf(data).some((element) => hasLeaf(element, path));
  const [name, ...rest] = path;
  return name === undefined ? isLeaf(data) : hasLeaf(memberOf(data, name), rest);
}

const isLeaf = (data: unknown): data is Leaf =>
  data !== undefined && (typeof data !== 'object' || data === null || data instanceof ExactNumber);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
