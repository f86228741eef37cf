/** The list of values and operators that a filter rule has for one member: whether a value of the record matches. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { ExactNumber } from '../text/exact-json.js';
import { matchesParts, wildcardParts } from './wildcard.js';

/** A value of a record that is neither an object nor a list. */
export type Leaf = string | number | boolean | null | ExactNumber;

/** Whether a value matches. */
export type LeafTest = (leaf: Leaf) => boolean;

/** What a list asks for: of a value that is present, and whether an absent one matches too (`{"exists": false}`). */
export interface LeafRule {
  matches: LeafTest;
  acceptsAbsence: boolean;
  /** It compares with a number by its text, so the record has to be read with the text of its numbers. */
  needsNumberText: boolean;
}

/** Compiles the list of a member, read by `parseExactly`; the pattern has no faults. */
export function compileLeafRule(list: readonly unknown[]): LeafRule {
  const values = list.filter((element) => !isOperator(element)) as Leaf[];
  const operators = list.filter(isOperator);
  const tests = operators.flatMap((operator) => {
    const [[name, argument] = ['', null]] = Object.entries(operator);
    return name === 'exists' ? (argument === true ? [() => true] : []) : [operatorTest(name, argument)];
  });
  if (values.length > 0) tests.unshift(equalsAny(values));
  const compared = [...values, ...operators.flatMap((operator) => [operator['anything-but']].flat())];
  return {
    matches: tests.length === 1 ? tests[0]! : (leaf) => tests.some((test) => test(leaf)),
    acceptsAbsence: operators.some((operator) => operator['exists'] === false),
    needsNumberText: compared.some((value) => value instanceof ExactNumber),
  };
}

const isOperator = (element: unknown): element is Record<string, unknown> =>
  typeof element === 'object' && element !== null && !Array.isArray(element) && !(element instanceof ExactNumber);

function operatorTest(name: string, argument: unknown): LeafTest {
  switch (name) {
    case 'prefix':
      return onText(argument, (text, wanted) => text.startsWith(wanted));
    case 'suffix':
      return onText(argument, (text, wanted) => text.endsWith(wanted));
    case 'equals-ignore-case':
      return onText({ 'equals-ignore-case': argument }, (text, wanted) => text === wanted);
    case 'wildcard': {
      const parts = wildcardParts(argument as string) ?? [argument as string];
      return (leaf) => typeof leaf === 'string' && matchesParts(parts, leaf);
    }
    case 'cidr':
      return inRange(argument as string);
    case 'numeric':
      return numericTest(argument as unknown[]);
    case 'anything-but':
      return not(anyOf(argument));
    default:
      return () => false;
  }
}

/** Of texts only; a text, or `{"equals-ignore-case": text}`. */
function onText(argument: unknown, test: (text: string, wanted: string) => boolean): LeafTest {
  if (typeof argument === 'string') return (leaf) => typeof leaf === 'string' && test(leaf, argument);
  const wanted = String((argument as Record<string, unknown>)['equals-ignore-case']).toLowerCase();
  return (leaf) => typeof leaf === 'string' && test(leaf.toLowerCase(), wanted);
}

const not =
  (test: LeafTest): LeafTest =>
  (leaf) =>
    !test(leaf);

/** The argument of `anything-but`: a value, a list of them, or an operator with one text or several. */
function anyOf(argument: unknown): LeafTest {
  if (!isOperator(argument)) return equalsAny([argument].flat() as Leaf[]);
  const [[name, texts] = ['', []]] = Object.entries(argument);
  const tests = [texts].flat().map((text) => operatorTest(name, text));
  return (leaf) => tests.some((test) => test(leaf));
}

/** Texts character by character, numbers by their text, and the literals. */
function equalsAny(values: readonly Leaf[]): LeafTest {
  const plain = new Set<unknown>(values.filter((value) => !(value instanceof ExactNumber)));
  const numbers = new Set(values.flatMap((value) => (value instanceof ExactNumber ? [value.text] : [])));
  return (leaf) =>
    typeof leaf === 'number'
      ? numbers.has(String(leaf))
      : leaf instanceof ExactNumber
        ? numbers.has(leaf.text)
        : plain.has(leaf);
}

const comparisons: Record<string, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `["=", 5]`, or a range. Of numbers only: a text with digits is none. */
function numericTest([first, low, second, high]: readonly unknown[]): LeafTest {
  const [from, limit] = [comparisons[String(first)]!, toNumber(low)];
  const [to, upper] = second === undefined ? [() => true, 0] : [comparisons[String(second)]!, toNumber(high)];
  return (leaf) => {
    const value = typeof leaf === 'number' ? leaf : leaf instanceof ExactNumber ? toNumber(leaf) : Number.NaN;
    return from(value, limit) && !Number.isNaN(value) && to(value, upper);
  };
}

const toNumber = (value: unknown): number => Number(value instanceof ExactNumber ? value.text : value);

/** An IP address in a block; a block that is none matches nothing. */
function inRange(cidr: string): LeafTest {
  const [address = '', bits = ''] = cidr.split('/');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : null;
  const list = new BlockList();
  try {
    if (family !== null) list.addSubnet(address, Number(bits), family);
  } catch {
    return () => false;
  }
  return (leaf) =>
    typeof leaf === 'string' && (isIPv4(leaf) || isIPv6(leaf)) && list.check(leaf, isIPv4(leaf) ? 'ipv4' : 'ipv6');
}
