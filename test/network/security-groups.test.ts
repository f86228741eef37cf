import { describe, expect, test } from 'vitest';
import { addressesOf } from '../../src/network/addresses.js';
import { publicInternet } from '../../src/network/path-ends.js';
import { groupsAdmit, type Peer } from '../../src/network/security-groups.js';
import { ok } from '../../src/snapshot/read.js';
import type { IpPermission } from '../../src/snapshot/resources/index.js';
import { indexedVpc, vpcId } from './support/vpc.js';

const port = 9092;
const rule = (from: Partial<IpPermission>): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
  ...from,
});
const fromCidrs = (...cidrs: string[]) => rule({ IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) });

/** Whether a group with these inbound rules admits the peer on the port. */
function admits(rules: IpPermission[], peer: Peer) {
  const { index, vpc } = indexedVpc((reads) => {
    reads.securityGroups[vpcId] = ok([{ GroupId: 'sg-1', VpcId: vpcId, IpPermissions: rules }]);
  });
  return groupsAdmit(index, vpc, ['sg-1'], 'in', { from: port, to: port }, peer).status;
}

describe('a peer whose addresses are not known', () => {
  const unknownPeer: Peer = { groupIds: ['sg-2'], addresses: [], name: 'pollers', cidr: '10.0.0.0/16' };

  test('may be one that a rule admits: unknown, and nobody is blamed', () =>
    expect(admits([fromCidrs('10.0.1.0/24')], unknownPeer)).toBe('unknown'));
  test('is blocked where no rule is for the port', () => {
    expect(admits([], unknownPeer)).toBe('blocked');
    expect(admits([{ ...fromCidrs('10.0.1.0/24'), FromPort: 443, ToPort: 443 }], unknownPeer)).toBe('blocked');
  });
  test('is admitted by its group, or by everything', () => {
    expect(admits([rule({ UserIdGroupPairs: [{ GroupId: 'sg-2' }] })], unknownPeer)).toBe('open');
    expect(admits([fromCidrs('0.0.0.0/0')], unknownPeer)).toBe('open');
  });
});

describe('a rule that names a group of a peered VPC', () => {
  const pollers: Peer = {
    groupIds: ['sg-2'],
    addresses: addressesOf('10.1.0.0/24'),
    name: 'pollers',
    cidr: '10.1.0.0/24',
  };
  test.each([
    ['counts', 'active', 'open'],
    ['does not count once the peering is deleted', 'deleted', 'blocked'],
  ])('%s', (_, PeeringStatus, expected) =>
    expect(admits([rule({ UserIdGroupPairs: [{ GroupId: 'sg-2', PeeringStatus }] })], pollers)).toBe(expected),
  );
});

/** All addresses but 20.0.0.0/10, a thousandth of them. */
const nearlyAll = [
  '0.0.0.0/4',
  '16.0.0.0/6',
  '20.64.0.0/10',
  '20.128.0.0/9',
  '21.0.0.0/8',
  '22.0.0.0/7',
  '24.0.0.0/5',
  '32.0.0.0/3',
  '64.0.0.0/2',
  '128.0.0.0/1',
];

describe('AWS’s public addresses', () => {
  test.each([
    ['are admitted by all but a thousandth of the internet', nearlyAll, 'open'],
    ['are not decided by three quarters of the internet', ['0.0.0.0/1', '128.0.0.0/2'], 'unknown'],
    ['are not decided by half of it', ['0.0.0.0/1'], 'unknown'],
    ['are not among private addresses', ['10.0.0.0/8'], 'blocked'],
  ])('%s', (_, cidrs, expected) => expect(admits([fromCidrs(...cidrs)], publicInternet)).toBe(expected));
});

test('a subnet is admitted whole or not: one address less is not decided', () => {
  const subnet: Peer = { groupIds: [], addresses: addressesOf('10.0.0.0/24'), name: 'subnet', cidr: '10.0.0.0/24' };
  expect(admits([fromCidrs('10.0.0.0/24')], subnet)).toBe('open');
  expect(admits([fromCidrs('10.0.0.0/25', '10.0.0.128/26', '10.0.0.192/27')], subnet)).toBe('unknown');
});
