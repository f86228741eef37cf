/** Whether a subnet's default route leads out to AWS's public addresses, followed as far as the account shows. */
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Route } from '../snapshot/resources/index.js';
import type { Hop, NetworkFact } from './answer.js';
import { internet } from './cidr.js';
import type { VpcView } from './view.js';

export interface WayOut {
  answer: 'open' | 'blocked' | 'unknown';
  facts: NetworkFact[];
  missing: ReadFailure[];
  hops: Hop[];
  /** The subnet of the NAT gateway on the way, whose network ACL counts too. */
  natSubnetId?: string;
  tableId?: string;
}

const open = (hops: Hop[], natSubnetId?: string): WayOut => ({ answer: 'open', facts: [], missing: [], hops, natSubnetId });
const blocked = (resource: string, fact: string, hops: Hop[] = []): WayOut => ({ answer: 'blocked', facts: [{ resource, fact }], missing: [], hops });
const unknown = (resource: string, fact: string, missing: ReadFailure[] = [], hops: Hop[] = []): WayOut => ({ answer: 'unknown', facts: [{ resource, fact }], missing, hops });

/** The way out of a subnet whose interfaces have no public address, as the pollers' have none. */
export function wayOut(view: VpcView, subnetId: string): WayOut {
  const table = view.table(subnetId);
  if (!isOk(table)) return unknown(subnetId, 'its route table could not be read', [table]);
  if (table.value === null) return unknown(subnetId, 'AWS lists no route table for it');
  const { RouteTableId: tableId, Routes: routes } = table.value;
  const hop: Hop = { component: 'route table', resource: tableId, note: `of ${subnetId}` };
  const route = routes.find((one) => one.DestinationCidrBlock === internet);
  const way = route === undefined ? withoutDefault(routes, tableId, subnetId) : follow(view, route, tableId);
  return { ...way, tableId, hops: [hop, ...way.hops] };
}

function withoutDefault(routes: readonly Route[], tableId: string, subnetId: string): WayOut {
  // Halves of the internet, or public networks one by one, may cover the services or not.
  const public_ = routes.filter((route) => /^(0|128)\.0\.0\.0\/1$/.test(route.DestinationCidrBlock ?? ''));
  return public_.length > 0
    ? unknown(tableId, 'it routes the internet in parts')
    : { ...blocked(subnetId, `its route table ${tableId} has no route to ${internet}`) };
}

function follow(view: VpcView, route: Route, tableId: string): WayOut {
  const target =
    route.NatGatewayId ?? route.TransitGatewayId ?? route.NetworkInterfaceId ?? route.InstanceId ?? route.VpcPeeringConnectionId ?? route.GatewayId ?? route.CoreNetworkArn ?? route.LocalGatewayId ?? route.CarrierGatewayId ?? 'an unknown target';
  if (route.State === 'blackhole') return blocked(tableId, `its route to ${internet} by ${target} is a blackhole: the target is gone`);
  if (route.NatGatewayId !== undefined) return byNatGateway(view, route.NatGatewayId);
  if (route.NetworkInterfaceId !== undefined || route.InstanceId !== undefined) return byInstance(view, route);
  if (route.TransitGatewayId !== undefined) return byTransitGateway(view, route.TransitGatewayId);
  if (route.GatewayId?.startsWith('igw-'))
    return blocked(tableId, `its route to ${internet} goes to the internet gateway ${route.GatewayId}, which drops what has no public address; the pollers’ interfaces have none`);
  return unknown(target, `the way on from ${target} is not the account’s to see`, [], [{ component: 'route', resource: target, note: internet }]);
}

