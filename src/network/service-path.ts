/**
 * From one poller subnet to one AWS service: by an endpoint whose private DNS takes the default name, else by the
 * subnet's way out. Only the way that the default name leads to is judged.
 */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import type { Component, Hop, PathAnswer } from './answer.js';
import { routeTableOf, type Vpc } from './atlas.js';
import { endpointsOf, gatewayEndpointOf, https, isAvailable, judgePolicy, throughEndpoint, type Caller } from './endpoints.js';
import { enablePrivateDns, enableVpcDns, openHttps, waysToService } from './fixes.js';
import { toPath } from './judged.js';
import { aclPasses } from './network-acls.js';
import { any, every, open, outcome, unread, type Outcome } from './outcome.js';
import { peerIn, publicInternet, somewhere } from './peers.js';
import type { NetworkQuestion, ServiceNeed } from './question.js';
import { groupsAdmit } from './security-groups.js';
import { wayOut, type WayOut } from './routes.js';

type Said = [Component, Outcome][];

export function servicePath(caller: Caller, question: NetworkQuestion, need: ServiceNeed, capacity: Outcome): PathAnswer {
  const { said, hops } = findWay(caller, question, need);
  const certain = need.certain ? said : said.map(([component, one]): Said[number] => [component, lessSure(one)]);
  const start: Hop = { component: 'subnet', resource: caller.subnetId, note: 'pollers' };
  return toPath(caller.subnetId, { kind: 'service', service: need.service }, 443, [['subnet-capacity', capacity], ...certain], [start, ...hops]);
}

/** AWS does not say that this mode needs the way: a block is a risk, and what is not known is no matter. */
const lessSure = (said: Outcome): Outcome => (said.is === 'blocked' ? { ...said, is: 'warn' } : said.is === 'unknown' ? open : said);

function findWay(caller: Caller, question: NetworkQuestion, need: ServiceNeed): { said: Said; hops: Hop[] } {
  const { atlas, vpc, subnetId } = caller;
  const way = wayOut(atlas, vpc, subnetId);
  const table = routeTableOf(vpc, subnetId);
  const gateway = need.service === 's3' && isOk(table) ? gatewayEndpointOf(vpc, question, 's3', table.value) : undefined;
  if (gateway !== undefined) return byGatewayEndpoint(caller, question, need, gateway);
  const all = endpointsOf(vpc, question, need.service, 'Interface');
  if (!isOk(all)) return way.outcome.is === 'open' ? byWayOut(caller, way) : { said: [['aws-path', unread(all, ...way.outcome.missing)]], hops: way.hops };
  const available = all.value.filter(isAvailable);
  const named = available.filter((one) => one.PrivateDnsEnabled === true && one.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== true);
  const dns = dnsOf(vpc);
  if (named.length > 0 && dns.is !== 'blocked') {
    const { said, hops } = byEndpoints(caller, question, need, named, dns);
    // Another resolver than Amazon's may lead the name to the public addresses, to which there is a way.
    const elsewhere = way.outcome.is !== 'blocked' && hasForeignResolver(atlas, vpc);
    return { said: elsewhere ? said.map(([component, one]): Said[number] => [component, one.is === 'blocked' ? { ...one, is: 'unknown' } : one]) : said, hops };
  }
  if (way.outcome.is === 'open') return byWayOut(caller, way);
  if (named.length > 0) return { said: [['aws-path', open], ['vpc-dns', way.outcome.is === 'blocked' ? dns : { ...dns, is: 'unknown' }]], hops: way.hops };
  if (available.length > 0) return { said: withoutPrivateDns(caller, question, need, available, way), hops: way.hops };
  return { said: [['aws-path', withoutEndpoint(caller, question, need, all.value, way)], ...egressSomewhere(caller, way)], hops: way.hops };
}

function byEndpoints(caller: Caller, question: NetworkQuestion, need: ServiceNeed, endpoints: readonly VpcEndpoint[], dns: Outcome): { said: Said; hops: Hop[] } {
  const each = endpoints.map((endpoint) => throughEndpoint(caller, question, need, endpoint));
  const parts = (component: Component) => any(each.map((said) => said.find(([name]) => name === component)![1]));
  return {
    said: [
      ['aws-path', open], ['endpoint-private-dns', open], ['vpc-dns', dns],
      ...(['endpoint-ingress', 'https-egress', 'nacl', 'endpoint-policy'] as const).map((component): Said[number] => [component, parts(component)]),
    ],
    hops: endpoints.map(({ VpcEndpointId }) => ({ component: 'interface endpoint', resource: VpcEndpointId, note: 'private DNS' })),
  };
}

function byGatewayEndpoint(caller: Caller, question: NetworkQuestion, need: ServiceNeed, { endpoint, peer }: NonNullable<ReturnType<typeof gatewayEndpointOf>>): { said: Said; hops: Hop[] } {
  return {
    said: [
      ['aws-path', open],
      ['https-egress', withHttpsFix(caller, groupsAdmit(caller.atlas, caller.vpc, caller.groupIds, 'out', https, peer))],
      ['nacl', aclPasses(caller.vpc, caller.subnetId, 'out', https, peer)],
      ['endpoint-policy', judgePolicy(question, need, endpoint)],
    ],
    hops: [{ component: 'gateway endpoint', resource: endpoint.VpcEndpointId, note: need.service }],
  };
}

