/** A call to an endpoint in another VPC of the account, over a transit gateway or a peering: a central endpoint. */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type Read } from '../snapshot/read.js';
import { addressesOf, share } from './addresses.js';
import type { Component } from './answer.js';
import { https, judgePolicy, type Caller } from './endpoints.js';
import { blackholeOf, targetOf, type Route } from './egress-path.js';
import { prefixListOf, routeTableOf, type NetworkIndex, type Vpc } from './network-index.js';
import { aclPasses } from './network-acls.js';
import { any, every, open, outcome, unread, type Outcome } from './outcome.js';
import { endpointGroups, peerIn } from './path-ends.js';
import type { NetworkQuestion, ServiceNeed } from './question.js';
import { groupsAdmit } from './security-groups.js';
import { outsideAttachedZones } from './transit-gateway-zones.js';

/**
 * The pollers' subnets and those of the endpoint need routes to each other. Security groups, ACLs and policy are the
 * endpoint's.
 */
export function throughEndpointElsewhere(
  { network, vpc, subnetId, groupIds }: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  endpoint: VpcEndpoint,
): [Component, Outcome][] {
  const hub = network.vpc(endpoint.VpcId ?? '');
  const pollers = peerIn(vpc, groupIds, [subnetId], 'the pollers');
  const groups = endpointGroups(hub, endpoint);
  // The name resolves to each of its interfaces: one that is reachable is enough.
  const paths = endpoint.SubnetIds.map((id) => {
    const peer = peerIn(hub, [], [id], `endpoint ${endpoint.VpcEndpointId}`);
    return {
      route: every([
        routeTo(network, vpc, subnetId, hub, id, 'the endpoint'),
        routeTo(network, hub, id, vpc, subnetId, 'the pollers'),
      ]),
      egress: groupsAdmit(network, vpc, groupIds, 'out', https, peer),
      acls: every([aclPasses(vpc, subnetId, 'out', https, peer), aclPasses(hub, id, 'in', https, pollers)]),
    };
  });
  return [
    ['endpoint-private-dns', open],
    ['aws-path', byHand(any(paths.map(({ route }) => route)), `Add the routes between ${vpc.id} and ${hub.id}`)],
    [
      'https-egress',
      byHand(any(paths.map(({ egress }) => egress)), `Allow outbound TCP 443 from ${groupIds.join(', ')} to ${hub.id}`),
    ],
    ['nacl', any(paths.map(({ acls }) => acls))],
    [
      'endpoint-ingress',
      isOk(groups)
        ? byHand(
            groupsAdmit(network, hub, groups.value, 'in', https, pollers),
            `Allow inbound TCP 443 from ${pollers.cidr} in ${groups.value.join(', ')}`,
          )
        : unread(groups),
    ],
    ['endpoint-policy', judgePolicy(question, need, endpoint)],
  ];
}

/** Other VPCs may use the endpoint's VPC too, so its owner decides about a change there. */
const byHand = (result: Outcome, title: string): Outcome =>
  result.status === 'blocked' ? { ...result, fixes: [{ title, safety: 'by-hand', changes: [] }] } : result;

/** Whether a subnet's routes lead to a subnet of another VPC: the longest prefix wins (AWS: route priority). */
function routeTo(
  network: NetworkIndex,
  from: Vpc,
  fromSubnet: string,
  to: Vpc,
  toSubnet: string,
  whose: string,
): Outcome {
  const table = routeTableOf(from, fromSubnet);
  if (!isOk(table)) return unread(table);
  const cidr = to.subnets.get(toSubnet)?.CidrBlock;
  if (table.value === undefined || cidr === undefined)
    return outcome(
      'unknown',
      toSubnet,
      `the CIDR block of this subnet, or the routes from ${fromSubnet}, could not be read`,
    );
  const { RouteTableId: tableId, Routes: routes } = table.value;
  const route = longest(routes, cidr, (entry) =>
    entry.DestinationPrefixListId === undefined
      ? { outcome: 'ok', value: entry.DestinationCidrBlock === undefined ? [] : [entry.DestinationCidrBlock] }
      : prefixListOf(network.reads, entry.DestinationPrefixListId),
  );
  if (!isOk(route)) return unread(route);
  if (route.value === undefined)
    return outcome('blocked', fromSubnet, `${tableId}: no route to ${cidr} (${whose}, ${to.id})`, {
      summary: `${tableId} has no route to ${whose} in ${to.id}`,
    });
  const target = targetOf(route.value);
  const prefix = route.value.DestinationCidrBlock ?? route.value.DestinationPrefixListId ?? cidr;
  if (route.value.State === 'blackhole') {
    const { state, noun } = blackholeOf(target);
    return outcome('blocked', fromSubnet, `${tableId}: ${prefix} → ${target} (blackhole: ${state})`, {
      summary: `route to ${whose} points to ${noun}`,
    });
  }
  if (route.value.TransitGatewayId !== undefined)
    return (
      outsideAttachedZones(network, from, fromSubnet, route.value.TransitGatewayId) ??
      throughGateway(network, route.value.TransitGatewayId, from, to, cidr)
    );
  if (route.value.VpcPeeringConnectionId !== undefined)
    return throughPeering(network, route.value.VpcPeeringConnectionId, from, to);
  if (target.startsWith('igw-'))
    return outcome(
      'blocked',
      fromSubnet,
      `${tableId}: ${prefix} → ${target} (an internet gateway does not reach ${cidr} in ${to.id})`,
      { summary: `route to ${whose} points to an internet gateway` },
    );
  return outcome('unknown', tableId, `routes traffic for ${cidr} in ${to.id} to ${target}`);
}

