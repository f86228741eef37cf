/** A transit gateway on the way out: its attachment, its route table, and the VPC behind it where that was read. */
import { isOk } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, share, size } from './addresses.js';
import type { Hop } from './answer.js';
import { routeTableOf, type Vpc } from './network-index.js';
import { outcome, unread } from './outcome.js';
import { ended, targetOf, type Step, type WayOut } from './egress-path.js';

export function followTransitGateway(step: Step, id: string): WayOut {
  const { atlas, vpc } = step;
  const { reads } = atlas;
  const hops: Hop[] = [{ component: 'transit gateway', resource: id, note: 'route' }];
  const unseen = (fact: string) => ended(outcome('unknown', id, fact), hops);
  const attachments = reads.transitGatewayAttachments[id];
  if (attachments === undefined) return unseen('where the transit gateway leads was not read');
  if (!isOk(attachments)) return ended(unread(attachments), hops);
  const own = attachments.value
    .filter((attachment) => attachment.TransitGatewayId === undefined || attachment.TransitGatewayId === id)
    .find((attachment) => attachment.ResourceId === vpc.id);
  if (own?.State !== undefined && !['available', 'modifying'].includes(own.State))
    return ended(outcome('blocked', id, `the attachment of ${vpc.id} is ${own.State}`), hops);
  const tableId = own?.Association?.TransitGatewayRouteTableId;
  const routes = tableId === undefined ? undefined : reads.transitGatewayRoutes[tableId];
  if (tableId === undefined || routes === undefined)
    return unseen('its route tables are another account’s, or not to be seen');
  if (!isOk(routes)) return ended(unread(routes), hops);
  const out = routes.value.filter(
    (route) =>
      route.PrefixListId !== undefined || share(addressesOf(route.DestinationCidrBlock ?? ''), publicAddresses) > 0.01,
  );
  const inside = routes.value.filter(
    (route) => !out.includes(route) && route.State !== 'blackhole' && leadsPast(route, vpc.id),
  );
  const alive = out.filter((route) => route.State !== 'blackhole');
  if (alive.length === 0) {
    const why = out.length > 0 ? 'its route to 0.0.0.0/0 is a blackhole' : 'it has no route to 0.0.0.0/0';
    // Endpoints of another VPC, reached by private hosted zones, need no such route.
    return inside.length > 0
      ? unseen('it leads to other networks, whose endpoints are not followed')
      : ended(outcome('blocked', tableId, `the transit gateway’s route table: ${why}`), hops);
  }
  const ways = alive
    .flatMap((route) => route.TransitGatewayAttachments)
    .map((attachment) => behind(step, id, attachment.ResourceId ?? ''));
  const way = ways.find((one) => one?.outcome.is === 'open') ?? ways.find((one) => one?.outcome.is === 'blocked');
  return way === undefined || (ways.includes(undefined) && way.outcome.is === 'blocked')
    ? unseen('it leads on to a network that was not read')
    : { ...way, hops: [...hops, ...way.hops] };
}

const leadsPast = (
  route: {
    DestinationCidrBlock?: string | undefined;
    TransitGatewayAttachments: readonly { ResourceId?: string | undefined }[];
  },
  vpcId: string,
): boolean =>
  size(intersect(addressesOf(route.DestinationCidrBlock ?? ''), publicAddresses)) === 0 &&
  route.TransitGatewayAttachments.some(({ ResourceId }) => ResourceId !== vpcId);

/** The way out of the subnets by which the transit gateway stands in another VPC; undefined where that was not read. */
function behind({ atlas, vpc, subnetId, onward }: Step, gatewayId: string, vpcId: string): WayOut | undefined {
  const attachments = atlas.reads.transitGatewayVpcAttachments[vpcId];
  if (atlas.reads.routeTables[vpcId] === undefined || attachments === undefined || !isOk(attachments)) return undefined;
  const other = atlas.vpc(vpcId);
  const ways = attachments.value
    .filter((one) => one.VpcId === vpcId && (one.TransitGatewayId ?? gatewayId) === gatewayId)
    .flatMap((one) => one.SubnetIds)
    .map((id) => withWayBack(other, onward(other, id, false), gatewayId, vpc.subnets.get(subnetId)?.CidrBlock));
  const known = ways.filter((way) => way.outcome.is !== 'unknown');
  if (known.length === 0 || known.length < ways.length) return undefined;
  return known.find((way) => way.outcome.is === 'open') ?? known[0]!;
}

/** Answers come back to the NAT gateway, whose own subnet must send them on to the transit gateway. */
function withWayBack(other: Vpc, way: WayOut, gatewayId: string, cidr: string | undefined): WayOut {
  const nat = way.natSubnets.find((one) => one.vpc === other);
  if (way.outcome.is !== 'open' || nat === undefined || cidr === undefined) return way;
  const table = routeTableOf(other, nat.subnetId);
  if (!isOk(table) || table.value === undefined)
    return {
      ...way,
      outcome: isOk(table) ? outcome('unknown', nat.subnetId, 'AWS lists no route table for it') : unread(table),
    };
  const prefix = (route: { DestinationCidrBlock?: string | undefined }) =>
    Number(route.DestinationCidrBlock?.split('/')[1] ?? 32);
  // A prefix list may hold the pollers' range.
  const back = table.value.Routes.filter(
    (route) =>
      (route.DestinationPrefixListId !== undefined && route.TransitGatewayId === gatewayId) ||
      share(addressesOf(cidr), addressesOf(route.DestinationCidrBlock ?? '')) > 0,
  ).toSorted((a, b) => prefix(b) - prefix(a))[0];
  if (back?.TransitGatewayId === gatewayId && back.State !== 'blackhole') return way;
  if (
    back?.TransitGatewayId === undefined &&
    back?.GatewayId?.startsWith('igw-') !== true &&
    back !== undefined &&
    back.State !== 'blackhole'
  )
    return {
      ...way,
      outcome: outcome('unknown', table.value.RouteTableId, `sends answers to ${cidr} on by ${targetOf(back)}`),
    };
  return {
    ...way,
    outcome: outcome(
      'blocked',
      table.value.RouteTableId,
      `the NAT gateway’s subnet ${nat.subnetId} has no route back to ${cidr} by ${gatewayId}`,
    ),
  };
}
