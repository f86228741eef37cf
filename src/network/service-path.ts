/**
 * From one poller subnet to one AWS service: by an endpoint whose private DNS takes the default name, else by the
 * subnet's way out. Only the way that the default name leads to is judged.
 */
import { dnsSuffixOf } from '../aws/partitions.js';
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Component, Hop, PathAnswer } from './answer.js';
import { routeTableOf } from './network-index.js';
import { dnsAttributesOff, dnsOf, resolverOf } from './dns.js';
import {
  endpointsOf,
  gatewayEndpointOf,
  https,
  isAvailable,
  judgePolicy,
  throughEndpoint,
  type Caller,
} from './endpoints.js';
import { enablePrivateDns } from './fixes/endpoints.js';
import { openHttps } from './fixes/groups.js';
import { endpointHops, leavingHops } from './hops.js';
import { toPath } from './combine-components.js';
import { routeInside } from './local-routes.js';
import { aclPasses } from './network-acls.js';
import { every, gravity, open, outcome, unread, type Outcome } from './outcome.js';
import { endpointGroups, peerIn, publicAddressesOf, somewhere } from './peers.js';
import type { NetworkQuestion, ServiceNeed } from './question.js';
import { groupsAdmit } from './security-groups.js';
import { wayOut } from './routes.js';
import type { WayOut } from './egress-path.js';
import { withoutWay } from './egress-fallback.js';

type Said = [Component, Outcome][];
interface Found {
  said: Said;
  hops: Hop[];
}

export function servicePath(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  capacity: Outcome,
): PathAnswer {
  const { said, hops } = findWay(caller, question, need);
  const certain = need.certain ? said : change(said, lessSure);
  return toPath(
    caller,
    { kind: 'service', service: need.service },
    443,
    [['subnet-capacity', capacity], ...certain],
    leavingHops(caller, hops),
  );
}

/** AWS does not say that this mode needs the way: a block is a risk, and what is not known is no matter. */
const lessSure = (said: Outcome): Outcome =>
  said.is === 'blocked' ? { ...said, is: 'warn' } : said.is === 'unknown' ? open : said;

const change = (said: Said, to: (one: Outcome) => Outcome): Said =>
  said.map(([component, one]): Said[number] => [component, to(one)]);

/** A block that what could not be read, or an unseen resolver, may lead past. */
const doubted =
  (missing: readonly ReadFailure[]) =>
  (one: Outcome): Outcome =>
    one.is === 'blocked' ? { ...one, is: 'unknown', missing: [...one.missing, ...missing] } : one;

/** What Lambda says decides what the account leaves open. */
const wayThatIsSaid = ({ saysNoWay }: NetworkQuestion, way: WayOut): WayOut =>
  saysNoWay && way.outcome.is === 'unknown' && way.withoutPeers !== undefined
    ? { ...way, outcome: way.withoutPeers }
    : way;

function findWay(caller: Caller, question: NetworkQuestion, need: ServiceNeed): Found {
  const { atlas, vpc, subnetId } = caller;
  const way = wayThatIsSaid(question, wayOut(atlas, vpc, subnetId));
  const table = routeTableOf(vpc, subnetId);
  const gateway =
    need.service === 's3' && isOk(table) ? gatewayEndpointOf(caller, question, 's3', table.value) : undefined;
  if (gateway !== undefined) return byGatewayEndpoint(caller, question, need, gateway);
  const all = endpointsOf(vpc, question, need.service, 'Interface');
  if (!isOk(all)) return withEndpointsUnread(caller, need, way, all);
  const available = all.value.filter(isAvailable);
  const named = available.filter(
    (one) => one.PrivateDnsEnabled === true && one.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== true,
  );
  const dns = dnsOf(vpc);
  if (named.length > 0 && dns.is !== 'blocked') return byEndpoints(caller, question, need, { named, dns, way });
  if (way.outcome.is === 'open') return byWayOut(caller, need, way);
  if (named.length > 0)
    return {
      said: [
        ['aws-path', open],
        [
          'vpc-dns',
          way.outcome.is === 'blocked' && !resolverOf(atlas, vpc).isForeign ? dns : doubted(way.outcome.missing)(dns),
        ],
      ],
      hops: way.hops,
    };
  if (available.length > 0) return { said: withoutPrivateDns(caller, question, need, available, way), hops: way.hops };
  return {
    said: [['aws-path', withoutWay(caller, question, need, all.value, way)], ...egressSomewhere(caller, way)],
    hops: way.hops,
  };
}

