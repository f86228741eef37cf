/** `count` and `for_each`: the instances of resources and modules. */
import { value } from './evaluate.js';
import { unknownValue, within, type Scope } from './scope.js';
import type { Body } from './body.js';
import {
  Failure,
  isPartlyUnknown,
  isUnknown,
  isValueObject,
  numberOfValue,
  Reference,
  Unkeyed,
  type Value,
} from './values.js';

export interface InstanceScope {
  /** As in an address: empty, `[0]`, `["a"]`, or `[*]` where the keys are not known. */
  suffix: string;
  key: string | number | null;
  scope: Scope;
  isCertain: boolean;
}

/** More instances are not written by people. */
const mostInstances = 500;

/**
 * The instances, in the order of their keys. `address`: of the resource or module, for the words of unknown
 * values. `cost`: how many instances of resources one of these counts as, for the limit of an input.
 */
export function instancesOf(body: Body, scope: Scope, address: string, cost = 1): InstanceScope[] {
  const [count, forEach] = [body.attributes.get('count'), body.attributes.get('for_each')];
  if (count !== undefined) {
    const number = attempt(() => value(count.expression, scope));
    if (number === undefined || isPartlyUnknown(number)) return [unkeyed(scope, address)];
    const length = Math.min(mostInstances, number === true ? 1 : number === false ? 0 : countOf(number));
    if (!scope.context.allows(length * cost)) return [unkeyed(scope, address)];
    return Array.from({ length }, (_, index) => ({
      suffix: `[${index}]`,
      key: index,
      scope: within(scope, { count: new Members('count', { index }) }),
      isCertain: true,
    }));
  }
  if (forEach !== undefined) {
    const collection = attempt(() => value(forEach.expression, scope));
    const entries = collection === undefined ? null : keyed(collection);
    if (entries === null || !scope.context.allows(Math.min(mostInstances, entries.length) * cost))
      return [unkeyed(scope, address)];
    return entries.slice(0, mostInstances).map(([key, item]) => ({
      suffix: `[${JSON.stringify(key)}]`,
      key,
      scope: within(scope, { each: new Members('each', { key, value: item }) }),
      isCertain: true,
    }));
  }
  return [{ suffix: '', key: null, scope, isCertain: true }];
}

function countOf(number: Value): number {
  try {
    return Math.max(0, numberOfValue(number));
  } catch {
    return 0;
  }
}

/** Null where a key is not known. */
function keyed(collection: Value): [string, Value][] | null {
  if (collection instanceof Unkeyed || collection instanceof Reference || isUnknown(collection)) return null;
  const entries: [Value, Value][] = Array.isArray(collection)
    ? collection.map((item) => [item, item])
    : isValueObject(collection)
      ? Object.entries(collection)
      : [];
  if (entries.some(([key]) => typeof key !== 'string' || isPartlyUnknown(key))) return null;
  return (entries as [string, Value][]).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function unkeyed(scope: Scope, address: string): InstanceScope {
  const part = (name: string) => unknownValue(scope, `${address} ${name}`, `${name} of ${address}`);
  return {
    suffix: '[*]',
    key: null,
    scope: within(scope, {
      each: new Members(`${address} each`, { key: part('each.key'), value: part('each.value') }),
      count: new Members(`${address} count`, { index: part('count.index') }),
    }),
    isCertain: false,
  };
}

/** What a reference to all instances gives. */
export function collect(instances: readonly { instance: InstanceScope; value: Value }[], body: Body): Value {
  const [first] = instances;
  if (first !== undefined && first.instance.suffix === '[*]') return new Unkeyed(first.value);
  if (body.attributes.has('count')) return instances.map(({ value: item }) => item);
  if (body.attributes.has('for_each'))
    return Object.fromEntries(instances.map(({ instance, value: item }) => [String(instance.key), item]));
  return first?.value ?? null;
}

/** `each`, `count` and other names with a few members. */
export class Members extends Reference {
  constructor(
    readonly key: string,
    private readonly members: Readonly<Record<string, Value>>,
  ) {
    super();
  }

  attribute(name: string): Value {
    if (!Object.hasOwn(this.members, name)) throw new Failure('no such member');
    return this.members[name]!;
  }
}

function attempt(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
