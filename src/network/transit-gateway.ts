/** A transit gateway on the route out: its attachment, its route table, and the VPC behind it if that was read. */
import { meaningOf } from '../aws/states.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, share, size } from './addresses.js';
import type { Hop } from './answer.js';
import { routeTableOf, type NetworkIndex, type Vpc } from './network-index.js';
import { outcome, unread } from './outcome.js';
import { ended, targetOf, type Step, type EgressPath } from './egress-path.js';
import { outsideAttachedZones } from './transit-gateway-zones.js';

export function followTransitGateway(step: Step, id: string): EgressPath {
  const { network, vpc, subnetId } = step;
  const { reads } = network;
  const hops: Hop[] = [{ component: 'transit gateway', resource: id, note: 'route' }];
  const outside = outsideAttachedZones(network, vpc, subnetId, id);
  if (outside !== undefined) return ended(outside, hops);
  const unseen = (fact: string) => ended(outcome('unknown', id, fact), hops);
  const attachments = reads.transitGatewayAttachments[id];
  if (attachments === undefined) return unseen('the attachments of the transit gateway were not read');
  if (!isOk(attachments)) return ended(unread(attachments), hops);
  const attachment = attachments.value
    .filter((candidate) => candidate.TransitGatewayId === undefined || candidate.TransitGatewayId === id)
    .find((candidate) => candidate.ResourceId === vpc.id);
  if (attachment !== undefined && meaningOf('transitGatewayAttachment', attachment.State) === 'down')
    return ended(
      outcome('blocked', id, `the attachment of ${vpc.id} is ${attachment.State}`, {
        summary: `the transit gateway attachment of ${vpc.id} is ${attachment.State}`,
      }),
      hops,
    );
  const tableId = attachment?.Association?.TransitGatewayRouteTableId;
  const routes = tableId === undefined ? undefined : reads.transitGatewayRoutes[tableId];
  if (tableId === undefined || routes === undefined)
    return unseen('its route tables belong to another account or are not visible to your credentials');
  if (!isOk(routes)) return ended(unread(routes), hops);
  const out = routes.value.filter(
    (route) =>
      route.PrefixListId !== undefined || share(addressesOf(route.DestinationCidrBlock ?? ''), publicAddresses) > 0.01,
  );
  const inside = routes.value.filter(
    (route) => !out.includes(route) && route.State !== 'blackhole' && leadsPast(route, vpc.id),
  );
  const active = out.filter((route) => route.State !== 'blackhole');
  if (active.length === 0) {
    const none = outcome(
      'blocked',
      tableId,
      out.length > 0
        ? 'the 0.0.0.0/0 route of the transit gateway route table is a blackhole'
        : 'the transit gateway route table has no route to 0.0.0.0/0',
      {
        summary:
          out.length > 0
            ? `the default route of transit gateway route table ${tableId} is a blackhole`
            : `transit gateway route table ${tableId} has no default route`,
      },
    );
    // Endpoints of another VPC that private hosted zones point to do not need such a route.
    return inside.length > 0
      ? {
          ...unseen('leads to other networks, whose endpoints are not followed'),
          withoutNetworks: none,
        }
      : ended(none, hops);
  }
  const paths = active
    .flatMap((route) => route.TransitGatewayAttachments)
    .map(({ ResourceId: resourceId = '' }) => behind(step, id, resourceId));
  const path =
    paths.find((candidate) => candidate?.outcome.status === 'open') ??
    paths.find((candidate) => candidate?.outcome.status === 'blocked');
  return path === undefined || (paths.includes(undefined) && path.outcome.status === 'blocked')
    ? unseen('leads to a network that was not read')
    : { ...path, hops: [...hops, ...path.hops] };
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

/**
 * The route out of the subnets of the transit gateway's attachment in another VPC; undefined where that was not
 * read.
 */
function behind({ network, vpc, subnetId, onward }: Step, gatewayId: string, vpcId: string): EgressPath | undefined {
  const attachments = network.reads.transitGatewayVpcAttachments[vpcId];
  if (network.reads.routeTables[vpcId] === undefined || attachments === undefined || !isOk(attachments))
    return undefined;
  const other = network.vpc(vpcId);
  const paths = attachments.value
    .filter((entry) => entry.VpcId === vpcId && (entry.TransitGatewayId ?? gatewayId) === gatewayId)
    .flatMap((entry) => entry.SubnetIds)
    .map((id) =>
      withWayBack(network, other, onward(other, id, false), gatewayId, vpc.subnets.get(subnetId)?.CidrBlock),
    );
  const known = paths.filter((path) => path.outcome.status !== 'unknown');
  if (known.length === 0 || known.length < paths.length) return undefined;
  return known.find((path) => path.outcome.status === 'open') ?? known[0]!;
}

/** Replies reach the NAT gateway, whose own subnet must route them to the transit gateway. */
function withWayBack(
  network: NetworkIndex,
  other: Vpc,
  path: EgressPath,
  gatewayId: string,
  cidr: string | undefined,
): EgressPath {
  const nat = path.natSubnets.find((subnet) => subnet.vpc === other);
  if (path.outcome.status !== 'open' || nat === undefined || cidr === undefined) return path;
  const table = routeTableOf(other, nat.subnetId);
  if (!isOk(table) || table.value === undefined)
    return {
      ...path,
      outcome: isOk(table) ? outcome('unknown', nat.subnetId, 'AWS lists no route table for it') : unread(table),
    };
  const prefix = (route: { DestinationCidrBlock?: string | undefined }) =>
    Number(route.DestinationCidrBlock?.split('/')[1] ?? 32);
  // A prefix list may contain the pollers' range.
  const back = table.value.Routes.filter(
    (route) =>
      (route.DestinationPrefixListId !== undefined && route.TransitGatewayId === gatewayId) ||
      share(addressesOf(cidr), addressesOf(route.DestinationCidrBlock ?? '')) > 0,
  ).toSorted((a, b) => prefix(b) - prefix(a))[0];
  if (back?.TransitGatewayId === gatewayId && back.State !== 'blackhole')
    return { ...path, outcome: outsideAttachedZones(network, other, nat.subnetId, gatewayId) ?? path.outcome };
  if (
    back?.TransitGatewayId === undefined &&
    back?.GatewayId?.startsWith('igw-') !== true &&
    back !== undefined &&
    back.State !== 'blackhole'
  )
    return {
      ...path,
      outcome: outcome('unknown', table.value.RouteTableId, `routes replies to ${cidr} to ${targetOf(back)}`),
    };
  return {
    ...path,
    outcome: outcome(
      'blocked',
      table.value.RouteTableId,
      `the NAT gateway’s subnet ${nat.subnetId} has no route back to ${cidr} through ${gatewayId}`,
      { summary: `the NAT gateway’s subnet ${nat.subnetId} has no route back to ${cidr}` },
    ),
  };
}
