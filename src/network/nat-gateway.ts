/** A NAT gateway on the route out: its state, and the route out of its own subnet. */
import { meaningOf } from '../aws/states.js';
import { isOk } from '../snapshot/read.js';
import type { NatGateway } from '../snapshot/resources/index.js';
import type { Hop } from './answer.js';
import type { Vpc } from './network-index.js';
import { open, outcome, unread } from './outcome.js';
import { isPublicAccessBlocked, publicAccessBlocked, publicAccessSummary } from './public-access.js';
import { ended, type Step, type EgressPath } from './egress-path.js';

export function byNatGateway(step: Step, id: string): EgressPath {
  const { vpc } = step;
  const hop: Hop = { component: 'NAT gateway', resource: id, note: 'route' };
  if (!isOk(vpc.natGateways)) return ended(unread(vpc.natGateways), [hop]);
  const gateway = vpc.natGateways.value.get(id);
  if (gateway === undefined)
    return ended(outcome('unknown', id, 'AWS does not list this NAT gateway in the VPC'), [hop]);
  const { State: state, SubnetId: subnetId, FailureMessage: failure, AvailabilityMode: mode } = gateway;
  if (!isServing(gateway))
    return ended(
      outcome(
        meaningOf('natGateway', state) === 'down' ? 'blocked' : 'unknown',
        id,
        `the NAT gateway is ${state}${failure === undefined ? '' : `: ${failure}`}`,
        { summary: `NAT gateway ${id} is ${state}` },
      ),
      [hop],
    );
  if (subnetId === undefined || mode === 'regional') return byRegional(vpc, gateway, hop);
  return gateway.ConnectivityType === 'private'
    ? byPrivate(step, id, subnetId, hop)
    : byPublic(step, id, subnetId, hop);
}

export const isServing = ({ State: state }: NatGateway): boolean => meaningOf('natGateway', state) === 'up';

/**
 * It is in no subnet, and has its own route table with a route to the internet gateway (AWS: regional NAT gateways).
 */
function byRegional(vpc: Vpc, { NatGatewayId: id, RouteTableId: tableId }: NatGateway, hop: Hop): EgressPath {
  if (isPublicAccessBlocked(vpc))
    return ended(outcome('blocked', id, publicAccessBlocked, { summary: publicAccessSummary }), [hop]);
  const table = isOk(vpc.routeTables)
    ? vpc.routeTables.value.all.find((candidate) => candidate.RouteTableId === tableId)
    : undefined;
  const route = table?.Routes.find((entry) => entry.DestinationCidrBlock === '0.0.0.0/0');
  if (table === undefined || (route?.GatewayId?.startsWith('igw-') === true && route.State !== 'blackhole'))
    return ended(open, [hop]);
  if (route?.State === 'blackhole')
    return ended(
      outcome('blocked', id, `the default route of its route table ${table.RouteTableId} is a blackhole`, {
        summary: natWithoutRoute(id),
      }),
      [hop],
    );
  return ended(outcome('unknown', id, `its route table ${table.RouteTableId} has no route to an internet gateway`), [
    hop,
  ]);
}

const natWithoutRoute = (id: string): string => `NAT gateway ${id} has no route to the internet`;

/** Its packets keep a private address, and an internet gateway drops them. */
function byPrivate({ vpc, onward }: Step, id: string, subnetId: string, hop: Hop): EgressPath {
  const onwardPath = onward(vpc, subnetId, false);
  if (onwardPath.outcome.status === 'blocked')
    return ended(
      outcome('blocked', id, `private NAT gateway, whose subnet ${subnetId} has no route to the internet`, {
        summary: `private ${natWithoutRoute(id)}`,
      }),
      [hop],
    );
  return { ...onwardPath, hops: [hop, ...onwardPath.hops], natSubnets: [{ vpc, subnetId }, ...onwardPath.natSubnets] };
}

function byPublic({ vpc, onward }: Step, id: string, subnetId: string, hop: Hop): EgressPath {
  const onwardPath = onward(vpc, subnetId, true);
  if (onwardPath.outcome.status === 'blocked')
    return ended(
      outcome(
        'blocked',
        id,
        `its subnet ${subnetId} has no route to the internet: ${onwardPath.outcome.facts.map(({ resource, fact }) => (resource === subnetId ? fact : `${resource}: ${fact}`)).join('; ')}`,
        {
          summary:
            onwardPath.outcome.facts[0]?.summary === publicAccessSummary ? publicAccessSummary : natWithoutRoute(id),
        },
      ),
      [hop],
    );
  if (onwardPath.outcome.status === 'unknown') return ended(onwardPath.outcome, [hop]);
  // An internet gateway translates to its public address; behind any other target the path cannot be followed.
  if (onwardPath.hops.at(-1)?.component !== 'internet gateway' || onwardPath.natSubnets.length > 0)
    return ended(
      outcome('unknown', id, `the default route of its subnet ${subnetId} does not point to an internet gateway`),
      [hop],
    );
  return { outcome: open, hops: [hop, ...onwardPath.hops], natSubnets: [{ vpc, subnetId }] };
}
