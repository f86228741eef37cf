/**
 * The path from a poller subnet to an AWS service: through an endpoint whose private DNS answers the default name,
 * otherwise along the subnet's route out of the VPC. Only the path that the default name resolves to is judged.
 */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Component, Hop, PathAnswer } from './answer.js';
import { routeTableOf } from './network-index.js';
import { byZone, withoutPrivateDns } from './default-name.js';
import { dnsOf, resolverOf } from './dns.js';
import {
  bestOf,
  endpointsOf,
  gatewayEndpointOf,
  https,
  isAvailable,
  judgePolicy,
  throughEndpoint,
  type Caller,
} from './endpoints.js';
import { openHttps } from './fixes/groups.js';
import { endpointHops, leavingHops } from './hops.js';
import { pathAnswer } from './combine-components.js';
import { routeInside } from './local-routes.js';
import { aclPasses } from './network-acls.js';
import { every, open, outcome, unread, type Outcome } from './outcome.js';
import { endpointGroups, peerIn, publicAddressesOf, unknownAddress } from './path-ends.js';
import { defaultName, resolveService, type Resolution } from './private-zones.js';
import type { NetworkQuestion, ServiceNeed } from './question.js';
import { groupsAdmit } from './security-groups.js';
import { egressOf } from './routes.js';
import type { EgressPath } from './egress-path.js';
import { egressFallback } from './egress-fallback.js';

type ComponentOutcome = [Component, Outcome];

/** The path of a call to the service: the outcomes of its components, and its steps. */
interface ServiceRoute {
  outcomes: ComponentOutcome[];
  hops: Hop[];
}

export function servicePath(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  capacity: Outcome,
): PathAnswer {
  const { outcomes, hops } = routeToService(caller, question, need);
  const certain = need.certain ? outcomes : change(outcomes, asRisk);
  return pathAnswer(
    caller,
    { kind: 'service', service: need.service },
    443,
    [['subnet-capacity', capacity], ...certain],
    leavingHops(caller, hops),
  );
}

/** AWS does not say that this mode needs the service: a block is a risk, and an unknown does not matter. */
const asRisk = (sure: Outcome): Outcome =>
  sure.status === 'blocked' ? { ...sure, status: 'warn' } : sure.status === 'unknown' ? open : sure;

const change = (outcomes: ComponentOutcome[], to: (outcome: Outcome) => Outcome): ComponentOutcome[] =>
  outcomes.map(([component, outcome]): ComponentOutcome => [component, to(outcome)]);

/** A block becomes unknown if an unread resource, or a resolver that cannot be read, may provide another path. */
const unknownWhereBlocked =
  (missing: readonly ReadFailure[]) =>
  (result: Outcome): Outcome =>
    result.status === 'blocked' ? { ...result, status: 'unknown', missing: [...result.missing, ...missing] } : result;

/**
 * Lambda's text decides what the account leaves undecided; where no zone points the name there, also for networks
 * behind a transit gateway.
 */
function asLambdaReports(
  { network, vpc, subnetId }: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  zone: Resolution,
): EgressPath {
  const egress = egressOf(network, vpc, subnetId);
  if (!question.reportsNoEgress || egress.outcome.status !== 'unknown') return egress;
  if (egress.withoutPeers !== undefined) return { ...egress, outcome: egress.withoutPeers };
  if (zone.to !== 'public' || egress.withoutNetworks === undefined) return egress;
  const noZone = {
    resource: vpc.id,
    fact: `none of its private hosted zones answers for ${defaultName(need.service, question)}`,
  };
  return { ...egress, outcome: { ...egress.withoutNetworks, facts: [...egress.withoutNetworks.facts, noZone] } };
}

