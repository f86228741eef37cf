/** A transit gateway on the way out: its attachment, its route table, and the VPC behind it where that was read. */
import { isOk } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, share, size } from './addresses.js';
import type { Hop } from './answer.js';
import { open, outcome, unread } from './outcome.js';
import { ended, type Step, type WayOut } from './way.js';

export function followTransitGateway(step: Step, id: string): WayOut {
  const { atlas, vpc } = step;
  const { reads } = atlas;
  const hops: Hop[] = [{ component: 'transit gateway', resource: id, note: 'route' }];
  const unseen = (fact: string) => ended(outcome('unknown', id, fact), hops);
  const attachments = reads.transitGatewayAttachments[id];
  if (attachments === undefined) return unseen('where the transit gateway leads was not read');
  if (!isOk(attachments)) return ended(unread(attachments), hops);
  const own = attachments.value.filter((attachment) => attachment.TransitGatewayId === undefined || attachment.TransitGatewayId === id).find((attachment) => attachment.ResourceId === vpc.id);
  if (own?.State !== undefined && !['available', 'modifying'].includes(own.State)) return ended(outcome('blocked', id, `the attachment of ${vpc.id} is ${own.State}`), hops);
  const tableId = own?.Association?.TransitGatewayRouteTableId;
  const routes = tableId === undefined ? undefined : reads.transitGatewayRoutes[tableId];
  if (tableId === undefined || routes === undefined) return unseen('its route tables are another account’s, or not to be seen');
  if (!isOk(routes)) return ended(unread(routes), hops);
  const out = routes.value.filter((route) => route.PrefixListId !== undefined || share(addressesOf(route.DestinationCidrBlock ?? ''), publicAddresses) > 0.01);
  const inside = routes.value.filter((route) => !out.includes(route) && route.State !== 'blackhole' && leadsPast(route, vpc.id));
  const alive = out.filter((route) => route.State !== 'blackhole');
  if (alive.length === 0) {
    const why = out.length > 0 ? 'its route to 0.0.0.0/0 is a blackhole' : 'it has no route to 0.0.0.0/0';
    // Endpoints of another VPC, reached by private hosted zones, need no such route.
    return inside.length > 0 ? unseen('it leads to other networks, whose endpoints are not followed') : ended(outcome('blocked', tableId, `the transit gateway’s route table: ${why}`), hops);
  }
  const ways = alive.flatMap((route) => route.TransitGatewayAttachments).map((attachment) => behind(step, attachment.ResourceId ?? ''));
  const way = ways.find((one) => one?.outcome.is === 'open') ?? ways.find((one) => one?.outcome.is === 'blocked');
  return way === undefined || ways.includes(undefined) && way.outcome.is === 'blocked' ? unseen('it leads on to a network that was not read') : { ...way, hops: [...hops, ...way.hops] };
}

const leadsPast = (route: { DestinationCidrBlock?: string | undefined; TransitGatewayAttachments: readonly { ResourceId?: string | undefined }[] }, vpcId: string): boolean =>
  size(intersect(addressesOf(route.DestinationCidrBlock ?? ''), publicAddresses)) === 0 && route.TransitGatewayAttachments.some(({ ResourceId }) => ResourceId !== vpcId);

/** The way out of the subnets by which the transit gateway stands in another VPC; undefined where that was not read. */
function behind({ atlas, onward }: Step, vpcId: string): WayOut | undefined {
  const attachments = atlas.reads.transitGatewayVpcAttachments[vpcId];
  if (atlas.reads.routeTables[vpcId] === undefined || attachments === undefined || !isOk(attachments)) return undefined;
  const other = atlas.vpc(vpcId);
  const ways = attachments.value.filter((one) => one.VpcId === vpcId).flatMap((one) => one.SubnetIds).map((subnetId) => onward(other, subnetId, false));
  const known = ways.filter((way) => way.outcome.is !== 'unknown');
  if (known.length === 0 || known.length < ways.length) return undefined;
  return known.find((way) => way.outcome.is === 'open') ?? known[0] ?? ended(open);
}
