/** Evaluates expressions: known values as Terraform gives them, unknown ones as symbols. */
import type { TriState } from '../../access/tri-state.js';
import { callFunction } from './functions.js';
import { unknownValue, within, type Scope } from './scope.js';
import { show } from './show.js';
import type { Expression } from './tree.js';
import { bounded } from './weight.js';
import {
  areEqual,
  canonical,
  entriesOf,
  Failure,
  isPartlyUnknown,
  isUnknown,
  isValueObject,
  numberOfValue,
  Reference,
  textOfValue,
  truthOf,
  Unkeyed,
  type Value,
  type ValueObject,
} from './values.js';

/** The value, or a symbol where the expression has none. */
export function evaluate(expression: Expression, scope: Scope): Value {
  try {
    return value(expression, scope);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return unknownValue(scope, `failed ${show(expression)}`, show(expression));
  }
}

/** Throws `Failure`. */
export function value(expression: Expression, scope: Scope): Value {
  scope.context.spend(1);
  return bounded(unbounded(expression, scope));
}

function unbounded(expression: Expression, scope: Scope): Value {
  const derived = (key: string) => unknownValue(scope, key, show(expression));
  switch (expression.is) {
    case 'literal':
      return expression.value;
    case 'template':
      return textOfParts(expression.parts.map((part) => value(part, scope)));
    case 'variable':
      return scope.lookup(expression.name) ?? derived(`name ${expression.name}`);
    case 'list':
      return expression.items.map((item) => value(item, scope));
    case 'object':
      return Object.fromEntries(
        expression.entries.map(({ key, value: member }) => [textOfValue(value(key, scope)), value(member, scope)]),
      );
    case 'attribute':
      return memberOf(value(expression.of, scope), expression.name, derived);
    case 'index':
      return memberOf(value(expression.of, scope), value(expression.at, scope), derived);
    case 'splat':
      return splat(value(expression.of, scope), expression.each, scope, derived);
    case 'element':
      return scope.lookup(elementName)!;
    case 'condition': {
      const test = truthOf(value(expression.test, scope));
      if (test !== 'unknown') return value(test === 'yes' ? expression.consequent : expression.otherwise, scope);
      const branches = [expression.consequent, expression.otherwise].map((branch) => evaluate(branch, scope));
      const [first, second] = branches.map(canonical);
      return first === second
        ? branches[0]!
        : derived(`if ${canonical(value(expression.test, scope))} ${first} ${second}`);
    }
    case 'binary':
      return binary(expression, scope, derived);
    case 'unary': {
      const operand = value(expression.operand, scope);
      if (typeof operand === 'string' && isPartlyUnknown(operand)) return derived(`${expression.operator}${operand}`);
      return expression.operator === '!' ? truthOf(operand) === 'no' : -numberOfValue(operand);
    }
    case 'for':
      return loop(expression, scope, derived);
    case 'repeat': {
      const entries = entriesOf(value(expression.of, scope));
      if (entries === null) return derived(`repeat ${canonical(value(expression.of, scope))} ${show(expression.body)}`);
      return textOfParts(entries.map((entry) => value(expression.body, within(scope, named(expression.names, entry)))));
    }
    case 'call':
      return callFunction(expression, scope, derived, { evaluate, value });
    case 'opaque':
      return derived(`text ${expression.text}`);
  }
}

/** No name in a configuration begins with this character. */
const elementName = '*';

const textOfParts = (parts: readonly Value[]): string => {
  bounded([...parts]);
  return parts.map(textOfValue).join('');
};

function named(names: readonly string[], [key, item]: [Value, Value]): Record<string, Value> {
  const [first, second] = names;
  return second === undefined ? { [first!]: item } : { [first!]: key, [second]: item };
}

export function memberOf(of: Value, at: Value, derived: (key: string) => Value): Value {
  if (of instanceof Unkeyed) return of.instance;
  if (of instanceof Reference) return of.attribute(textOfValue(at));
  if (typeof of === 'string' && isUnknown(of)) return derived(`${of}.${canonical(at)}`);
  if (typeof at === 'string' && isPartlyUnknown(at) && (Array.isArray(of) || isValueObject(of))) {
    // All members may be equal.
    const members = [...new Set(Object.values(of).map(canonical))];
    return members.length === 1 ? (Object.values(of)[0] as Value) : derived(`${canonical(of)}[${at}]`);
  }
  if (Array.isArray(of)) {
    const item = of[numberOfValue(at)];
    if (item === undefined) throw new Failure('no such item');
    return item;
  }
  if (isValueObject(of)) {
    const name = textOfValue(at);
    if (!Object.hasOwn(of, name)) throw new Failure('no such member');
    return of[name]!;
  }
  throw new Failure('no members');
}

function splat(of: Value, each: Expression, scope: Scope, derived: (key: string) => Value): Value {
  if (of === null) return [];
  if (isUnknown(of)) return derived(`${of}[*]${show(each)}`);
  const items = of instanceof Unkeyed ? [of.instance] : Array.isArray(of) ? of : [of];
  return items.map((item) => value(each, within(scope, { [elementName]: item })));
}

function loop(expression: Extract<Expression, { is: 'for' }>, scope: Scope, derived: (key: string) => Value): Value {
  const { names, key, filter, isGrouped } = expression;
  const collection = value(expression.of, scope);
  const entries = entriesOf(collection);
  const unknown = () => derived(`for ${names.join()} ${canonical(collection)} ${show(expression.value)}`);
  if (entries === null) return unknown();
  const items: Value[] = [];
  const members = new Map<string, Value>();
  for (const entry of entries) {
    const inner = within(scope, named(names, entry));
    if (filter !== null) {
      const isKept = truthOf(value(filter, inner));
      if (isKept === 'unknown') return unknown();
      if (isKept === 'no') continue;
    }
    const item = value(expression.value, inner);
    if (key === null) {
      items.push(item);
      continue;
    }
    const name = textOfValue(value(key, inner));
    const earlier = members.get(name);
    if (!isGrouped) members.set(name, item);
    else if (Array.isArray(earlier)) earlier.push(item);
    else members.set(name, [item]);
  }
  return key === null ? items : (Object.fromEntries(members) as ValueObject);
}

const fromTruth = (truth: TriState, derived: () => Value): Value => (truth === 'unknown' ? derived() : truth === 'yes');

function binary(
  { operator, left: leftSide, right: rightSide }: Extract<Expression, { is: 'binary' }>,
  scope: Scope,
  derivedFrom: (key: string) => Value,
): Value {
  const left = value(leftSide, scope);
  if (operator === '&&' || operator === '||') {
    const decides = operator === '&&' ? 'no' : 'yes';
    const [first, second] = [truthOf(left), truthOf(value(rightSide, scope))];
    if (first === decides || second === decides) return operator === '||';
    return first === 'unknown' || second === 'unknown'
      ? derivedFrom(`${canonical(left)} ${operator} ${show(rightSide)}`)
      : operator === '&&';
  }
  const right = value(rightSide, scope);
  const derived = () => derivedFrom(`${canonical(left)} ${operator} ${canonical(right)}`);
  if (operator === '==') return fromTruth(areEqual(left, right), derived);
  if (operator === '!=') {
    const same = areEqual(left, right);
    return same === 'unknown' ? derived() : same === 'no';
  }
  if ([left, right].some((side) => typeof side === 'string' && isPartlyUnknown(side))) return derived();
  const [a, b] = [numberOfValue(left), numberOfValue(right)];
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      if (b === 0) throw new Failure('division by zero');
      return operator === '/' ? a / b : a % b;
  }
}
