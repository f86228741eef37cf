/** Sets of IPv4 addresses as sorted, disjoint intervals. Pollers use IPv4 only, so IPv6 rules do not matter. */
import { excludeCidr, parseCidr } from 'cidr-tools';

export type Interval = readonly [first: number, last: number];
export type Addresses = readonly Interval[];

const parsed = new Map<string, Addresses>();
const limit = 10_000;

/** The addresses of a CIDR or a single address; empty for IPv6 or an invalid CIDR. */
export function addressesOf(cidr: string): Addresses {
  const earlier = parsed.get(cidr);
  if (earlier !== undefined) return earlier;
  if (parsed.size >= limit) parsed.clear();
  const made = parse(cidr);
  parsed.set(cidr, made);
  return made;
}

function parse(cidr: string): Addresses {
  // cidr-tools accepts prefixes above 32, so the form is checked first.
  if (!/^\d{1,3}(\.\d{1,3}){3}(\/(\d|[12]\d|3[0-2]))?$/.test(cidr)) return [];
  try {
    const { start, end } = parseCidr(cidr);
    return [[Number(start), Number(end)]];
  } catch {
    return [];
  }
}

export const union = (...sets: Addresses[]): Addresses => {
  const merged: [number, number][] = [];
  for (const [first, last] of sets.flat().toSorted((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
};

export const intersect = (a: Addresses, b: Addresses): Addresses =>
  a.flatMap(([first, last]) =>
    b.flatMap(([from, to]): Interval[] =>
      from <= last && to >= first ? [[Math.max(first, from), Math.min(last, to)]] : [],
    ),
  );

export const subtract = (from: Addresses, taken: Addresses): Addresses =>
  taken.reduce<Addresses>(
    (left, [first, last]) =>
      left.flatMap(([a, b]): Interval[] =>
        last < a || first > b
          ? [[a, b]]
          : [...(a < first ? [[a, first - 1] as const] : []), ...(b > last ? [[last + 1, b] as const] : [])],
      ),
    from,
  );

export const size = (addresses: Addresses): number =>
  addresses.reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** The share of `whole` that is in `part`, from 0 to 1. */
export const share = (part: Addresses, whole: Addresses): number =>
  size(whole) === 0 ? 0 : size(intersect(union(part), whole)) / size(whole);

/** Addresses of public services: everything except the private, shared, local and multicast ranges (RFC 6890). */
export const publicAddresses: Addresses = union(
  ...excludeCidr(
    ['0.0.0.0/0'],
    [
      '0.0.0.0/8',
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.168.0.0/16',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '224.0.0.0/4',
      '240.0.0.0/4',
    ],
  ).map(addressesOf),
);
