/**
 * A small VPC with everything that decides about a packet, at random. Four subnets 10.0.0.0/24 … 10.0.3.0/24; pollers
 * and brokers in the first ones, NAT gateways, an STS endpoint and an S3 gateway endpoint anywhere.
 */
import fc from 'fast-check';

export const subnetCount = 4;
export const port = 9098;
export const publicAddress = { sts: '52.1.2.3', s3: '3.5.0.1' } as const;
/** What the prefix list of S3 holds. */
export const s3Range = '3.5.0.0/16';

/** `peer`: a CIDR, a group by its place, or the prefix list. */
export interface Rule {
  protocol: 'tcp' | '-1' | 'udp' | 'icmp';
  from: number;
  to: number;
  peer: { cidr: string } | { group: number } | { list: true } | { ipv6: true };
}

export interface AclEntry {
  number: number;
  egress: boolean;
  allow: boolean;
  protocol: '6' | '-1' | '17';
  from: number;
  to: number;
  cidr: string;
}

export interface Route {
  cidr: string;
  /** `nat`: the gateway of that subnet, by its place. */
  target: { nat: number } | 'igw' | 'blackhole';
}

export interface Topology {
  /** Poller subnets, which are the brokers' too: the first 1 to 3. */
  pollers: number;
  /** Place of a table for each subnet; null: the main one, which is the first. */
  tableOf: (number | null)[];
  tables: Route[][];
  aclOf: number[];
  acls: AclEntry[][];
  groups: { ingress: Rule[]; egress: Rule[] }[];
  /** Groups of the cluster and of the endpoint, by their places. */
  clusterGroups: number[];
  endpointGroups: number[];
  /** A NAT gateway in each subnet where there is one. */
  nats: ({ available: boolean; isPublic: boolean } | null)[];
  endpoint: { subnets: number[]; available: boolean; privateDns: boolean } | null;
  /** Tables that the S3 gateway endpoint serves. */
  gatewayTables: number[];
  dns: { support: boolean; hostnames: boolean };
  /** CIDRs of the customer's prefix list. */
  list: string[];
}

const weighted = <T>(...options: [number, T][]): fc.Arbitrary<T> =>
  fc.oneof(...options.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const cidr = weighted<string>(
  [6, '10.0.0.0/16'],
  [2, '0.0.0.0/0'],
  [1, '10.0.0.0/24'],
  [1, '10.0.1.0/24'],
  [1, '10.0.2.0/24'],
  [1, '10.0.0.0/22'],
  [1, '10.0.0.0/23'],
  [1, '172.16.0.0/12'],
  [1, '10.0.0.0/25'],
);
const ports = weighted<[number, number]>(
  [4, [port, port]],
  [4, [443, 443]],
  [2, [0, 65_535]],
  [1, [9092, 9098]],
  [1, [9094, 9094]],
  [1, [1024, 65_535]],
  [1, [1, 1000]],
);

const rule: fc.Arbitrary<Rule> = fc
  .record({
    protocol: weighted<Rule['protocol']>([8, 'tcp'], [3, '-1'], [1, 'udp'], [1, 'icmp']),
    ports,
    peer: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }).map((group) => ({ group })) },
      { weight: 4, arbitrary: cidr.map((value) => ({ cidr: value })) },
      { weight: 1, arbitrary: fc.constant({ list: true as const }) },
      { weight: 1, arbitrary: fc.constant({ ipv6: true as const }) },
    ),
  })
  .map(({ protocol, ports: [from, to], peer }) => ({ protocol, from, to, peer }));

/** Often the default: everything out. */
const egress = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Rule[]>([{ protocol: '-1', from: 0, to: 65_535, peer: { cidr: '0.0.0.0/0' } }]) },
  { weight: 2, arbitrary: fc.array(rule, { maxLength: 4 }) },
);

const entry: fc.Arbitrary<AclEntry> = fc
  .record({
    number: fc.integer({ min: 1, max: 300 }),
    egress: fc.boolean(),
    allow: weighted([3, true], [2, false]),
    protocol: weighted<AclEntry['protocol']>([4, '6'], [3, '-1'], [1, '17']),
    ports,
    cidr,
  })
  .map(({ ports: [from, to], ...rest }) => ({ ...rest, from, to }));

