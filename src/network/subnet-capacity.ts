/** Whether Lambda can create a network interface in a subnet. */
import { isOfLambda } from '../snapshot/lambda-interface.js';
import { isOk } from '../snapshot/read.js';
import { freeAddress, usersOf, withoutSubnet } from './fixes/subnets.js';
import type { NetworkIndex } from './network-index.js';
import type { NetworkQuestion } from './question.js';
import { open, outcome, unread, type Outcome } from './outcome.js';

/**
 * With fewer free addresses a subnet is nearly full. The five addresses that AWS reserves in each subnet do not
 * count as free.
 */
const few = 5;

/**
 * A full subnet stops a mapping only where Lambda has no interface there yet: all mappings and functions of the
 * account with the same subnet and security groups share one (AWS: Hyperplane ENIs).
 */
export function judgeCapacity(
  network: NetworkIndex,
  subnetId: string,
  groupIds: readonly string[],
  polls: NetworkQuestion['polls'],
): Outcome {
  const read = network.subnet(subnetId);
  if (!isOk(read))
    return read.outcome === 'not-found'
      ? outcome('blocked', subnetId, 'AWS does not list this subnet', {
          fixes: [withoutSubnet(subnetId)],
          summary: 'deleted',
        })
      : unread(read);
  const { AvailableIpAddressCount: free, VpcId: vpcId } = read.value;
  if (free === undefined || free >= few) return open;
  if (free > 0) return outcome('warn', subnetId, `${free} free IP address${free === 1 ? '' : 'es'}`);
  const interfaces = vpcId === undefined ? undefined : network.vpc(vpcId).interfaces;
  const full = 'no free IP address';
  if (polls === 'proved')
    return outcome('warn', subnetId, `${full}; the mapping polls, so Lambda already has its network interface there`);
  if (interfaces === undefined || !isOk(interfaces))
    return {
      ...outcome('unknown', subnetId, `${full}; unknown whether Lambda already has a network interface there`),
      missing: interfaces === undefined ? [] : [interfaces],
    };
  const inSubnet = interfaces.value.filter((candidate) => candidate.SubnetId === subnetId);
  const hasInterface = inSubnet.some(
    // If no security group is named, Lambda's interface may have any.
    (candidate) =>
      isOfLambda(candidate) &&
      (groupIds.length === 0 ||
        sameMembers(
          candidate.Groups.flatMap(({ GroupId }) => GroupId ?? []),
          groupIds,
        )),
  );
  if (hasInterface) return outcome('warn', subnetId, `${full}; Lambda already has a network interface there`);
  const users = inSubnet.length === 0 ? '' : ` (network interfaces in the subnet: ${usersOf(inSubnet)})`;
  return outcome('blocked', subnetId, `0 free IP addresses, no network interface of Lambda${users}`, {
    fixes: freeAddress(subnetId, inSubnet),
    summary: 'full',
  });
}

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));
