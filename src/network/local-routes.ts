/**
 * Routes between two subnets of a VPC. Each route table has a local route for every range of the VPC. A route for a
 * whole subnet, or a local route with another target, sends the traffic through an appliance (AWS: middlebox
 * routing).
 */
import type { Fix } from '../fixes/fix.js';
import type { RouteTable } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf, intersect, size } from './addresses.js';
import { prefixListOf, rangesOf, memo, routeTableOf, type NetworkIndex, type Vpc } from './network-index.js';
import { every, open, outcome, unread, type Outcome } from './outcome.js';
import { blackholeOf, targetOf } from './egress-path.js';

type Route = RouteTable['Routes'][number];

/** In both directions, because answers are routed separately. */
export const routesBetween = (network: NetworkIndex, vpc: Vpc, from: string, to: string): Outcome =>
  from === to ? open : every([routeInside(network, vpc, from, to), routeInside(network, vpc, to, from)]);

export const routeInside = (network: NetworkIndex, vpc: Vpc, from: string, to: string): Outcome =>
  memo(vpc, ['inside', from, to], () => judge(network, vpc, from, to));

function judge(network: NetworkIndex, vpc: Vpc, from: string, to: string): Outcome {
  const table = routeTableOf(vpc, from);
  if (!isOk(table)) return unread(table);
  const cidr = vpc.subnets.get(to)?.CidrBlock;
  if (table.value === undefined || cidr === undefined) return open;
  const { RouteTableId: tableId, Routes: routes } = table.value;
  const candidates = routes.flatMap((route) =>
    cidrsOf(network, route)
      .filter((destination) => overlap(destination, cidr))
      .map((destination) => ({ route, cidr: destination })),
  );
  const local = Math.min(
    ...candidates.filter(({ route }) => route.GatewayId === 'local').map((candidate) => prefixOf(candidate.cidr)),
    ...rangesOf(vpc)
      .filter((range) => overlap(range, cidr))
      .map(prefixOf),
  );
  // Without a known range of the VPC, no route is more specific.
  const longest = candidates
    .filter((candidate) => prefixOf(candidate.cidr) >= local)
    .toSorted(
      (a, b) =>
        prefixOf(b.cidr) - prefixOf(a.cidr) ||
        Number(b.route.GatewayId === 'local') - Number(a.route.GatewayId === 'local'),
    )[0];
  if (longest === undefined || longest.route.GatewayId === 'local') return open;
  const target = targetOf(longest.route);
  if (longest.route.State === 'blackhole')
    return outcome(
      'blocked',
      tableId,
      `${longest.cidr} → ${target} (blackhole: ${blackholeOf(target).state}) covers traffic from ${from} to ${to}`,
      {
        fixes: [deleteRoute(tableId, longest.route)],
        summary: `route table ${tableId} has a blackhole route to ${longest.cidr}`,
      },
    );
  return outcome(
    'unknown',
    tableId,
    `${longest.cidr} → ${target} covers traffic from ${from} to ${to}, and AWS does not show whether the target forwards it`,
  );
}

const cidrsOf = (
  network: NetworkIndex,
  { DestinationCidrBlock: cidr, DestinationPrefixListId: list }: Route,
): string[] => {
  if (cidr !== undefined) return [cidr];
  const read = list === undefined ? undefined : prefixListOf(network.reads, list);
  return read !== undefined && isOk(read) ? read.value : [];
};

const prefixOf = (cidr: string): number => Number(cidr.split('/')[1] ?? 32);
const overlap = (a: string, b: string): boolean => size(intersect(addressesOf(a), addressesOf(b))) > 0;

const deleteRoute = (tableId: string, { DestinationCidrBlock: cidr }: Route): Fix =>
  cidr === undefined
    ? { title: `Remove the route from the prefix list in ${tableId}`, safety: 'by-hand', changes: [] }
    : {
        title: `Delete the route to ${cidr} from ${tableId}`,
        safety: 'care',
        changes: [
          {
            service: 'ec2',
            operation: 'DeleteRoute',
            input: { RouteTableId: tableId, DestinationCidrBlock: cidr },
            undo: null,
          },
        ],
      };
