/** Where a route's target leads: NAT gateway, NAT instance, transit gateway, peering, and what is past the account. */
import type { RouteTable } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf, everything } from './addresses.js';
import type { Hop } from './answer.js';
import { routeTableOf, type Atlas, type Vpc } from './atlas.js';
import { open, outcome, unread, type Outcome } from './outcome.js';
import { wayOut, type WayOut } from './routes.js';
import { groupsAdmit } from './security-groups.js';
import { followTransitGateway } from './transit-gateway.js';

export type Route = RouteTable['Routes'][number];

/** Where the packet is: the subnet whose table is asked, and the tables it has passed. */
export interface Step {
  atlas: Atlas;
  vpc: Vpc;
  subnetId: string;
  tableId: string;
  passed: readonly string[];
}

export const ended = (end: Outcome, hops: Hop[] = []): WayOut => ({ outcome: end, hops, natSubnets: [] });

export function followRoute(step: Step, route: Route): WayOut {
  const to = route.DestinationCidrBlock ?? route.DestinationPrefixListId ?? '';
  const target =
    route.NatGatewayId ?? route.TransitGatewayId ?? route.NetworkInterfaceId ?? route.InstanceId ?? route.VpcPeeringConnectionId ??
    route.GatewayId ?? route.CoreNetworkArn ?? route.LocalGatewayId ?? route.CarrierGatewayId ?? 'a target that AWS does not name';
  if (route.State === 'blackhole') return ended(outcome('blocked', step.tableId, `its route to ${to} by ${target} is a blackhole: the target is gone or detached`));
  if (route.NatGatewayId !== undefined) return byNatGateway(step, route.NatGatewayId);
  if (route.NetworkInterfaceId !== undefined || route.InstanceId !== undefined) return byInstance(step, route);
  if (route.TransitGatewayId !== undefined) return followTransitGateway(step, route.TransitGatewayId);
  if (route.VpcPeeringConnectionId !== undefined) return byPeering(step, route.VpcPeeringConnectionId);
  if (route.GatewayId?.startsWith('igw-') === true)
    return ended(
      outcome('blocked', step.tableId, `its route to ${to} goes to the internet gateway ${route.GatewayId}, which drops what has no public address, and the pollers’ interfaces have none`),
      [{ component: 'internet gateway', resource: route.GatewayId, note: 'drops what has no public address' }],
    );
  if (route.GatewayId === 'local') return ended(outcome('blocked', step.tableId, `its route to ${to} stays inside the VPC`));
  return ended(outcome('unknown', target, `where ${target} leads is not to be seen from this account`), [{ component: 'route', resource: target, note: to }]);
}

function byNatGateway(step: Step, id: string): WayOut {
  const { atlas, vpc, passed } = step;
  const hop: Hop = { component: 'NAT gateway', resource: id, note: 'default route' };
  if (!isOk(vpc.natGateways)) return ended(unread(vpc.natGateways), [hop]);
  const gateway = vpc.natGateways.value.get(id);
  if (gateway === undefined) return ended(outcome('unknown', id, 'the NAT gateway is not among those that AWS lists in this VPC'), [hop]);
  const { State: state, ConnectivityType: kind, SubnetId: subnetId, FailureMessage: failure, AvailabilityMode: mode } = gateway;
  if (state !== undefined && state.toLowerCase() !== 'available')
    return ended(outcome('blocked', id, `the NAT gateway is ${state}${failure === undefined ? '' : `: ${failure}`}`), [hop]);
  // A regional NAT gateway stands in no subnet and brings its own way out (AWS: regional NAT gateways).
  if (subnetId === undefined || mode === 'regional') return ended(open, [hop]);
  if (kind === 'private') {
    const on = wayOut(atlas, vpc, subnetId, passed);
    const from = { vpc, subnetId };
    return on.outcome.is === 'blocked'
      ? ended(outcome('blocked', id, `it is a private NAT gateway, and its own subnet ${subnetId} has no way out`), [hop])
      : { ...on, hops: [hop, ...on.hops], natSubnets: [from, ...on.natSubnets] };
  }
  const way = publicWay(vpc, subnetId);
  if (way.is !== 'open') return ended(way.is === 'blocked' ? outcome('blocked', id, way.facts[0]!.fact) : way, [hop]);
  return { outcome: open, hops: [hop, { component: 'internet gateway', resource: 'internet gateway', note: `of ${subnetId}` }], natSubnets: [{ vpc, subnetId }] };
}

