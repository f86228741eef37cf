/** Topologies on which the solver and the Linux kernel once disagreed, made as small as they go. */
import { expect, test } from 'vitest';
import { answersOf } from './support/reads.js';
import type { AclEntry, Rule, Topology } from './support/topology.js';

const everyEntry = (egress: boolean): AclEntry => ({
  number: 200,
  egress,
  allow: true,
  protocol: '-1',
  from: 0,
  to: 65_535,
  cidr: '0.0.0.0/0',
});
const openEntries = [everyEntry(true), everyEntry(false)];
const everything: Rule = { protocol: '-1', from: 0, to: 65_535, peer: { cidr: '0.0.0.0/0' } };
const openGroup = { ingress: [everything], egress: [everything] };

/** One poller subnet in which everything is open, and no way out. */
const plain: Topology = {
  pollers: 1,
  tableOf: [null, null, null, null],
  tables: [[], [], [], []],
  aclOf: [0, 0, 0, 0],
  acls: [openEntries, openEntries, openEntries],
  groups: [openGroup, openGroup, openGroup, openGroup],
  clusterGroups: [0],
  endpointGroups: [2],
  nats: [null, null, null, null],
  endpoint: null,
  gatewayTables: [],
  dns: { support: true, hostnames: true },
  list: ['10.0.0.0/16'],
};
const answer = (topology: Topology, path: string) => answersOf(topology).get(path)!.answer;

test('an ACL that lets answers back to a few ports only lets next to no connection through', () => {
  const few: AclEntry[] = [
    everyEntry(true),
    { number: 100, egress: false, allow: true, protocol: '6', from: 9092, to: 9098, cidr: '10.0.0.0/16' },
  ];
  const topology: Topology = { ...plain, pollers: 2, aclOf: [1, 0, 0, 0], acls: [openEntries, few, openEntries] };
  expect(answer(topology, 'subnet-0 > broker 1')).toBe('blocked');
  expect(answer(topology, 'subnet-0 > broker 0')).toBe('reaches');
});

test('of an endpoint’s interfaces one may be let out to, in a part of its subnet: not to be told', () => {
  const topology: Topology = {
    ...plain,
    groups: [
      { ingress: [everything], egress: [{ protocol: 'tcp', from: 443, to: 443, peer: { cidr: '10.0.0.0/25' } }] },
      openGroup,
      openGroup,
      openGroup,
    ],
    endpoint: { subnets: [2, 0], available: true, privateDns: true },
  };
  expect(answer(topology, 'subnet-0 > sts')).toBe('unknown');
});

test('one interface that the groups let out to and another that the ACL lets through are no way', () => {
  const shut: AclEntry[] = [everyEntry(true), { ...everyEntry(false), number: 100, allow: false }];
  const topology: Topology = {
    ...plain,
    aclOf: [0, 1, 0, 0],
    acls: [openEntries, shut, openEntries],
    groups: [
      { ingress: [everything], egress: [{ protocol: 'tcp', from: 443, to: 443, peer: { cidr: '10.0.1.0/24' } }] },
      openGroup,
      openGroup,
      openGroup,
    ],
    endpoint: { subnets: [1, 2], available: true, privateDns: true },
  };
  expect(answer(topology, 'subnet-0 > sts')).toBe('blocked');
});

test('a NAT gateway sends nothing to the gateway endpoint of its own subnet', () => {
  const topology: Topology = {
    ...plain,
    tableOf: [null, 2, null, null],
    tables: [[{ cidr: '0.0.0.0/0', target: { nat: 1 } }], [], [], []],
    nats: [null, { available: true, isPublic: true }, null, null],
    gatewayTables: [2],
  };
  expect(answer(topology, 'subnet-0 > s3')).toBe('blocked');
});

test('a private NAT gateway before a public one: each asks the ACL of its own subnet about the one before it', () => {
  const nat = (isPublic: boolean) => ({ available: true, isPublic });
  const fromSubnetOne: AclEntry[] = [
    everyEntry(true),
    { ...everyEntry(false), number: 100, cidr: '10.0.1.0/24' },
    { ...everyEntry(false), number: 110, cidr: '10.0.0.0/16', allow: false },
    everyEntry(false),
  ];
  const topology: Topology = {
    ...plain,
    tableOf: [0, 1, 2, null],
    tables: [
      [{ cidr: '0.0.0.0/0', target: { nat: 1 } }],
      [{ cidr: '0.0.0.0/0', target: { nat: 2 } }],
      [{ cidr: '0.0.0.0/0', target: 'igw' }],
      [],
    ],
    nats: [null, nat(false), nat(true), null],
    aclOf: [0, 0, 1, 0],
    acls: [openEntries, fromSubnetOne, openEntries],
  };
  expect(answer(topology, 'subnet-0 > sts')).toBe('reaches');
});