function routeToService(caller: Caller, question: NetworkQuestion, need: ServiceNeed): ServiceRoute {
  const { network, vpc, subnetId } = caller;
  const dns = dnsOf(vpc);
  // Without the VPC's DNS attributes its zones do not answer either.
  const zone: Resolution =
    dns.status === 'blocked' ? { to: 'not-read' } : resolveService(network, vpc, question, need.service);
  const egress = asLambdaReports(caller, question, need, zone);
  const table = routeTableOf(vpc, subnetId);
  const gateway =
    need.service === 's3' && isOk(table) ? gatewayEndpointOf(caller, question, 's3', table.value) : undefined;
  if (gateway !== undefined) return byGatewayEndpoint(caller, question, need, gateway);
  const all = endpointsOf(vpc, question, need.service, 'Interface');
  if (!isOk(all)) return withEndpointsUnread(caller, need, egress, all);
  const available = all.value.filter(isAvailable);
  const named = available.filter(
    (endpoint) =>
      endpoint.PrivateDnsEnabled === true && endpoint.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== true,
  );
  if (named.length > 0 && dns.status !== 'blocked') return byEndpoints(caller, question, need, { named, dns, egress });
  const call = { caller, question, need, egress };
  const led = byZone(call, zone, all.value);
  if (led !== null && 'here' in led) return byEndpoints(caller, question, need, { named: led.here, dns, egress });
  if (led !== null) return { ...led, outcomes: change(led.outcomes, whereZonesDecide(caller, question, dns)) };
  if (egress.outcome.status === 'open')
    return zone.to === 'unknown' ? byEgressOrZone(caller, need, egress, zone.missing) : byEgress(caller, need, egress);
  if (named.length > 0)
    return {
      outcomes: [
        ['aws-path', open],
        [
          'vpc-dns',
          egress.outcome.status === 'blocked' && !resolverOf(network, vpc).isForeign
            ? dns
            : unknownWhereBlocked(egress.outcome.missing)(dns),
        ],
      ],
      hops: egress.hops,
    };
  if (available.length > 0) return { outcomes: withoutPrivateDns(call, zone, available), hops: egress.hops };
  return {
    outcomes: [
      ['aws-path', egressFallback(caller, question, need, all.value, egress)],
      ...egressToUnknown(caller, egress),
    ],
    hops: egress.hops,
  };
}

/**
 * These count more than a zone: a poll with records, a resolver of the DHCP options, or a Resolver rule that
 * forwards the name.
 */
function whereZonesDecide({ network, vpc }: Caller, { polls }: NetworkQuestion, dns: Outcome) {
  const { isForeign, missing } = resolverOf(network, vpc);
  const unsure = [...dns.missing, ...missing];
  return polls === 'proved' || isForeign || unsure.length > 0
    ? unknownWhereBlocked(unsure)
    : (result: Outcome): Outcome => result;
}

/** The public addresses are reachable; a zone that could not be read may point the name elsewhere. */
function byEgressOrZone(
  caller: Caller,
  need: ServiceNeed,
  egress: EgressPath,
  missing: readonly ReadFailure[],
): ServiceRoute {
  const { outcomes, hops } = byEgress(caller, need, egress);
  return { outcomes: change(outcomes, unknownWhereBlocked(missing)), hops };
}

/** An endpoint that was not listed may answer the name, and allow or block what the route out does not. */
function withEndpointsUnread(
  caller: Caller,
  need: ServiceNeed,
  egress: EgressPath,
  failure: ReadFailure,
): ServiceRoute {
  if (egress.outcome.status !== 'open')
    return { outcomes: [['aws-path', unread(failure, ...egress.outcome.missing)]], hops: egress.hops };
  const { outcomes, hops } = byEgress(caller, need, egress);
  return {
    outcomes: [
      ...change(outcomes, unknownWhereBlocked([failure])),
      ['endpoint-ingress', unread(failure)],
      ['endpoint-policy', unread(failure)],
    ],
    hops,
  };
}

function byEndpoints(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  { named, dns, egress }: { named: readonly VpcEndpoint[]; dns: Outcome; egress: EgressPath },
): ServiceRoute {
  const endpoint = bestOf(caller, question, need, named);
  const through = throughEndpoint(caller, question, need, endpoint);
  const outcomes: ComponentOutcome[] = [
    ['aws-path', addressFamily(endpoint)],
    ['endpoint-private-dns', open],
    ['vpc-dns', dns],
    ...through,
  ];
  const groups = endpointGroups(caller.vpc, endpoint);
  const hops = endpointHops(endpoint, isOk(groups) ? groups.value : []);
  // Without the VPC's DNS, or with another resolver, the name resolves to the public addresses, which may be
  // reachable.
  const resolver = resolverOf(caller.network, caller.vpc);
  const missing = [...dns.missing, ...resolver.missing];
  return {
    outcomes:
      egress.outcome.status !== 'blocked' && (resolver.isForeign || missing.length > 0)
        ? change(outcomes, unknownWhereBlocked(missing))
        : outcomes,
    hops,
  };
}

