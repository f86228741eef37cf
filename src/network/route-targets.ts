/**
 * The target of a route: internet gateway, NAT instance, transit gateway, peering, or something outside the account.
 */
import { meaningOf } from '../aws/states.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf } from './addresses.js';
import type { Hop } from './answer.js';
import { byNatGateway } from './nat-gateway.js';
import { open, outcome, unread } from './outcome.js';
import { isPublicAccessBlocked, publicAccessBlocked, publicAccessSummary } from './public-access.js';
import { groupsAdmit } from './security-groups.js';
import { followTransitGateway } from './transit-gateway.js';
import { blackholeOf, ended, routeName, targetOf, type Route, type Step, type EgressPath } from './egress-path.js';

/** The hop of a NAT instance that drops what it should forward. */
export const checkedInstance = 'NAT instance with source/destination check enabled';

/** The path of a packet through a route, as far as the account shows it. */
export function followRoute(step: Step, route: Route): EgressPath {
  const to = route.DestinationCidrBlock ?? route.DestinationPrefixListId ?? '';
  const target = targetOf(route);
  if (route.State === 'blackhole') {
    const { state, noun } = blackholeOf(target);
    return ended(
      outcome('blocked', step.subnetId, `${step.tableId}: ${to} → ${target} (blackhole: ${state})`, {
        summary: `${routeName(to)} points to ${noun}`,
      }),
    );
  }
  if (route.NatGatewayId !== undefined) return byNatGateway(step, route.NatGatewayId);
  if (route.NetworkInterfaceId !== undefined || route.InstanceId !== undefined) return byInstance(step, route);
  if (route.TransitGatewayId !== undefined) return followTransitGateway(step, route.TransitGatewayId);
  if (route.VpcPeeringConnectionId !== undefined) return byPeering(step, route.VpcPeeringConnectionId);
  if (route.GatewayId?.startsWith('igw-') === true) return byInternetGateway(step, route.GatewayId, to);
  if (route.GatewayId === 'local')
    return ended(
      outcome('blocked', step.subnetId, `${step.tableId}: ${to} → local (stays in the VPC)`, {
        summary: `${routeName(to)} stays in the VPC`,
      }),
    );
  return ended(outcome('unknown', target, `this account does not show where ${target} leads`), [
    { component: 'route', resource: target, note: to },
  ]);
}

function byInternetGateway({ tableId, inPublic, vpc, subnetId }: Step, id: string, to: string): EgressPath {
  if (inPublic && isPublicAccessBlocked(vpc, subnetId))
    return ended(outcome('blocked', subnetId, publicAccessBlocked, { summary: publicAccessSummary }), [
      { component: 'internet gateway', resource: id, note: 'blocked by VPC Block Public Access' },
    ]);
  if (inPublic) return ended(open, [{ component: 'internet gateway', resource: id, note: to }]);
  return ended(
    outcome('blocked', subnetId, `${tableId}: ${to} → ${id} (internet gateway)`, {
      summary: 'public subnets, but pollers have no public IP address',
    }),
    [{ component: 'internet gateway', resource: id, note: 'drops packets without a public IP address' }],
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
    return ended(outcome('unknown', target, 'AWS does not list its network interface in this VPC'), [hop]);
  // Gateway Load Balancer endpoints and similar are not instances, and have no source/destination check.
  if (networkInterface.SourceDestCheck === true && networkInterface.Attachment?.InstanceId !== undefined)
    return ended(
      outcome('blocked', target, 'NAT instance with source/destination check enabled: it drops forwarded packets', {
        summary: `the NAT instance ${target} has its source/destination check enabled`,
      }),
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
      outcome('blocked', target, `NAT instance whose security groups ${groups.join(', ')} have no inbound rule`, {
        summary: `security groups of the NAT instance ${target} have no inbound rule`,
      }),
      [hop],
    );
  return ended(outcome('unknown', target, 'NAT instance: AWS does not show whether it forwards packets'), [hop]);
}

function byPeering(step: Step, id: string): EgressPath {
  const hop: Hop = { component: 'VPC peering', resource: id, note: 'route' };
  const peering = step.network.reads.peerings[id];
  const state = peering !== undefined && isOk(peering) ? peering.value.Status?.Code : undefined;
  if (meaningOf('peering', state) === 'down')
    return ended(
      outcome('blocked', id, `the VPC peering connection is ${state}`, {
        summary: `VPC peering connection ${id} is ${state}`,
      }),
      [hop],
    );
  return ended(
    outcome('unknown', id, 'leads to another VPC, whose endpoints and routes to the internet are not followed'),
    [hop],
  );
}