const openEntries: AclEntry[] = [true, false].map((isEgress) => ({
  number: 200,
  egress: isEgress,
  allow: true,
  protocol: '-1',
  from: 0,
  to: 65_535,
  cidr: '0.0.0.0/0',
}));
/** Rule numbers are given once a direction. */
const distinct = (entries: readonly AclEntry[]) => [
  ...new Map(entries.map((entry) => [`${entry.egress} ${entry.number}`, entry])).values(),
];
const acl = fc.oneof(
  { weight: 5, arbitrary: fc.constant(openEntries) },
  { weight: 3, arbitrary: fc.array(entry, { maxLength: 3 }).map((entries) => distinct([...entries, ...openEntries])) },
  { weight: 1, arbitrary: fc.array(entry, { maxLength: 5 }).map(distinct) },
);

const route: fc.Arbitrary<Route> = fc.record({
  cidr: weighted([9, '0.0.0.0/0'], [1, '0.0.0.0/1'], [1, '10.0.1.0/24'], [1, '10.0.0.0/8']),
  target: fc.oneof(
    { weight: 6, arbitrary: weighted([5, 3], [1, 0], [1, 1], [2, 2]).map((nat) => ({ nat })) },
    { weight: 3, arbitrary: fc.constant('igw' as const) },
    { weight: 1, arbitrary: fc.constant('blackhole' as const) },
  ),
});
/** A destination is given once a table; inside the VPC only a dead target, since nobody can see an appliance forward. */
const anyTable = fc
  .array(route, { maxLength: 2 })
  .map((routes) =>
    [...new Map(routes.map((route) => [route.cidr, route])).values()].map((route): Route =>
      route.cidr === '10.0.1.0/24' ? { ...route, target: 'blackhole' } : route,
    ),
  );

/** What lets members of the group in on everything that is asked: without it most random groups are shut. */
const openToItself = (group: number): Rule[] => [{ protocol: 'tcp', from: 0, to: 65_535, peer: { group } }];
const groupAt = (index: number) =>
  fc.record({
    ingress: fc.oneof(
      { weight: 3, arbitrary: fc.array(rule, { maxLength: 4 }) },
      { weight: 2, arbitrary: fc.constant(openToItself(index < 2 ? index : 0)) },
    ),
    egress,
  });

const table = fc.oneof(
  { weight: 2, arbitrary: anyTable },
  { weight: 2, arbitrary: fc.constant<Route[]>([{ cidr: '0.0.0.0/0', target: { nat: 3 } }]) },
);

const tablePlace = fc.option(weighted([3, 0], [3, 1], [2, 2], [1, 3]), { freq: 4 });

const some = (places: number) => fc.uniqueArray(fc.integer({ min: 0, max: places - 1 }), { maxLength: places });

const nat = fc.option(
  fc.record({ available: weighted([7, true], [1, false]), isPublic: weighted([4, true], [1, false]) }),
  { freq: 4 },
);

export const topologies: fc.Arbitrary<Topology> = fc.record({
  pollers: fc.integer({ min: 1, max: 3 }),
  // The last subnet is most often a public one, where the NAT gateway stands.
  tableOf: fc
    .tuple(
      tablePlace,
      tablePlace,
      tablePlace,
      fc.oneof({ weight: 4, arbitrary: fc.constant(3) }, { weight: 1, arbitrary: tablePlace }),
    )
    .map((four) => [...four]),
  // The last table is most often that of public subnets.
  tables: fc
    .tuple(
      table,
      table,
      table,
      fc.oneof(
        { weight: 4, arbitrary: fc.constant<Route[]>([{ cidr: '0.0.0.0/0', target: 'igw' }]) },
        { weight: 1, arbitrary: table },
      ),
    )
    .map((four) => [...four]),
  aclOf: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: subnetCount, maxLength: subnetCount }),
  acls: fc.tuple(fc.constant(openEntries), acl, acl).map((three) => [...three]),
  groups: fc.tuple(groupAt(0), groupAt(1), groupAt(2), groupAt(3)).map((four) => [...four]),
  clusterGroups: fc.oneof(
    { weight: 3, arbitrary: fc.constant<number[]>([0]) },
    { weight: 2, arbitrary: fc.constant<number[]>([0, 1]) },
  ),
  endpointGroups: fc.constantFrom<number[]>([2], [0], [2, 3]),
  nats: fc.tuple(nat, nat, nat, nat).map((four) => [...four]),
  endpoint: fc.option(
    fc.record({
      subnets: fc.uniqueArray(fc.integer({ min: 0, max: subnetCount - 1 }), { minLength: 1, maxLength: 3 }),
      available: weighted([9, true], [1, false]),
      privateDns: weighted([6, true], [1, false]),
    }),
    { freq: 2 },
  ),
  gatewayTables: fc.oneof({ weight: 1, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: some(4) }),
  dns: fc.record({ support: weighted([9, true], [1, false]), hostnames: weighted([9, true], [1, false]) }),
  list: fc.uniqueArray(cidr, { minLength: 1, maxLength: 3 }),
});
