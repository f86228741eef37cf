/** Terraform's functions of lists, sets and maps, and its conversions. */
import type { Implementation } from './implementation.js';
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
} from './values.js';

/** A function of a list whose items are known, or symbols; not of a list of which nothing is known. */
const ofList =
  (work: (items: Value[], ...others: Value[]) => Value | undefined): Implementation =>
  ([list = null, ...others]) => {
    const items = list instanceof Unkeyed ? [list.instance] : isValueObject(list) ? Object.values(list) : list;
    if (Array.isArray(items)) return work(items, ...others);
    if (items instanceof Reference || (typeof items === 'string' && isPartlyUnknown(items))) return undefined;
    throw new Failure('not a list');
  };

/** Longer results are not computed. */
const longest = 10_000;

const distinct = (items: readonly Value[]): Value[] => [
  ...new Map(items.map((item) => [canonical(item), item])).values(),
];

const isEmpty = (item: Value): boolean => item === null || item === '';

/** The first item that is not empty; an unknown one may be. */
const coalesced = (items: readonly Value[], skips: (item: Value) => boolean): Value | undefined => {
  const first = items.find((item) => !skips(item));
  if (first === undefined) throw new Failure('all are empty');
  return isUnknown(first) && items.indexOf(first) < items.length - 1 && isTextOrList(items) ? undefined : first;
};
const isTextOrList = (items: readonly Value[]): boolean => new Set(items.map(canonical)).size > 1;

const toText: Implementation = ([input = null]) =>
  input === null || typeof input === 'string' ? input : textOfValue(input);

export const collectionFunctions: Readonly<Record<string, Implementation>> = {
  length: ([input = null]) => {
    if (typeof input === 'string') return isPartlyUnknown(input) ? undefined : [...input].length;
    if (Array.isArray(input)) return input.length;
    if (isValueObject(input)) return Object.keys(input).length;
    return undefined;
  },
  concat: (lists) => (lists.every(Array.isArray) ? lists.flat() : undefined),
  merge: (maps) => {
    const present = maps.filter((map) => map !== null);
    return present.every(isValueObject) ? (Object.assign({}, ...present) as Value) : undefined;
  },
  flatten: ofList((items) => {
    const flat = items.flat(20 as 1);
    return flat.length > longest ? undefined : flat;
  }),
  compact: ofList((items) => items.filter((item) => !isEmpty(item))),
  distinct: ofList(distinct),
  reverse: ofList((items) => items.toReversed()),
  sort: ofList((items) =>
    isPartlyUnknown(items) && items.length > 1 ? undefined : items.map(textOfValue).toSorted(byText),
  ),
  sum: ofList((items) => (isPartlyUnknown(items) ? undefined : items.map(numberOfValue).reduce((a, b) => a + b, 0))),
  alltrue: ofList((items) => (isPartlyUnknown(items) ? undefined : items.every((item) => truthOf(item) === 'yes'))),
  anytrue: ofList((items) => (isPartlyUnknown(items) ? undefined : items.some((item) => truthOf(item) === 'yes'))),
  contains: ofList((items, wanted = null) => {
    const found = items.map((item) => areEqual(item, wanted));
    return found.includes('yes') ? true : found.includes('unknown') ? undefined : false;
  }),
  index: ofList((items, wanted = null) => {
    if (isPartlyUnknown([...items, wanted])) return undefined;
    const at = items.findIndex((item) => areEqual(item, wanted) === 'yes');
    if (at < 0) throw new Failure('no such item');
    return at;
  }),
  element: ofList((items, index = null) => {
    if (isPartlyUnknown(index)) return distinct(items).length === 1 ? items[0] : undefined;
    if (items.length === 0) throw new Failure('an empty list');
    return items.at(numberOfValue(index) % items.length);
  }),
  slice: ofList((items, start = null, end = null) =>
    isPartlyUnknown([start, end]) ? undefined : items.slice(numberOfValue(start), numberOfValue(end)),
  ),
  chunklist: ofList((items, size = null) => {
    if (isPartlyUnknown(size)) return undefined;
    const width = Math.max(1, numberOfValue(size));
    return Array.from({ length: Math.ceil(items.length / width) }, (_, index) =>
      items.slice(index * width, (index + 1) * width),
    );
  }),
  coalesce: (items) => coalesced(items, isEmpty),
  coalescelist: (lists) => coalesced(lists, (list) => Array.isArray(list) && list.length === 0),
  ['one']: ([list = null]) => {
    if (list instanceof Unkeyed) return list.instance;
    if (!Array.isArray(list)) return list === null ? null : undefined;
    if (list.length > 1) throw new Failure('more than one item');
    return list[0] ?? null;
  },
  keys: ([map = null]) => {
    const entries = isValueObject(map) ? entriesOf(map) : null;
    return entries?.map(([key]) => key);
  },
  values: ([map = null]) => {
    const entries = isValueObject(map) || map instanceof Unkeyed ? entriesOf(map) : null;
    return entries?.map(([, member]) => member);
  },
  lookup: ([map = null, key = null, ...fallback]) => {
    if (!isValueObject(map) || isPartlyUnknown(key)) return undefined;
    const name = textOfValue(key);
    if (Object.hasOwn(map, name)) return map[name];
    if (fallback[0] === undefined) throw new Failure('no such member');
    return fallback[0];
  },
  zipmap: ([keys = null, values = null]) =>
    Array.isArray(keys) && Array.isArray(values)
      ? Object.fromEntries(keys.map((key, index) => [textOfValue(key), values[index] ?? null]))
      : undefined,
  range: (args) => {
    if (isPartlyUnknown(args)) return undefined;
    const numbers = args.map(numberOfValue);
    const [start, end] = numbers.length === 1 ? [0, numbers[0]!] : [numbers[0]!, numbers[1]!];
    const step = numbers[2] ?? (end < start ? -1 : 1);
    const count = Math.ceil((end - start) / step);
    if (!Number.isFinite(count) || count > longest) throw new Failure('too many items');
    return Array.from({ length: Math.max(0, count) }, (_, index) => start + index * step);
  },
  setunion: (sets) => (sets.every(Array.isArray) ? setOf(sets.flat()) : undefined),
  setsubtract: ([set = null, others = null]) =>
    Array.isArray(set) && Array.isArray(others) && !isPartlyUnknown([set, others])
      ? setOf(set.filter((item) => !others.some((other) => areEqual(item, other) === 'yes')))
      : undefined,
  setintersection: (sets) =>
    sets.every(Array.isArray) && !isPartlyUnknown(sets)
      ? setOf(sets[0]!.filter((item) => sets.every((set) => set.some((other) => areEqual(item, other) === 'yes'))))
      : undefined,
  setproduct: (sets) => {
    if (!sets.every(Array.isArray) || sets.reduce((size, set) => size * set.length, 1) > longest) return undefined;
    return sets.reduce<Value[][]>((rows, set) => rows.flatMap((row) => set.map((item) => [...row, item])), [[]]);
  },
  toset: ofList(setOf),
  tolist: ofList((items) => items),
  tomap: ([map = null]) => (isValueObject(map) ? map : undefined),
  tostring: toText,
  tonumber: ([input = null]) => (input === null ? null : isPartlyUnknown(input) ? undefined : numberOfValue(input)),
  tobool: ([input = null]) => (input === null ? null : isPartlyUnknown(input) ? undefined : truthOf(input) === 'yes'),
};

/** A set has no order of its own; Terraform gives its texts in the order of their bytes. */
function setOf(items: readonly Value[]): Value[] {
  return distinct(items).toSorted((a, b) => byText(canonical(a), canonical(b)));
}

const byText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