function byWayOut(caller: Caller, way: WayOut): { said: Said; hops: Hop[] } {
  const { atlas, vpc, subnetId, groupIds } = caller;
  const pollers = peerIn(vpc, [], [subnetId], 'the pollers');
  const acls = way.natSubnets.map((nat) => every([aclPasses(nat.vpc, nat.subnetId, 'in', https, pollers), aclPasses(nat.vpc, nat.subnetId, 'out', https, publicInternet)]));
  return {
    said: [
      ['aws-path', way.outcome],
      ['https-egress', withHttpsFix(caller, groupsAdmit(atlas, vpc, groupIds, 'out', https, publicInternet))],
      ['nacl', every([aclPasses(vpc, subnetId, 'out', https, publicInternet), ...acls])],
    ],
    hops: way.hops,
  };
}

const withHttpsFix = ({ groupIds }: Caller, said: Outcome): Outcome =>
  said.is === 'blocked' && groupIds[0] !== undefined ? { ...said, fixes: [openHttps(groupIds[0])] } : said;

/** Where nobody can tell which address answers, only groups without any rule for 443 are sure to stop the call. */
function egressSomewhere(caller: Caller, way: WayOut): Said {
  const said = groupsAdmit(caller.atlas, caller.vpc, caller.groupIds, 'out', https, somewhere);
  const useful = said.is === 'blocked' || (said.is === 'unknown' && said.missing.length > 0 && way.outcome.is !== 'blocked');
  return useful ? [['https-egress', withHttpsFix(caller, said)]] : [];
}

function withoutPrivateDns({ vpc }: Caller, question: NetworkQuestion, need: ServiceNeed, endpoints: readonly VpcEndpoint[], way: WayOut): Said {
  const facts = endpoints.map(({ VpcEndpointId }) => ({
    resource: VpcEndpointId,
    fact: `the ${need.service} endpoint of ${vpc.id} has private DNS off, so ${need.service}.${question.region}.${question.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'} does not lead to it`,
  }));
  const is = way.outcome.is === 'blocked' ? 'blocked' : 'unknown';
  return [
    ['aws-path', open],
    ['endpoint-private-dns', { is, facts: [...facts, ...way.outcome.facts], missing: way.outcome.missing, fixes: [enablePrivateDns(endpoints[0]!)] }],
  ];
}

/** No endpoint serves: what the way out says, with what is known of endpoints that do not serve. */
function withoutEndpoint({ atlas, vpc, subnetIds, groupIds }: Caller, question: NetworkQuestion, need: ServiceNeed, dead: readonly VpcEndpoint[], way: WayOut): Outcome {
  if (way.outcome.is !== 'blocked') return way.outcome;
  const publicSubnets = way.hops.some((hop) => hop.component === 'internet gateway');
  return {
    ...way.outcome,
    facts: [
      ...way.outcome.facts,
      dead.length === 0
        ? { resource: vpc.id, fact: `it has no ${need.service} endpoint` }
        : { resource: dead[0]!.VpcEndpointId, fact: `the ${need.service} endpoint is ${dead[0]!.State ?? 'in an unknown state'}, not available` },
    ],
    fixes: waysToService(question, need.service, {
      vpcId: vpc.id,
      subnetIds: endpointSubnets(vpc, subnetIds),
      groups: groupIds,
      admitsItself: groupsAdmit(atlas, vpc, groupIds, 'in', https, peerIn(vpc, groupIds, subnetIds, 'the pollers')).is === 'open',
      publicSubnets,
    }),
  };
}

/** An interface endpoint takes one subnet a zone. */
const endpointSubnets = (vpc: Vpc, subnetIds: readonly string[]): string[] => [
  ...new Map(subnetIds.map((id) => [vpc.subnets.get(id)?.AvailabilityZone ?? id, id])).values(),
];

/** Private DNS of endpoints rests on both DNS attributes of the VPC (AWS: DNS attributes). */
function dnsOf(vpc: Vpc): Outcome {
  const attributes = [['enableDnsSupport', vpc.dnsSupport], ['enableDnsHostnames', vpc.dnsHostnames]] as const;
  const off = attributes.flatMap(([name, read]) => (isOk(read) && !read.value ? [name] : []));
  if (off.length > 0) return outcome('blocked', vpc.id, `${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} off, so the private DNS of its endpoints does not work`, [enableVpcDns(vpc.id, off)]);
  const missing = attributes.flatMap(([, read]) => (isOk(read) ? [] : [read]));
  return missing.length > 0 ? unread(...missing) : open;
}


/** DHCP options that name other servers than Amazon's. */
function hasForeignResolver({ reads }: Caller['atlas'], vpc: Vpc): boolean {
  const id = isOk(vpc.description) ? vpc.description.value.DhcpOptionsId : undefined;
  const options = id === undefined ? undefined : reads.dhcpOptions[id];
  if (options === undefined || !isOk(options)) return false;
  const servers = options.value.DhcpConfigurations.filter(({ Key }) => Key === 'domain-name-servers').flatMap(({ Values }) => Values.flatMap(({ Value }) => Value ?? []));
  return servers.length > 0 && !servers.includes('AmazonProvidedDNS');
}