/** Whether a subnet itself leads to an internet gateway, for what has a public address there. */
function publicWay(vpc: Vpc, subnetId: string): Outcome {
  const table = routeTableOf(vpc, subnetId);
  if (!isOk(table)) return unread(table);
  if (table.value === undefined) return outcome('unknown', subnetId, 'AWS lists no route table for it');
  const route = table.value.Routes.find((one) => one.DestinationCidrBlock === '0.0.0.0/0');
  const standsIn = `it stands in ${subnetId}, whose route table ${table.value.RouteTableId}`;
  if (route === undefined) {
    const parts = table.value.Routes.filter((one) => addressesOf(one.DestinationCidrBlock ?? '').some(([first, last]) => last - first >= everything[0]![1] / 256));
    return parts.some((one) => one.GatewayId !== 'local') ? outcome('unknown', subnetId, 'its routes split the internet') : outcome('blocked', subnetId, `${standsIn} has no route to an internet gateway`);
  }
  if (route.State === 'blackhole') return outcome('blocked', subnetId, `${standsIn} leads into a blackhole`);
  if (route.GatewayId?.startsWith('igw-') === true) return open;
  if (route.NatGatewayId !== undefined) return outcome('blocked', subnetId, `${standsIn} leads to the NAT gateway ${route.NatGatewayId} and not to an internet gateway`);
  // Behind a firewall or another appliance the way goes on unseen.
  return outcome('unknown', subnetId, 'its default route leads to an appliance whose further way is not to be seen');
}

function byInstance(step: Step, route: Route): WayOut {
  const { atlas, vpc, subnetId } = step;
  const target = route.NetworkInterfaceId ?? route.InstanceId!;
  const hop: Hop = { component: 'NAT instance', resource: target, note: 'default route' };
  if (!isOk(vpc.interfaces)) return ended(unread(vpc.interfaces), [hop]);
  const found = vpc.interfaces.value.find(
    (one) => one.NetworkInterfaceId === route.NetworkInterfaceId || (route.InstanceId !== undefined && one.Attachment?.InstanceId === route.InstanceId),
  );
  if (found === undefined) return ended(outcome('unknown', target, 'its network interface is not among those that AWS lists in this VPC'), [hop]);
  // Gateway Load Balancer endpoints and the like are no instances, and have no such check to turn off.
  if (found.SourceDestCheck === true && found.Attachment?.InstanceId !== undefined)
    return ended(outcome('blocked', target, 'it is used as a NAT instance, but its source/destination check is on: it drops what is not its own'), [hop]);
  const groups = found.Groups.flatMap(({ GroupId }) => GroupId ?? []);
  const cidr = vpc.subnets.get(subnetId)?.CidrBlock ?? '';
  const admits = groupsAdmit(atlas, vpc, groups, 'in', { from: 443, to: 443 }, { groupIds: [], addresses: addressesOf(cidr), name: `${subnetId} (${cidr})`, cidr });
  // Rules may name the pollers' group, which is not known here: only a group without any rule for 443 is sure.
  const closed = admits.is === 'blocked' && isOk(vpc.groups) && groups.every((id) => isOk(vpc.groups) && vpc.groups.value.get(id)?.IpPermissions.length === 0);
  if (closed) return ended(outcome('blocked', target, `it is used as a NAT instance, but its security groups ${groups.join(', ')} let nothing in`), [hop]);
  return ended(outcome('unknown', target, 'it is used as a NAT instance, and whether it forwards packets is not to be seen from outside'), [hop]);
}

function byPeering(step: Step, id: string): WayOut {
  const hop: Hop = { component: 'VPC peering', resource: id, note: 'route' };
  const peering = step.atlas.reads.peerings[id];
  const state = peering !== undefined && isOk(peering) ? peering.value.Status?.Code : undefined;
  if (state !== undefined && state !== 'active') return ended(outcome('blocked', id, `the VPC peering connection is ${state}`), [hop]);
  return ended(outcome('unknown', id, 'it leads to another VPC, whose endpoints and ways out are not followed'), [hop]);
}