function longest(
  routes: readonly Route[],
  cidr: string,
  cidrsOf: (route: Route) => Read<string[]>,
): Read<Route | undefined> {
  const candidates: { route: Route; prefix: number }[] = [];
  for (const route of routes) {
    // The prefix list of a gateway endpoint contains only addresses of S3 or DynamoDB.
    if (route.GatewayId?.startsWith('vpce-') === true) continue;
    const cidrs = cidrsOf(route);
    if (!isOk(cidrs)) return cidrs;
    for (const destination of cidrs.value)
      if (share(addressesOf(destination), addressesOf(cidr)) > 0.99)
        candidates.push({ route, prefix: Number(destination.split('/')[1] ?? 32) });
  }
  return { outcome: 'ok', value: candidates.toSorted((a, b) => b.prefix - a.prefix)[0]?.route };
}

/** The route table of the transit gateway that the sender's attachment is associated with. */
function throughGateway({ reads }: NetworkIndex, id: string, from: Vpc, to: Vpc, cidr: string): Outcome {
  const attachments = reads.transitGatewayAttachments[id];
  if (attachments === undefined)
    return outcome('unknown', id, `the attachments of the transit gateway to ${to.id} were not read`);
  if (!isOk(attachments)) return unread(attachments);
  const attachment = attachments.value.find(({ ResourceId }) => ResourceId === from.id);
  const tableId = attachment?.Association?.TransitGatewayRouteTableId;
  const routes = tableId === undefined ? undefined : reads.transitGatewayRoutes[tableId];
  if (attachment?.State !== undefined && !['available', 'modifying'].includes(attachment.State))
    return outcome('blocked', id, `the attachment of ${from.id} is ${attachment.State}`, {
      summary: `the transit gateway attachment of ${from.id} is ${attachment.State}`,
    });
  if (tableId === undefined || routes === undefined)
    return outcome(
      'unknown',
      id,
      `the transit gateway route table of ${from.id} belongs to another account or was not read`,
    );
  if (!isOk(routes)) return unread(routes);
  if (routes.value.some(({ PrefixListId }) => PrefixListId !== undefined))
    return outcome('unknown', tableId, 'routes to prefix lists of a transit gateway are not followed');
  const route = routes.value
    .filter(({ DestinationCidrBlock: destination = '' }) => share(addressesOf(destination), addressesOf(cidr)) > 0.99)
    .toSorted(
      (a, b) =>
        Number(b.DestinationCidrBlock?.split('/')[1] ?? 32) - Number(a.DestinationCidrBlock?.split('/')[1] ?? 32),
    )[0];
  if (route === undefined)
    return outcome('blocked', tableId, `the transit gateway route table has no route to ${cidr} in ${to.id}`, {
      summary: `transit gateway route table ${tableId} has no route to ${to.id}`,
    });
  if (route.State === 'blackhole')
    return outcome('blocked', tableId, `the transit gateway route to ${cidr} in ${to.id} is a blackhole`, {
      summary: `the route to ${to.id} in transit gateway route table ${tableId} is a blackhole`,
    });
  return route.TransitGatewayAttachments.some(({ ResourceId }) => ResourceId === to.id)
    ? open
    : outcome(
        'unknown',
        tableId,
        `the transit gateway routes traffic for ${cidr} to ${route.TransitGatewayAttachments.map(({ ResourceId }) => ResourceId ?? 'another network').join(', ')}`,
      );
}

function throughPeering({ reads }: NetworkIndex, id: string, from: Vpc, to: Vpc): Outcome {
  const peering = reads.peerings[id];
  if (peering === undefined) return outcome('unknown', id, `the VPC peering connection to ${to.id} was not read`);
  if (!isOk(peering)) return unread(peering);
  const { Status: status, AccepterVpcInfo: accepter, RequesterVpcInfo: requester } = peering.value;
  if (status?.Code !== undefined && status.Code !== 'active')
    return outcome('blocked', id, `the VPC peering connection is ${status.Code}`, {
      summary: `VPC peering connection ${id} is ${status.Code}`,
    });
  const ends = [accepter?.VpcId, requester?.VpcId];
  return ends.includes(from.id) && ends.includes(to.id)
    ? open
    : outcome('unknown', id, `AWS does not show that the VPC peering connection leads to ${to.id}`);
}
