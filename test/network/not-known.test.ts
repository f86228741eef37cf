/** What could not be read of security groups and network ACLs stays unknown, and does not hide a block. */
import { describe, expect, test } from 'vitest';
import { addressesOf } from '../../src/network/addresses.js';
import { aclPasses } from '../../src/network/network-acls.js';
import { any, every, open, unread, type Outcome } from '../../src/network/outcome.js';
import { groupsAdmit, type Peer } from '../../src/network/security-groups.js';
import { ok } from '../../src/snapshot/read.js';
import type { IpPermission, SecurityGroup } from '../../src/snapshot/resources/index.js';
import { denied } from '../accounts/account.js';
import { indexedVpc, vpcId } from './support/vpc.js';

const blocked: Outcome = { status: 'blocked', facts: [{ resource: 'a', fact: 'is closed' }], missing: [], fixes: [] };
const unknown = unread(denied('ec2', 'DescribeSecurityGroups'));

describe('several outcomes', () => {
  test.each([
    { name: 'every: a block decides beside what is unknown', answer: every([unknown, open, blocked]), is: 'blocked' },
    { name: 'every: unknown beside open', answer: every([open, unknown]), is: 'unknown' },
    { name: 'every: all open', answer: every([open, open]), is: 'open' },
    { name: 'every: none', answer: every([]), is: 'open' },
    { name: 'any: open decides', answer: any([blocked, unknown, open]), is: 'open' },
    { name: 'any: unknown beside blocked', answer: any([blocked, unknown]), is: 'unknown' },
    { name: 'any: all blocked', answer: any([blocked, blocked]), is: 'blocked' },
    { name: 'any: none', answer: any([]), is: 'open' },
  ])('$name', ({ answer, is }) => expect(answer.status).toBe(is));

  test('reasons of another severity are left out, and each is there once', () => {
    expect(every([unknown, blocked, blocked])).toMatchObject({ facts: blocked.facts, missing: [] });
    expect(any([blocked, blocked]).facts).toEqual(blocked.facts);
    expect(any([blocked, unknown])).toMatchObject({ facts: [], missing: unknown.missing });
  });
});

