/** The condition operators: how one value of the request compares with one value of the policy. */
import { containsCidr } from 'cidr-tools';
import { isIP } from 'node:net';
import { matchArn, matchText, type PatternRules } from './pattern.js';
import { no, yes, type TriStateAnswer } from './tri-state.js';

type Compare = (requested: string, wanted: string, rules: Omit<PatternRules, 'wildcards'>) => TriStateAnswer;

export interface Operator {
  compare: Compare;
  /** …NotEquals and similar: true where no value matches, and where the key is absent. */
  negated: boolean;
}

const different = no('the values differ');
const answer = (same: boolean): TriStateAnswer => (same ? yes() : different);

const equals: Compare = (requested, wanted, rules) => matchText(wanted, requested, { ...rules, wildcards: false });
const equalsIgnoringCase: Compare = (requested, wanted, rules) =>
  matchText(wanted, requested.toLowerCase(), { ...rules, wildcards: false, ignoreCase: true });
const like: Compare = (requested, wanted, rules) => matchText(wanted, requested, { ...rules, wildcards: true });
const arnLike: Compare = (requested, wanted, rules) => matchArn(wanted, requested, { ...rules, wildcards: true });

type Order = (difference: number) => boolean;
/** NaN (not a number or date) satisfies no comparison. */
const ordered =
  (read: (text: string) => number, holds: Order): Compare =>
  (requested, wanted) =>
    answer(holds(read(requested) - read(wanted)));
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
/** ISO 8601, or seconds since 1970. */
const instant = (text: string): number => (/^\d{5,}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const orders: Record<string, Order> = {
  Equals: (difference) => difference === 0,
  LessThan: (difference) => difference < 0,
  LessThanEquals: (difference) => difference <= 0,
  GreaterThan: (difference) => difference > 0,
  GreaterThanEquals: (difference) => difference >= 0,
};

const address: Compare = (requested, wanted) => {
  const range = wanted.includes('/') ? wanted : `${wanted}/${wanted.includes(':') ? 128 : 32}`;
  const [base = '', length = ''] = range.split('/');
  const family = isIP(base);
  const sound =
    family !== 0 && isIP(requested) === family && /^\d+$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
  return answer(sound && containsCidr(range, requested));
};

const bool: Compare = (requested, wanted) => answer(requested.toLowerCase() === wanted.toLowerCase());
const binary: Compare = (requested, wanted) =>
  answer(Buffer.from(requested, 'base64').equals(Buffer.from(wanted, 'base64')));

const positive: Record<string, Compare> = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: bool,
  BinaryEquals: binary,
  IpAddress: address,
  ...Object.fromEntries(Object.entries(orders).map(([name, order]) => [`Numeric${name}`, ordered(number, order)])),
  ...Object.fromEntries(Object.entries(orders).map(([name, order]) => [`Date${name}`, ordered(instant, order)])),
};

const negations: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

const operators = new Map<string, Operator>([
  ...Object.entries(positive).map(([name, compare]) => [name.toLowerCase(), { compare, negated: false }] as const),
  ...Object.entries(negations).map(
    ([name, of]) => [name.toLowerCase(), { compare: positive[of]!, negated: true }] as const,
  ),
]);

/** By its name without quantifier and `IfExists`, case-insensitive; undefined for an unknown one. */
export const operatorNamed = (name: string): Operator | undefined => operators.get(name.toLowerCase());
