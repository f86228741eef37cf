/** A NAT gateway on the way out: its state, and its own subnet's way out. */
import { isOk } from '../snapshot/read.js';
import type { NatGateway } from '../snapshot/resources/index.js';
import type { Hop } from './answer.js';
import type { Vpc } from './network-index.js';
import { open, outcome, unread } from './outcome.js';
import { isWalledOff, walledOff } from './public-access.js';
import { ended, type Step, type WayOut } from './egress-path.js';

export function byNatGateway(step: Step, id: string): WayOut {
  const { vpc } = step;
  const hop: Hop = { component: 'NAT gateway', resource: id, note: 'route' };
  if (!isOk(vpc.natGateways)) return ended(unread(vpc.natGateways), [hop]);
  const gateway = vpc.natGateways.value.get(id);
  if (gateway === undefined)
    return ended(outcome('unknown', id, 'the NAT gateway is not among those that AWS lists in this VPC'), [hop]);
  const { State: state, SubnetId: subnetId, FailureMessage: failure, AvailabilityMode: mode } = gateway;
  if (!isServing(gateway))
    return ended(outcome('blocked', id, `the NAT gateway is ${state}${failure === undefined ? '' : `: ${failure}`}`), [
      hop,
    ]);
  if (subnetId === undefined || mode === 'regional') return byRegional(vpc, gateway, hop);
  return gateway.ConnectivityType === 'private'
    ? byPrivate(step, id, subnetId, hop)
    : byPublic(step, id, subnetId, hop);
}

export const isServing = ({ State: state }: NatGateway): boolean =>
  state === undefined || state.toLowerCase() === 'available';

/** It stands in no subnet, and has a route table of its own that leads to the internet gateway (AWS: regional NAT gateways). */
function byRegional(vpc: Vpc, { NatGatewayId: id, RouteTableId: tableId }: NatGateway, hop: Hop): WayOut {
  if (isWalledOff(vpc)) return ended(outcome('blocked', id, walledOff), [hop]);
  const table = isOk(vpc.routeTables)
    ? vpc.routeTables.value.all.find((one) => one.RouteTableId === tableId)
    : undefined;
  const route = table?.Routes.find((one) => one.DestinationCidrBlock === '0.0.0.0/0');
  if (table === undefined || (route?.GatewayId?.startsWith('igw-') === true && route.State !== 'blackhole'))
    return ended(open, [hop]);
  if (route?.State === 'blackhole')
    return ended(outcome('blocked', id, `its own route table ${table.RouteTableId} leads into a blackhole`), [hop]);
  return ended(
    outcome('unknown', id, `its own route table ${table.RouteTableId} does not lead to an internet gateway`),
    [hop],
  );
}

/** Its packets keep a private address: an internet gateway drops them. */
function byPrivate({ vpc, onward }: Step, id: string, subnetId: string, hop: Hop): WayOut {
  const on = onward(vpc, subnetId, false);
  if (on.outcome.is === 'blocked')
    return ended(outcome('blocked', id, `it is a private NAT gateway, and its own subnet ${subnetId} has no way out`), [
      hop,
    ]);
  return { ...on, hops: [hop, ...on.hops], natSubnets: [{ vpc, subnetId }, ...on.natSubnets] };
}

function byPublic({ vpc, onward }: Step, id: string, subnetId: string, hop: Hop): WayOut {
  const on = onward(vpc, subnetId, true);
  if (on.outcome.is === 'blocked')
    return ended(
      outcome(
        'blocked',
        id,
        `it stands in ${subnetId}, from where nothing gets out: ${on.outcome.facts.map(({ resource, fact }) => `${resource}: ${fact}`).join('; ')}`,
      ),
      [hop],
    );
  if (on.outcome.is === 'unknown') return ended(on.outcome, [hop]);
  // Its public address is put on by an internet gateway; behind anything else the way goes on unseen.
  if (on.hops.at(-1)?.component !== 'internet gateway' || on.natSubnets.length > 0)
    return ended(
      outcome('unknown', id, `it stands in ${subnetId}, which leads on to something else than an internet gateway`),
      [hop],
    );
  return { outcome: open, hops: [hop, ...on.hops], natSubnets: [{ vpc, subnetId }] };
}
