/**
 * Whether a subnet's routes lead to AWS's public addresses, for interfaces without a public address, as the pollers'
 * are. Followed as far as the account shows.
 */
import type { RouteTable } from '../snapshot/resources/index.js';
import { isOk, type Read, type ReadFailure } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, size, subtract, type Addresses } from './addresses.js';
import type { Hop } from './answer.js';
import { prefixListOf, memo, routeTableOf, type NetworkIndex, type Vpc } from './network-index.js';
import { followRoute } from './route-targets.js';
import { any, outcome, unread, type Outcome } from './outcome.js';
import { ended, targetOf, type Route, type Step, type EgressPath } from './egress-path.js';

/** The share of the internet that may be routed elsewhere; which part of it has AWS's addresses is not known. */
const negligible = 0.01;

/** The route out of a subnet for traffic without a public address. */
export const egressOf = (network: NetworkIndex, vpc: Vpc, subnetId: string): EgressPath =>
  memo(vpc, ['egress', subnetId], () => follow(network, vpc, subnetId, [], false));

/**
 * A step of the path at a subnet and its route table. `passed`: route tables already on the path, because gateways
 * may form a loop.
 */
export const stepAt = (
  network: NetworkIndex,
  vpc: Vpc,
  subnetId: string,
  tableId: string,
  passed: readonly string[] = [],
  inPublic = false,
): Step => ({
  network,
  vpc,
  subnetId,
  tableId,
  inPublic,
  onward: (to, next, nextInPublic) => follow(network, to, next, [...passed, tableId], nextInPublic),
});

/** `inPublic`: for a sender with a public address, such as a public NAT gateway; an internet gateway forwards it. */
function follow(
  network: NetworkIndex,
  vpc: Vpc,
  subnetId: string,
  passed: readonly string[],
  inPublic: boolean,
): EgressPath {
  const table = routeTableOf(vpc, subnetId);
  if (!isOk(table)) return ended(unread(table));
  if (table.value === undefined) return ended(outcome('unknown', subnetId, 'AWS lists no route table for it'));
  const { RouteTableId: tableId } = table.value;
  if (passed.includes(tableId))
    return ended(
      outcome('blocked', tableId, 'its routes form a loop', { summary: `routes of ${tableId} form a loop` }),
    );
  const step = stepAt(network, vpc, subnetId, tableId, passed, inPublic);
  const { routes, unreadable } = partsOf(network, table.value);
  const paths = routes.map((route) =>
    route === undefined ? ended(withoutRoute(step, table.value!)) : followRoute(step, route),
  );
  const hop: Hop = { component: 'route table', resource: tableId, note: `of ${subnetId}` };
  const peers = table.value.Routes.filter(leadsElsewhere);
  // A peering does not forward to the peer's own gateways (AWS: VPC peering limitations).
  const onlyPeers =
    routes.every((route) => route === undefined || route.VpcPeeringConnectionId !== undefined) &&
    unreadable.length === 0 &&
    peers.every((route) => route.VpcPeeringConnectionId !== undefined);
  const leadsToNetworks = (route: Route) =>
    route.VpcPeeringConnectionId !== undefined || followRoute(step, route).withoutNetworks !== undefined;
  const onlyNetworks =
    unreadable.length === 0 &&
    [...routes.flatMap((route) => route ?? []), ...peers].every(leadsToNetworks) &&
    peers.length > 0;
  return {
    ...(onlyNetworks ? { withoutNetworks: noRoute(step, peers) } : {}),
    ...(onlyPeers ? { withoutPeers: noRoute(step, peers) } : {}),
    outcome: withUnreadable(step, allParts(step, paths), unreadable),
    hops: [hop, ...(paths.find((path) => path.outcome.status === 'open') ?? paths[0]!).hops],
    natSubnets: paths.flatMap((path) => path.natSubnets),
  };
}

interface Unreadable {
  route: Route;
  list: ReadFailure;
}

/** The routes for parts of the public addresses: the longest prefix wins (AWS: route priority). Undefined: no route. */
function partsOf(
  network: NetworkIndex,
  table: RouteTable,
): { routes: (Route | undefined)[]; unreadable: Unreadable[] } {
  const unreadable: Unreadable[] = [];
  const targets = table.Routes.flatMap((route): { route: Route; cidr: string }[] => {
    if (route.DestinationPrefixListId === undefined)
      return route.DestinationCidrBlock === undefined ? [] : [{ route, cidr: route.DestinationCidrBlock }];
    // The prefix list of a gateway endpoint contains only addresses of S3 or DynamoDB.
    if (route.GatewayId?.startsWith('vpce-') === true) return [];
    const list: Read<string[]> = prefixListOf(network.reads, route.DestinationPrefixListId);
    if (isOk(list)) return list.value.map((cidr) => ({ route, cidr }));
    unreadable.push({ route, list });
    return [];
  });
  const prefix = (cidr: string) => Number(cidr.split('/')[1] ?? 32);
  const parts: { route: Route | undefined; part: number }[] = [];
  let left: Addresses = publicAddresses;
  for (const { route, cidr } of targets.toSorted((a, b) => prefix(b.cidr) - prefix(a.cidr))) {
    const hit = intersect(left, addressesOf(cidr));
    if (size(hit) > 0) parts.push({ route, part: size(hit) });
    left = subtract(left, hit);
  }
  parts.push({ route: undefined, part: size(left) });
  return {
    routes: [
      ...new Set(parts.filter(({ part }) => part > negligible * size(publicAddresses)).map(({ route }) => route)),
    ],
    unreadable,
  };
}

/** If the internet is routed in parts, the part with the service is not known. */
function allParts(step: Step, paths: readonly EgressPath[]): Outcome {
  const outcomes = paths.map((path) => path.outcome);
  const first = outcomes[0]!;
  if (outcomes.every(({ status }) => status === first.status)) return first.status === 'open' ? first : any(outcomes);
  return (
    outcomes.find(({ status }) => status === 'unknown') ??
    outcome('unknown', step.tableId, 'only some of its routes reach the internet')
  );
}

/** A prefix list that could not be read may contain any address: then the target of its route matters too. */
function withUnreadable(step: Step, sure: Outcome, unreadable: readonly Unreadable[]): Outcome {
  const other = unreadable.filter(({ route }) => followRoute(step, route).outcome.status !== sure.status);
  return other.length === 0 || sure.status === 'unknown' ? sure : unread(...other.map(({ list }) => list));
}

/** No route to the internet. But names may resolve to endpoints in another network, to which other routes lead. */
function withoutRoute(step: Step, table: RouteTable): Outcome {
  const elsewhere = step.inPublic
    ? []
    : table.Routes.filter(leadsElsewhere).map((route) => followRoute(step, route).outcome);
  const undecided = elsewhere.find(({ status }) => status === 'unknown');
  return undecided ?? noRoute(step);
}

export const noDefaultRoute = 'no default route';

const noRoute = (step: Step, peers: readonly Route[] = []): Outcome =>
  outcome(
    'blocked',
    step.subnetId,
    peers.length === 0
      ? `${step.tableId}: no route to 0.0.0.0/0`
      : `${step.tableId}: no route to the internet, only to networks behind ${[...new Set(peers.map(targetOf))].join(', ')}`,
    { summary: noDefaultRoute },
  );

const leadsElsewhere = (route: Route): boolean =>
  route.State !== 'blackhole' &&
  (route.DestinationCidrBlock !== undefined || route.DestinationPrefixListId !== undefined) &&
  (route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.CoreNetworkArn ??
    (route.GatewayId?.startsWith('vgw-') === true ? route.GatewayId : undefined)) !== undefined;
