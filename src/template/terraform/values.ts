/** Values of Terraform expressions. What only the deployment knows is a symbol (snapshot/symbols.ts). */
import { hasSymbol, isSymbol, replaceSymbols, textSymbol } from '../../snapshot/symbols.js';
import { equal } from '../cloudformation/compare.js';
import type { TriState } from '../../access/tri-state.js';
import type { Json } from '../resource.js';

export type Value = null | boolean | number | string | Value[] | ValueObject | Reference | Unkeyed;
export type ValueObject = { [key: string]: Value };

/** A resource, a module or another thing whose attributes are computed when they are used. */
export abstract class Reference {
  /** Identifies it among all modules. */
  abstract readonly key: string;
  abstract attribute(name: string): Value;
}

/** Instances whose number or keys are not known: one that stands for all of them. */
export class Unkeyed {
  constructor(readonly instance: Value) {}
}

/** An expression without a value: a member that does not exist, a function that fails. */
export class Failure extends Error {
  override name = 'Failure';
}

export const isValueObject = (value: Value | undefined): value is ValueObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Reference) &&
  !(value instanceof Unkeyed);

/** Whether nothing is known of the value. */
export const isUnknown = (value: Value): value is string => isSymbol(value);

/** Whether a part of the value is not known. */
export const isPartlyUnknown = (value: Value): boolean => hasSymbol(JSON.stringify(toJson(value)));

/** The value as data; a resource as a whole is a symbol. */
export function toJson(value: Value): Json {
  if (value instanceof Reference) return textSymbol(`${value.key} as a whole`);
  if (value instanceof Unkeyed) return textSymbol(`all of ${JSON.stringify(toJson(value.instance))}`);
  if (Array.isArray(value)) return value.map(toJson);
  if (isValueObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toJson(member)]));
  return value;
}

/** Text with the keys of objects in order: equal values have equal texts. */
export const canonical = (value: Value): string =>
  JSON.stringify(toJson(value), (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

export function areEqual(a: Value, b: Value): TriState {
  const [left, right] = [canonical(a), canonical(b)];
  if (left === right) return 'yes';
  if (!hasSymbol(left) && !hasSymbol(right)) return 'no';
  if (isUnknown(a) || isUnknown(b)) return typeof a === 'string' && typeof b === 'string' ? equal(a, b) : 'unknown';
  return equal(left, right);
}

/** As text in a template. Throws `Failure` for what has none. */
export function textOfValue(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Failure('not text');
}

export function numberOfValue(value: Value): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Failure('not a number');
  return number;
}

export function truthOf(value: Value): TriState {
  if (value === true || value === 'true') return 'yes';
  if (value === false || value === 'false') return 'no';
  if (typeof value === 'string' && hasSymbol(value)) return 'unknown';
  throw new Failure('not a condition');
}

/** The symbols in a text. */
export function symbolsIn(text: string): string[] {
  const found: string[] = [];
  replaceSymbols(text, (symbol) => {
    found.push(symbol);
    return symbol;
  });
  return found;
}

/** Whether a text computed from others has only whole symbols of theirs: none was cut. */
export function keepsSymbols(before: string, after: readonly string[]): boolean {
  const known = new Set(symbolsIn(before));
  const marks = (text: string) => (text.match(/zz0|0zz|-0000|0000-|zz-u/g) ?? []).length;
  return after.every((text) => {
    const found = symbolsIn(text);
    return found.every((symbol) => known.has(symbol)) && marks(replaceSymbols(text, () => '')) === 0;
  });
}

/** The members of a collection with their keys; null where they are not known. */
export function entriesOf(collection: Value): [Value, Value][] | null {
  if (Array.isArray(collection)) return collection.map((item, index) => [index, item]);
  if (isValueObject(collection)) return Object.entries(collection).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (collection instanceof Unkeyed) return [[textSymbol(canonical(collection)), collection.instance]];
  if (collection !== null && typeof collection === 'string' && isPartlyUnknown(collection)) return null;
  if (collection instanceof Reference) return null;
  throw new Failure('not a collection');
}
