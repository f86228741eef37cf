import { describe, expect, test } from 'vitest';
import { freeAddress, usersOf } from '../../src/network/fixes/subnets.js';
import { judgeCapacity } from '../../src/network/subnet-capacity.js';
import { ok } from '../../src/snapshot/read.js';
import type { NetworkInterface } from '../../src/snapshot/resources/index.js';
import { indexedVpc, vpcId } from './support/vpc.js';

/** A subnet with so many free addresses, and an interface of Lambda's in it with these groups. */
function judge(free: number, groupsOfInterface: string[] | null, groupIds: string[] = ['sg-1']) {
  const { index } = indexedVpc((reads) => {
    reads.subnets['subnet-1'] = ok({
      SubnetId: 'subnet-1',
      VpcId: vpcId,
      AvailableIpAddressCount: free,
      Ipv6CidrBlockAssociationSet: [],
    });
    reads.networkInterfaces[vpcId] = ok(
      groupsOfInterface === null
        ? []
        : [
            {
              NetworkInterfaceId: 'eni-1',
              VpcId: vpcId,
              SubnetId: 'subnet-1',
              InterfaceType: 'lambda',
              Groups: groupsOfInterface.map((GroupId) => ({ GroupId })),
            },
          ],
    );
  });
  return judgeCapacity(index, 'subnet-1', groupIds, 'not-shown').status;
}

describe('free addresses', () => {
  test.each([
    [200, 'open'],
    [5, 'open'],
    [4, 'warn'],
    [1, 'warn'],
  ])('%d: %s', (free, expected) => expect(judge(free, null)).toBe(expected));
});

describe('a full subnet', () => {
  test.each<[string, string[] | null, string[], string]>([
    ['is no obstacle with an interface of the same groups', ['sg-2', 'sg-1'], ['sg-1', 'sg-2'], 'warn'],
    ['is one without an interface', null, ['sg-1'], 'blocked'],
    ['is one with an interface of more groups, which is not shared', ['sg-1', 'sg-2'], ['sg-1'], 'blocked'],
    ['is one with an interface of fewer groups', ['sg-1'], ['sg-1', 'sg-2'], 'blocked'],
    ['is one with an interface of other groups', ['sg-2'], ['sg-1'], 'blocked'],
    ['is no obstacle where any group may be Lambda’s', ['sg-2'], [], 'warn'],
  ])('%s', (_, groupsOfInterface, groupIds, expected) => expect(judge(0, groupsOfInterface, groupIds)).toBe(expected));
});

describe('the fix of a full subnet', () => {
  const networkInterface = (id: string, more: Partial<NetworkInterface>): NetworkInterface => ({
    NetworkInterfaceId: id,
    VpcId: vpcId,
    SubnetId: 'subnet-1',
    InterfaceType: 'interface',
    Status: 'in-use',
    Attachment: {},
    Groups: [],
    ...more,
  });
  const unused = { Status: 'available', Attachment: undefined };
  const deletedOf = (...interfaces: NetworkInterface[]) =>
    freeAddress('subnet-1', interfaces).map(({ safety, changes }) => [
      safety,
      ...changes.map(({ input }) => input['NetworkInterfaceId']),
    ]);
  const byHand = ['by-hand'];
  test.each<[string, NetworkInterface[], unknown[][]]>([
    ['no interface', [], [byHand]],
    ['all in use', [networkInterface('eni-1', {})], [byHand]],
    ['one unused', [networkInterface('eni-1', unused)], [['risky', 'eni-1'], byHand]],
    ['still attached, whatever its state', [networkInterface('eni-1', { Status: 'available' })], [byHand]],
    [
      'two unused: one is enough',
      [networkInterface('eni-2', unused), networkInterface('eni-1', unused)],
      [['risky', 'eni-1'], byHand],
    ],
    [
      'a NAT gateway’s and an endpoint’s are their services’',
      ['nat_gateway', 'vpc_endpoint', 'network_load_balancer'].map((InterfaceType) =>
        networkInterface('eni-1', { ...unused, InterfaceType }),
      ),
      [byHand],
    ],
    [
      'Lambda’s last',
      [
        networkInterface('eni-1', { ...unused, InterfaceType: 'lambda' }),
        networkInterface('eni-2', { ...unused, InterfaceType: undefined }),
      ],
      [['risky', 'eni-2'], byHand],
    ],
    [
      'Lambda’s where there is no other',
      [networkInterface('eni-1', { ...unused, InterfaceType: 'lambda' })],
      [['risky', 'eni-1'], byHand],
    ],
  ])('%s', (_, interfaces, expected) => expect(deletedOf(...interfaces)).toEqual(expected));

  test('who uses the addresses is said', () =>
    expect(
      usersOf([
        networkInterface('eni-1', {}),
        networkInterface('eni-2', {}),
        networkInterface('eni-3', unused),
        networkInterface('eni-4', { InterfaceType: 'vpc_endpoint' }),
      ]),
    ).toBe('1 unused, 1 vpc_endpoint, 2 interface'));
});
