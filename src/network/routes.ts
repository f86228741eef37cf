/**
 * Whether a subnet's routes lead to AWS's public addresses for interfaces that have no public address themselves, as
 * the pollers' have none; followed as far as the account shows.
 */
import type { RouteTable } from '../snapshot/resources/index.js';
import { isOk, type Read, type ReadFailure } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, size, subtract, type Addresses } from './addresses.js';
import type { Hop } from './answer.js';
import { prefixListOf, remember, routeTableOf, type Atlas, type Vpc } from './network-index.js';
import { followRoute } from './route-targets.js';
import { any, outcome, unread, type Outcome } from './outcome.js';
import { ended, targetOf, type Route, type Step, type WayOut } from './egress-path.js';

/** So little of the internet routed elsewhere does not matter: nobody says which of it is AWS's. */
const negligible = 0.01;

/** The way out of a subnet for what has no public address there. */
export const wayOut = (atlas: Atlas, vpc: Vpc, subnetId: string): WayOut =>
  remember(vpc, `way ${subnetId}`, () => follow(atlas, vpc, subnetId, [], false));

/** A step of the way at a subnet and its table. `passed`: tables already on the way, since gateways may lead round in a circle. */
export const stepAt = (
  atlas: Atlas,
  vpc: Vpc,
  subnetId: string,
  tableId: string,
  passed: readonly string[] = [],
  inPublic = false,
): Step => ({
  atlas,
  vpc,
  subnetId,
  tableId,
  inPublic,
  onward: (to, next, nextInPublic) => follow(atlas, to, next, [...passed, tableId], nextInPublic),
});

/** `inPublic`: for what has a public address there, as a public NAT gateway has; an internet gateway lets it through. */
function follow(atlas: Atlas, vpc: Vpc, subnetId: string, passed: readonly string[], inPublic: boolean): WayOut {
  const table = routeTableOf(vpc, subnetId);
  if (!isOk(table)) return ended(unread(table));
  if (table.value === undefined) return ended(outcome('unknown', subnetId, 'AWS lists no route table for it'));
  const { RouteTableId: tableId } = table.value;
  if (passed.includes(tableId)) return ended(outcome('blocked', tableId, 'its routes lead back to itself'));
  const step = stepAt(atlas, vpc, subnetId, tableId, passed, inPublic);
  const { routes, unreadable } = partsOf(atlas, table.value);
  const ways = routes.map((route) =>
    route === undefined ? ended(withoutRoute(step, table.value!)) : followRoute(step, route),
  );
  const hop: Hop = { component: 'route table', resource: tableId, note: `of ${subnetId}` };
  const peers = table.value.Routes.filter(leadsElsewhere);
  // A peering carries nothing on to the peer's own ways out (AWS: VPC peering limitations).
  const onlyPeers =
    routes.every((route) => route === undefined || route.VpcPeeringConnectionId !== undefined) &&
    unreadable.length === 0 &&
    peers.every((route) => route.VpcPeeringConnectionId !== undefined);
  return {
    ...(onlyPeers ? { withoutPeers: noRoute(step, peers) } : {}),
    outcome: withUnreadable(step, allParts(step, ways), unreadable),
    hops: [hop, ...(ways.find((way) => way.outcome.is === 'open') ?? ways[0]!).hops],
    natSubnets: ways.flatMap((way) => way.natSubnets),
  };
}

interface Unreadable {
  route: Route;
  list: ReadFailure;
}

/** The routes that parts of the public addresses take: the longest prefix wins (AWS: route priority). Undefined: no route. */
function partsOf(atlas: Atlas, table: RouteTable): { routes: (Route | undefined)[]; unreadable: Unreadable[] } {
  const unreadable: Unreadable[] = [];
  const targets = table.Routes.flatMap((route): { route: Route; cidr: string }[] => {
    if (route.DestinationPrefixListId === undefined)
      return route.DestinationCidrBlock === undefined ? [] : [{ route, cidr: route.DestinationCidrBlock }];
    // A gateway endpoint's list holds the addresses of S3 or DynamoDB only.
    if (route.GatewayId?.startsWith('vpce-') === true) return [];
    const list: Read<string[]> = prefixListOf(atlas.reads, route.DestinationPrefixListId);
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

/** Where the internet is routed in parts, nobody says in which of them the service is. */
function allParts(step: Step, ways: readonly WayOut[]): Outcome {
  const outcomes = ways.map((way) => way.outcome);
  const first = outcomes[0]!;
  if (outcomes.every((one) => one.is === first.is)) return first.is === 'open' ? first : any(outcomes);
  return (
    outcomes.find((one) => one.is === 'unknown') ??
    outcome('unknown', step.tableId, 'it routes only a part of the internet to where it gets out')
  );
}

/** A prefix list that could not be read may hold any address: what its route leads to then matters too. */
function withUnreadable(step: Step, sure: Outcome, unreadable: readonly Unreadable[]): Outcome {
  const other = unreadable.filter(({ route }) => followRoute(step, route).outcome.is !== sure.is);
  return other.length === 0 || sure.is === 'unknown' ? sure : unread(...other.map(({ list }) => list));
}

/** No route to the internet; but names may lead to endpoints in another network, to which routes of their own lead. */
function withoutRoute(step: Step, table: RouteTable): Outcome {
  const elsewhere = step.inPublic
    ? []
    : table.Routes.filter(leadsElsewhere).map((route) => followRoute(step, route).outcome);
  const unsure = elsewhere.find((one) => one.is === 'unknown');
  return unsure ?? noRoute(step);
}

const noRoute = (step: Step, peers: readonly Route[] = []): Outcome =>
  outcome(
    'blocked',
    step.subnetId,
    `its route table ${step.tableId} has no route to 0.0.0.0/0${peers.length === 0 ? '' : ` that gets out, only to the networks behind ${[...new Set(peers.map(targetOf))].join(', ')}`}`,
  );

const leadsElsewhere = (route: Route): boolean =>
  route.State !== 'blackhole' &&
  (route.DestinationCidrBlock !== undefined || route.DestinationPrefixListId !== undefined) &&
  (route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.CoreNetworkArn ??
    (route.GatewayId?.startsWith('vgw-') === true ? route.GatewayId : undefined)) !== undefined;