/** Names that resolve only to IPv6 addresses need pollers that use IPv6, which AWS does not document. */
const addressFamily = ({ VpcEndpointId: id, IpAddressType: type }: VpcEndpoint): Outcome =>
  type?.toLowerCase() === 'ipv6'
    ? outcome('unknown', id, 'has only IPv6 addresses; AWS does not document whether pollers use IPv6')
    : open;

function byGatewayEndpoint(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  { endpoint, peer }: NonNullable<ReturnType<typeof gatewayEndpointOf>>,
): ServiceRoute {
  return {
    outcomes: [
      ['aws-path', open],
      [
        'https-egress',
        withHttpsFix(
          caller,
          groupsAdmit(caller.network, caller.vpc, caller.groupIds, 'out', https, peer),
          peer.prefixListId,
        ),
      ],
      ['nacl', aclPasses(caller.vpc, caller.subnetId, 'out', https, peer)],
      ['endpoint-policy', judgePolicy(question, need, endpoint)],
    ],
    hops: [{ component: 'gateway endpoint', resource: endpoint.VpcEndpointId, note: need.service }],
  };
}

function byEgress(caller: Caller, need: ServiceNeed, egress: EgressPath): ServiceRoute {
  const { network, vpc, subnetId, groupIds } = caller;
  const peer = publicAddressesOf(vpc, need.service);
  // From the pollers to the first NAT gateway, and from each to the next.
  const legs = egress.natSubnets.map((nat, index) => ({
    nat,
    before: egress.natSubnets[index - 1] ?? { vpc, subnetId },
  }));
  const acls = legs.map(({ nat, before }) => {
    const sender = peerIn(
      before.vpc,
      [],
      [before.subnetId],
      before.subnetId === subnetId ? 'the pollers' : 'the previous NAT gateway',
    );
    // Network ACLs do not apply within one subnet.
    const into = nat.subnetId === before.subnetId ? open : aclPasses(nat.vpc, nat.subnetId, 'in', https, sender);
    return every([into, aclPasses(nat.vpc, nat.subnetId, 'out', https, peer)]);
  });
  // Replies to a NAT gateway follow the routes of its own subnet.
  const back = legs
    .filter(({ nat, before }) => nat.vpc === before.vpc && nat.subnetId !== before.subnetId)
    .map(({ nat, before }) => routeInside(network, nat.vpc, nat.subnetId, before.subnetId));
  return {
    outcomes: [
      ['aws-path', every([egress.outcome, ...back])],
      ['https-egress', withHttpsFix(caller, groupsAdmit(network, vpc, groupIds, 'out', https, peer))],
      ['nacl', every([aclPasses(vpc, subnetId, 'out', https, peer), ...acls])],
    ],
    hops: egress.hops,
  };
}

const withHttpsFix = ({ groupIds }: Caller, outcomes: Outcome, prefixListId?: string): Outcome =>
  outcomes.status === 'blocked' && groupIds[0] !== undefined
    ? { ...outcomes, fixes: [openHttps(groupIds[0], prefixListId)] }
    : outcomes;

/** If the answering address is unknown, only security groups without any rule for 443 are certain to block the call. */
function egressToUnknown(caller: Caller, egress: EgressPath): ComponentOutcome[] {
  const outcomes = groupsAdmit(caller.network, caller.vpc, caller.groupIds, 'out', https, unknownAddress);
  const useful =
    outcomes.status === 'blocked' ||
    (outcomes.status === 'unknown' && outcomes.missing.length > 0 && egress.outcome.status !== 'blocked');
  return useful ? [['https-egress', withHttpsFix(caller, outcomes)]] : [];
}