describe('security groups', () => {
  const peer: Peer = {
    groupIds: ['sg-2'],
    addresses: addressesOf('10.0.0.0/24'),
    name: 'brokers',
    cidr: '10.0.0.0/24',
  };
  const rule = (from: number, to: number, cidr = '10.0.0.0/16'): IpPermission => ({
    IpProtocol: 'tcp',
    FromPort: from,
    ToPort: to,
    IpRanges: [{ CidrIp: cidr }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  });
  const group = (GroupId: string, rules: Partial<SecurityGroup>): SecurityGroup => ({
    GroupId,
    VpcId: vpcId,
    IpPermissions: [],
    ...rules,
  });
  const judge = (
    groups: SecurityGroup[],
    ids: string[],
    direction: 'in' | 'out' = 'in',
    ports = { from: 9098, to: 9098 },
  ) => {
    const { index, vpc } = indexedVpc((reads) => void (reads.securityGroups[vpcId] = ok(groups)));
    return groupsAdmit(index, vpc, ids, direction, ports, peer);
  };
  const closed = group('sg-1', { IpPermissions: [], IpPermissionsEgress: [] });
  const admitting = group('sg-1', { IpPermissions: [rule(9098, 9098)], IpPermissionsEgress: [rule(9098, 9098)] });

  test('a group that AWS does not list may have the rule: unknown, and it is named', () => {
    const answer = judge([closed], ['sg-1', 'sg-gone']);
    expect(answer.status).toBe('unknown');
    expect(answer.facts).toEqual([{ resource: 'sg-gone', fact: expect.stringContaining(vpcId) as string }]);
  });
  test('a group that is not listed takes nothing from a rule that admits', () =>
    expect(judge([admitting], ['sg-1', 'sg-gone']).status).toBe('open'));
  test('outbound rules that AWS does not show: unknown, and the group is named', () => {
    const answer = judge([group('sg-1', { IpPermissions: [rule(0, 65_535)] })], ['sg-1'], 'out');
    expect(answer.status).toBe('unknown');
    expect(answer.facts).toEqual([{ resource: 'sg-1', fact: expect.stringContaining('outbound') as string }]);
  });
  test('a group without any rule blocks, and says so of each group', () => {
    const answer = judge([closed, { ...closed, GroupId: 'sg-3' }], ['sg-1', 'sg-3']);
    expect(answer.status).toBe('blocked');
    expect(answer.facts.map(({ resource }) => resource)).toEqual(['sg-1', 'sg-1', 'sg-3', 'sg-3']);
  });
  test.each([
    { name: 'all of several ports', rules: [rule(9092, 9098)], status: 'open' },
    { name: 'all of several ports, by two rules', rules: [rule(9092, 9094), rule(9095, 9098)], status: 'open' },
    { name: 'all protocols', rules: [{ ...rule(1, 2), IpProtocol: '-1' }], status: 'open' },
    { name: 'another protocol', rules: [{ ...rule(9092, 9098), IpProtocol: 'udp' }], status: 'blocked' },
    { name: 'ports below', rules: [rule(9000, 9091)], status: 'blocked' },
    { name: 'ports above', rules: [rule(9099, 9100)], status: 'blocked' },
    { name: 'other addresses', rules: [rule(9092, 9098, '10.9.0.0/16')], status: 'blocked' },
  ])('$name: $status', ({ rules, status }) =>
    expect(judge([group('sg-1', { IpPermissions: rules })], ['sg-1'], 'in', { from: 9092, to: 9098 }).status).toBe(
      status,
    ),
  );
  test('some of the ports, or some of the addresses, is neither open nor blocked', () => {
    const ports = judge([admitting], ['sg-1'], 'in', { from: 9092, to: 9098 });
    const addresses = judge([group('sg-1', { IpPermissions: [rule(9098, 9098, '10.0.0.0/25')] })], ['sg-1']);
    expect(['open', 'blocked']).not.toContain(ports.status);
    expect(['open', 'blocked']).not.toContain(addresses.status);
  });
});

describe('network ACLs', () => {
  const peer: Peer = { groupIds: [], addresses: addressesOf('10.0.0.0/24'), name: 'brokers', cidr: '10.0.0.0/24' };
  type Entry = [egress: boolean, number: number, action: 'allow' | 'deny', from: number, to: number, cidr?: string];
  const acl = (entries: Entry[] | null, isAssociated = true) => {
    const { vpc } = indexedVpc((reads) => {
      reads.networkAcls[vpcId] = ok(
        entries === null
          ? []
          : [
              {
                NetworkAclId: 'acl-1',
                IsDefault: false,
                Associations: isAssociated ? [{ SubnetId: 'subnet-1' }] : [],
                Entries: entries.map(([Egress, RuleNumber, RuleAction, From, To, CidrBlock = '0.0.0.0/0']) => ({
                  Egress,
                  RuleNumber,
                  RuleAction,
                  Protocol: '6',
                  CidrBlock,
                  PortRange: { From, To },
                })),
              },
            ],
      );
    });
    return aclPasses(vpc, 'subnet-1', 'in', { from: 9098, to: 9098 }, peer).status;
  };
  const replies: Entry = [true, 100, 'allow', 1024, 65_535];
  test.each<{ name: string; entries: Entry[] | null; isAssociated?: boolean; status: string }>([
    { name: 'no ACL is listed', entries: null, status: 'unknown' },
    { name: 'no ACL of the subnet is listed', entries: [replies], isAssociated: false, status: 'unknown' },
    { name: 'both directions are allowed', entries: [[false, 100, 'allow', 9098, 9098], replies], status: 'open' },
    { name: 'replies are not allowed', entries: [[false, 100, 'allow', 9098, 9098]], status: 'blocked' },
    { name: 'requests are not allowed', entries: [replies], status: 'blocked' },
    {
      name: 'a lower number denies first',
      entries: [[false, 90, 'deny', 9000, 9100], [false, 100, 'allow', 9098, 9098], replies],
      status: 'blocked',
    },
    {
      name: 'a higher number denies too late',
      entries: [[false, 100, 'allow', 9098, 9098], [false, 110, 'deny', 9000, 9100], replies],
      status: 'open',
    },
  ])('$name: $status', ({ entries, isAssociated, status }) => expect(acl(entries, isAssociated)).toBe(status));
});
