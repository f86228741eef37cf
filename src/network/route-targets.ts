/**
 * The target of a route: internet gateway, NAT instance, transit gateway, peering, or something outside the account.
 */
import { meaningOf } from '../aws/states.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf } from './addresses.js';
import type { Hop } from './answer.js';
import { byNatGateway } from './nat-gateway.js';
import { open, outcome, unread } from './outcome.js';
import { isPublicAccessBlocked, publicAccessBlocked } from './public-access.js';
import { groupsAdmit } from './security-groups.js';
import { followTransitGateway } from './transit-gateway.js';
import { ended, targetOf, type Route, type Step, type EgressPath } from './egress-path.js';

/** The hop of a NAT instance that drops what it should forward. */
export const checkedInstance = 'NAT instance with its source/destination check on';

/** The path of a packet through a route, as far as the account shows it. */
export function followRoute(step: Step, route: Route): EgressPath {
  const to = route.DestinationCidrBlock ?? route.DestinationPrefixListId ?? '';
  const target = targetOf(route);
  if (route.State === 'blackhole')
    return ended(
      outcome(
        'blocked',
        step.tableId,
        `its route to ${to} by ${target} is a blackhole: the target is gone or detached`,
      ),
    );
  if (route.NatGatewayId !== undefined) return byNatGateway(step, route.NatGatewayId);
  if (route.NetworkInterfaceId !== undefined || route.InstanceId !== undefined) return byInstance(step, route);
  if (route.TransitGatewayId !== undefined) return followTransitGateway(step, route.TransitGatewayId);
  if (route.VpcPeeringConnectionId !== undefined) return byPeering(step, route.VpcPeeringConnectionId);
  if (route.GatewayId?.startsWith('igw-') === true) return byInternetGateway(step, route.GatewayId, to);
  if (route.GatewayId === 'local')
    return ended(outcome('blocked', step.tableId, `its route to ${to} stays inside the VPC`));
  return ended(outcome('unknown', target, `where ${target} leads is not to be seen from this account`), [
    { component: 'route', resource: target, note: to },
  ]);
}

function byInternetGateway({ tableId, inPublic, vpc, subnetId }: Step, id: string, to: string): EgressPath {
  if (inPublic && isPublicAccessBlocked(vpc, subnetId))
    return ended(outcome('blocked', subnetId, publicAccessBlocked), [
      { component: 'internet gateway', resource: id, note: 'closed by VPC Block Public Access' },
    ]);
  if (inPublic) return ended(open, [{ component: 'internet gateway', resource: id, note: to }]);
  return ended(
    outcome(
      'blocked',
      tableId,
      `its route to ${to} goes to the internet gateway ${id}, which drops what has no public address, and the pollers’ interfaces have none`,
    ),
    [{ component: 'internet gateway', resource: id, note: 'drops what has no public address' }],
  );
}

function byInstance(step: Step, route: Route): EgressPath {
  const { network, vpc, subnetId } = step;
  const target = route.NetworkInterfaceId ?? route.InstanceId!;
  const hop: Hop = { component: 'NAT instance', resource: target, note: 'default route' };
  if (!isOk(vpc.interfaces)) return ended(unread(vpc.interfaces), [hop]);
  const networkInterface = vpc.interfaces.value.find(
    (candidate) =>
      candidate.NetworkInterfaceId === route.NetworkInterfaceId ||
      (route.InstanceId !== undefined && candidate.Attachment?.InstanceId === route.InstanceId),
  );
  if (networkInterface === undefined)
    return ended(outcome('unknown', target, 'its network interface is not among those that AWS lists in this VPC'), [
      hop,
    ]);
  // Gateway Load Balancer endpoints and similar are not instances, and have no source/destination check.
  if (networkInterface.SourceDestCheck === true && networkInterface.Attachment?.InstanceId !== undefined)
    return ended(
      outcome(
        'blocked',
        target,
        'it is used as a NAT instance, but its source/destination check is on: it drops what is not its own',
      ),
      [{ ...hop, component: checkedInstance, resource: networkInterface.NetworkInterfaceId }],
    );
  const groups = networkInterface.Groups.flatMap(({ GroupId }) => GroupId ?? []);
  const cidr = vpc.subnets.get(subnetId)?.CidrBlock ?? '';
  const admits = groupsAdmit(
    network,
    vpc,
    groups,
    'in',
    { from: 443, to: 443 },
    { groupIds: [], addresses: addressesOf(cidr), name: `${subnetId} (${cidr})`, cidr },
  );
  // Rules may name the pollers' security group, which is not known here: only security groups without any rule for
  // 443 are certain to block.
  const closed =
    admits.status === 'blocked' &&
    isOk(vpc.groups) &&
    groups.every((id) => isOk(vpc.groups) && vpc.groups.value.get(id)?.IpPermissions.length === 0);
  if (closed)
    return ended(
      outcome(
        'blocked',
        target,
        `it is used as a NAT instance, but its security groups ${groups.join(', ')} let nothing in`,
      ),
      [hop],
    );
  return ended(
    outcome(
      'unknown',
      target,
      'it is used as a NAT instance, and whether it forwards packets is not to be seen from outside',
    ),
    [hop],
  );
}

function byPeering(step: Step, id: string): EgressPath {
  const hop: Hop = { component: 'VPC peering', resource: id, note: 'route' };
  const peering = step.network.reads.peerings[id];
  const state = peering !== undefined && isOk(peering) ? peering.value.Status?.Code : undefined;
  if (meaningOf('peering', state) === 'down')
    return ended(outcome('blocked', id, `the VPC peering connection is ${state}`), [hop]);
  return ended(outcome('unknown', id, 'it leads to another VPC, whose endpoints and ways out are not followed'), [hop]);
}
