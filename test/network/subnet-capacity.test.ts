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
  test.each<{ name: string; interfaces: NetworkInterface[]; expected: unknown[][] }>([
    { name: 'no interface', interfaces: [], expected: [byHand] },
    { name: 'all in use', interfaces: [networkInterface('eni-1', {})], expected: [byHand] },
    { name: 'one unused', interfaces: [networkInterface('eni-1', unused)], expected: [['risky', 'eni-1'], byHand] },
    {
      name: 'still attached, whatever its state',
      interfaces: [networkInterface('eni-1', { Status: 'available' })],
      expected: [byHand],
    },
    {
      name: 'two unused: one is enough',
      interfaces: [networkInterface('eni-2', unused), networkInterface('eni-1', unused)],
      expected: [['risky', 'eni-1'], byHand],
    },
    {
      name: 'a NAT gateway’s and an endpoint’s are their services’',
      interfaces: ['nat_gateway', 'vpc_endpoint', 'network_load_balancer'].map((InterfaceType) =>
        networkInterface('eni-1', { ...unused, InterfaceType }),
      ),
      expected: [byHand],
    },
    {
      name: 'Lambda’s last',
      interfaces: [
        networkInterface('eni-1', { ...unused, InterfaceType: 'lambda' }),
        networkInterface('eni-2', { ...unused, InterfaceType: undefined }),
      ],
      expected: [['risky', 'eni-2'], byHand],
    },
    {
      name: 'Lambda’s where there is no other',
      interfaces: [networkInterface('eni-1', { ...unused, InterfaceType: 'lambda' })],
      expected: [['risky', 'eni-1'], byHand],
    },
  ])('$name', ({ interfaces, expected }) => expect(deletedOf(...interfaces)).toEqual(expected));

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
