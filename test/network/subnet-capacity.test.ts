import { describe, expect, test } from 'vitest';
import { judgeCapacity } from '../../src/network/subnet-capacity.js';
import { ok } from '../../src/snapshot/read.js';
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