/** An endpoint that nobody listed may take the name, and let through or block what the way out does not. */
function withEndpointsUnread(caller: Caller, need: ServiceNeed, way: WayOut, failure: ReadFailure): Found {
  if (way.outcome.is !== 'open')
    return { said: [['aws-path', unread(failure, ...way.outcome.missing)]], hops: way.hops };
  const { said, hops } = byWayOut(caller, need, way);
  return {
    said: [
      ...change(said, doubted([failure])),
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
  { named, dns, way }: { named: readonly VpcEndpoint[]; dns: Outcome; way: WayOut },
): Found {
  const endpoint = bestOf(caller, question, need, named);
  const through = throughEndpoint(caller, question, need, endpoint);
  const said: Said = [
    ['aws-path', addressFamily(endpoint)],
    ['endpoint-private-dns', open],
    ['vpc-dns', dns],
    ...through,
  ];
  const groups = endpointGroups(caller.vpc, endpoint);
  const hops = endpointHops(endpoint, isOk(groups) ? groups.value : []);
  // Without the VPC's DNS, or by another resolver, the name leads to the public addresses, to which there may be a way.
  const resolver = resolverOf(caller.atlas, caller.vpc);
  const missing = [...dns.missing, ...resolver.missing];
  return {
    said:
      way.outcome.is !== 'blocked' && (resolver.isForeign || missing.length > 0)
        ? change(said, doubted(missing))
        : said,
    hops,
  };
}

/** Names that lead to IPv6 addresses alone lead pollers somewhere only if they speak it, which no page of AWS says. */
const addressFamily = ({ VpcEndpointId: id, IpAddressType: type }: VpcEndpoint): Outcome =>
  type?.toLowerCase() === 'ipv6'
    ? outcome('unknown', id, 'it answers on IPv6 alone, and that pollers use IPv6 is not documented')
    : open;

/** Private DNS is had by one endpoint a service; where a list has several, the one that lets most through. */
function bestOf(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  endpoints: readonly VpcEndpoint[],
): VpcEndpoint {
  const [only] = endpoints;
  if (endpoints.length === 1) return only!;
  const worst = (endpoint: VpcEndpoint) =>
    gravity[every(throughEndpoint(caller, question, need, endpoint).map(([, one]) => one)).is];
  return endpoints.toSorted((a, b) => worst(a) - worst(b) || (a.VpcEndpointId < b.VpcEndpointId ? -1 : 1))[0]!;
}

function byGatewayEndpoint(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  { endpoint, peer }: NonNullable<ReturnType<typeof gatewayEndpointOf>>,
): Found {
  return {
    said: [
      ['aws-path', open],
      [
        'https-egress',
        withHttpsFix(
          caller,
          groupsAdmit(caller.atlas, caller.vpc, caller.groupIds, 'out', https, peer),
          peer.prefixListId,
        ),
      ],
      ['nacl', aclPasses(caller.vpc, caller.subnetId, 'out', https, peer)],
      ['endpoint-policy', judgePolicy(question, need, endpoint)],
    ],
    hops: [{ component: 'gateway endpoint', resource: endpoint.VpcEndpointId, note: need.service }],
  };
}

function byWayOut(caller: Caller, need: ServiceNeed, way: WayOut): Found {
  const { atlas, vpc, subnetId, groupIds } = caller;
  const peer = publicAddressesOf(vpc, need.service);
  // From the pollers to the first NAT gateway, from that to the next.
  const legs = way.natSubnets.map((nat, index) => ({ nat, before: way.natSubnets[index - 1] ?? { vpc, subnetId } }));
  const acls = legs.map(({ nat, before }) => {
    const sender = peerIn(
      before.vpc,
      [],
      [before.subnetId],
      before.subnetId === subnetId ? 'the pollers' : 'the NAT gateway before it',
    );
    // Within one subnet no network ACL is asked.
    const into = nat.subnetId === before.subnetId ? open : aclPasses(nat.vpc, nat.subnetId, 'in', https, sender);
    return every([into, aclPasses(nat.vpc, nat.subnetId, 'out', https, peer)]);
  });
  // What comes back to a NAT gateway is sent on by its own subnet's routes.
  const back = legs
    .filter(({ nat, before }) => nat.vpc === before.vpc && nat.subnetId !== before.subnetId)
    .map(({ nat, before }) => routeInside(atlas, nat.vpc, nat.subnetId, before.subnetId));
  return {
    said: [
      ['aws-path', every([way.outcome, ...back])],
      ['https-egress', withHttpsFix(caller, groupsAdmit(atlas, vpc, groupIds, 'out', https, peer))],
      ['nacl', every([aclPasses(vpc, subnetId, 'out', https, peer), ...acls])],
    ],
    hops: way.hops,
  };
}

const withHttpsFix = ({ groupIds }: Caller, said: Outcome, prefixListId?: string): Outcome =>
  said.is === 'blocked' && groupIds[0] !== undefined
    ? { ...said, fixes: [openHttps(groupIds[0], prefixListId)] }
    : said;

/** Where nobody can tell which address answers, only groups without any rule for 443 are sure to stop the call. */
function egressSomewhere(caller: Caller, way: WayOut): Said {
  const said = groupsAdmit(caller.atlas, caller.vpc, caller.groupIds, 'out', https, somewhere);
  const useful =
    said.is === 'blocked' || (said.is === 'unknown' && said.missing.length > 0 && way.outcome.is !== 'blocked');
  return useful ? [['https-egress', withHttpsFix(caller, said)]] : [];
}

/** A private hosted zone of one's own may lead the name to the endpoint: a poll that brought records proves that something does. */
function withoutPrivateDns(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  endpoints: readonly VpcEndpoint[],
  way: WayOut,
): Said {
  const { atlas, vpc } = caller;
  const maybeLed =
    question.polls === 'proved'
      ? ', which the mapping’s polls make likely'
      : resolverOf(atlas, vpc).isForeign
        ? ', or the resolver of the DHCP options'
        : undefined;
  const isOff = endpoints.every(
    ({ PrivateDnsEnabled: on, DnsOptions: options }) =>
      on === false || options?.PrivateDnsOnlyForInboundResolverEndpoint === true,
  );
  const facts = endpoints.map(({ VpcEndpointId }) => ({
    resource: VpcEndpointId,
    fact: isOff
      ? `the ${need.service} endpoint of ${vpc.id} has private DNS off, so ${need.service}.${question.region}.${dnsSuffixOf(question.partition)} does not lead to it${maybeLed === undefined ? '' : ` unless a private hosted zone does${maybeLed}`}`
      : `AWS does not say whether the ${need.service} endpoint of ${vpc.id} has private DNS on`,
  }));
  const is = way.outcome.is === 'blocked' && isOff && maybeLed === undefined ? 'blocked' : 'unknown';
  const fixes =
    is === 'blocked'
      ? [enablePrivateDns(bestOf(caller, question, need, endpoints), need.service, dnsAttributesOff(vpc))]
      : [];
  return [
    ['aws-path', open],
    ['endpoint-private-dns', { is, facts: [...facts, ...way.outcome.facts], missing: way.outcome.missing, fixes }],
  ];
}