function byNatGateway(view: VpcView, id: string): WayOut {
  const hops: Hop[] = [{ component: 'NAT gateway', resource: id, note: 'default route' }];
  const gateway = view.natGateway(id);
  if (!isOk(gateway)) return unknown(id, 'the NAT gateway could not be read', [gateway], hops);
  if (gateway.value === null) return unknown(id, 'AWS does not list the NAT gateway in this VPC', [], hops);
  const { State: state, ConnectivityType: kind, SubnetId: subnetId, FailureMessage: failure } = gateway.value;
  if (state !== undefined && state !== 'available') return blocked(id, `the NAT gateway is ${state}${failure === undefined ? '' : `: ${failure}`}`, hops);
  // A regional NAT gateway stands in no subnet and brings its own way out (AWS: regional NAT gateways).
  if (subnetId === undefined) return open(hops);
  if (kind === 'private') {
    const on = wayOut(view, subnetId);
    return on.answer === 'blocked' ? blocked(id, 'it is a private NAT gateway, and its own subnet has no way out', hops) : unknown(id, 'it is a private NAT gateway; where its own subnet’s routes end cannot be told', on.missing, hops);
  }
  const way = publicWay(view, subnetId);
  if (way.answer === 'open') return open([...hops, { component: 'internet gateway', resource: way.gateway!, note: `of ${subnetId}` }], subnetId);
  if (way.answer === 'unknown') return unknown(id, `the route table of the NAT gateway’s subnet ${subnetId} could not be read`, way.missing, hops);
  return blocked(id, `the NAT gateway stands in ${subnetId}, whose route table has no route to an internet gateway`, hops);
}

/** Whether a subnet itself leads to an internet gateway, for what has a public address there. */
function publicWay(view: VpcView, subnetId: string): { answer: WayOut['answer']; gateway?: string; missing: ReadFailure[] } {
  const table = view.table(subnetId);
  if (!isOk(table)) return { answer: 'unknown', missing: [table] };
  if (table.value === null) return { answer: 'unknown', missing: [] };
  const route = table.value.Routes.find((one) => one.DestinationCidrBlock === internet);
  if (route?.GatewayId?.startsWith('igw-') && route.State !== 'blackhole') return { answer: 'open', gateway: route.GatewayId, missing: [] };
  // Behind a firewall or another appliance the way goes on unseen.
  const elsewhere = route !== undefined && route.State !== 'blackhole' && route.NatGatewayId === undefined;
  return { answer: elsewhere ? 'unknown' : 'blocked', missing: [] };
}

function byInstance(view: VpcView, route: Route): WayOut {
  const target = route.NetworkInterfaceId ?? route.InstanceId!;
  const hops: Hop[] = [{ component: 'NAT instance', resource: target, note: 'default route' }];
  if (!isOk(view.interfaces)) return unknown(target, 'its network interface could not be read', [view.interfaces], hops);
  const found = view.interfaces.value.find((one) => one.NetworkInterfaceId === route.NetworkInterfaceId || (route.InstanceId !== undefined && one.Attachment?.InstanceId === route.InstanceId));
  if (found === undefined) return unknown(target, 'AWS does not list its network interface in this VPC', [], hops);
  if (found.SourceDestCheck === true && found.InterfaceType === 'interface' && found.Attachment?.InstanceId !== undefined)
    return blocked(target, 'it is used as a NAT instance, but its source/destination check is on: it drops what is not its own', hops);
  return unknown(target, 'whether the instance forwards packets cannot be seen from outside', [], hops);
}

function byTransitGateway(view: VpcView, id: string): WayOut {
  const { reads, vpcId } = view;
  const hops: Hop[] = [{ component: 'transit gateway', resource: id, note: 'default route' }];
  const beyond = (fact: string, missing: ReadFailure[] = []) => unknown(id, fact, missing, hops);
  const attachments = reads.transitGatewayAttachments[id];
  if (attachments === undefined || !isOk(attachments)) return beyond('where the transit gateway leads is not the account’s to see', attachments === undefined ? [] : [attachments as ReadFailure]);
  const own = attachments.value.find((attachment) => attachment.ResourceId === vpcId);
  const tableId = own?.Association?.TransitGatewayRouteTableId;
  const routes = tableId === undefined ? undefined : reads.transitGatewayRoutes[tableId];
  if (routes === undefined || !isOk(routes)) return beyond('the transit gateway’s route table is not the account’s to see', routes === undefined ? [] : [routes as ReadFailure]);
  const route = routes.value.find((one) => one.DestinationCidrBlock === internet);
  if (route === undefined && !routes.value.some((one) => /\/[0-7]$/.test(one.DestinationCidrBlock ?? '') || one.PrefixListId !== undefined))
    return blocked(tableId!, `the transit gateway’s route table has no route to ${internet}`, hops);
  if (route?.State === 'blackhole') return blocked(tableId!, `the transit gateway’s route to ${internet} is a blackhole`, hops);
  return beyond('the transit gateway leads on to another network, which was not followed');
}
