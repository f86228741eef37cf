/**
 * The destination of a service's default name when no endpoint of the VPC answers it by private DNS: by a private
 * hosted zone to an endpoint here or elsewhere, nowhere, or to public addresses although an endpoint without private
 * DNS exists.
 */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { Component, Hop } from './answer.js';
import { dnsAttributesOff, resolverOf } from './dns.js';
import type { EgressPath } from './egress-path.js';
import { throughEndpointElsewhere } from './endpoint-elsewhere.js';
import { bestOf, isAvailable, throughEndpoint, type Caller } from './endpoints.js';
import { enablePrivateDns } from './fixes/endpoints.js';
import { routeTableOf } from './network-index.js';
import { every, open, outcome, type Outcome } from './outcome.js';
import { defaultName, type Resolution } from './private-zones.js';
import type { NetworkQuestion, ServiceNeed } from './question.js';

type ComponentOutcome = [Component, Outcome];
/** `here`: the name resolves to these endpoints of the pollers' VPC. */
type ByZone = { here: VpcEndpoint[] } | { outcomes: ComponentOutcome[]; hops: Hop[] } | null;

interface Call {
  caller: Caller;
  question: NetworkQuestion;
  need: ServiceNeed;
  egress: EgressPath;
}

/** Null where no zone decides. `listed`: endpoints of the service in the VPC. */
export function byZone(call: Call, zone: Resolution, listed: readonly VpcEndpoint[]): ByZone {
  const { caller, question, need, egress } = call;
  const { vpc, network } = caller;
  const name = defaultName(need.service, question);
  const nowhere = (fact: string, resource: string, title: string): ByZone => ({
    outcomes: [
      ['aws-path', open],
      ['endpoint-private-dns', outcome('blocked', resource, fact, [{ title, safety: 'by-hand', changes: [] }])],
    ],
    hops: [],
  });
  switch (zone.to) {
    case 'not-read':
    case 'public':
      return null;
    case 'nothing':
      return nowhere(
        zone.fact,
        zone.zone,
        `Add an A record for ${name} that leads to the endpoint to the private hosted zone ${zone.zone}, or disassociate the zone from ${vpc.id}`,
      );
    case 'unknown':
      return egress.outcome.status === 'open' || listed.some(isAvailable)
        ? null
        : { outcomes: [['aws-path', undecided(zone.resource, zone.fact, zone.missing)]], hops: egress.hops };
    case 'addresses': {
      const interfaces = isOk(vpc.interfaces) ? vpc.interfaces.value : [];
      const ids = interfaces
        .filter(({ PrivateIpAddress: address }) => address !== undefined && zone.addresses.includes(address))
        .map(({ NetworkInterfaceId }) => NetworkInterfaceId);
      const here = listed.filter(
        (endpoint) => isAvailable(endpoint) && endpoint.NetworkInterfaceIds.some((id) => ids.includes(id)),
      );
      return here.length > 0 ? { here } : beyond(call, zone.zone, `leads ${name} to ${zone.addresses.join(', ')}`);
    }
    case 'endpoints': {
      const inVpc = isOk(vpc.endpoints) ? vpc.endpoints.value : [];
      const found = zone.ids.map((id) => {
        const elsewhere = network.reads.endpointsElsewhere[id];
        const here = inVpc.find(({ VpcEndpointId }) => VpcEndpointId === id);
        return {
          id,
          here,
          endpoint: here ?? (elsewhere !== undefined && isOk(elsewhere) ? elsewhere.value : undefined),
        };
      });
      const wrong = found
        .flatMap(({ endpoint }) => endpoint ?? [])
        .find((endpoint) => wrongBecause(endpoint, need) !== null);
      if (wrong !== undefined && found.length === 1)
        return nowhere(
          `this private hosted zone leads ${name} to ${wrong.VpcEndpointId}, ${wrongBecause(wrong, need)}`,
          zone.zone,
          `Let the record for ${name} in the private hosted zone ${zone.zone} lead to an available endpoint of the service`,
        );
      const here = found.flatMap(({ here: endpoint }) => endpoint ?? []);
      if (here.length === found.length) return { here };
      const [only] = found;
      return found.length === 1 && only?.endpoint !== undefined
        ? {
            outcomes: throughEndpointElsewhere(caller, question, need, only.endpoint),
            hops: [...egress.hops, { component: 'endpoint', resource: only.id, note: `in ${only.endpoint.VpcId}` }],
          }
        : beyond(
            call,
            zone.zone,
            `leads ${name} to ${zone.ids.join(', ')}, in a VPC that is not visible to your credentials`,
          );
    }
  }
}

const wrongBecause = (endpoint: VpcEndpoint, { service }: ServiceNeed): string | null =>
  endpoint.ServiceName?.endsWith(`.${service}`) === false
    ? `an endpoint of ${endpoint.ServiceName}`
    : isAvailable(endpoint)
      ? null
      : `whose state is ${endpoint.State}`;

const undecided = (resource: string, fact: string, missing: readonly ReadFailure[] = []): Outcome => ({
  ...outcome('unknown', resource, fact),
  missing: [...missing],
});

/**
 * The endpoint is in a network that was not read. Only a subnet without any route out of its VPC certainly cannot
 * reach it.
 */
function beyond({ caller: { vpc, subnetId }, egress }: Call, zone: string, fact: string): ByZone {
  const table = routeTableOf(vpc, subnetId);
  const leaves =
    !isOk(table) ||
    table.value === undefined ||
    table.value.Routes.some(
      (route) =>
        route.State !== 'blackhole' &&
        !/^(local|igw-|vpce-)/.test(route.GatewayId ?? '') &&
        route.EgressOnlyInternetGatewayId === undefined,
    );
  const result = leaves
    ? undecided(zone, `this private hosted zone ${fact}, and the path there is not visible`)
    : outcome(
        'blocked',
        subnetId,
        `its route table has no route out of ${vpc.id}, and the private hosted zone ${zone} ${fact}`,
      );
  return {
    outcomes: [
      ['endpoint-private-dns', open],
      ['aws-path', result],
    ],
    hops: egress.hops,
  };
}

/**
 * An endpoint of the VPC whose private DNS is off. A poll with records proves that the name resolves to something
 * reachable.
 */
export function withoutPrivateDns(
  { caller, question, need, egress }: Call,
  zone: Resolution,
  endpoints: readonly VpcEndpoint[],
): ComponentOutcome[] {
  const { network, vpc } = caller;
  const best = bestOf(caller, question, need, endpoints);
  // If everything else on the path to the endpoint is open, Lambda’s error text excludes a zone that points to it.
  const isExcluded =
    question.reportsNoEgress &&
    every(throughEndpoint(caller, question, need, best).map(([, result]) => result)).status === 'open';
  const other = zone.to === 'public' ? 'a Resolver rule' : 'a private hosted zone';
  const alternative =
    question.polls === 'proved'
      ? ` unless ${other} does, which the mapping’s polls make likely`
      : resolverOf(network, vpc).isForeign
        ? ` unless ${other} does, or the resolver of the DHCP options`
        : zone.to === 'unknown' && !isExcluded
          ? `, unless a private hosted zone does: ${zone.fact}`
          : undefined;
  const isOff = endpoints.every(
    ({ PrivateDnsEnabled: on, DnsOptions: options }) =>
      on === false || options?.PrivateDnsOnlyForInboundResolverEndpoint === true,
  );
  const facts = endpoints.map(({ VpcEndpointId }) => ({
    resource: VpcEndpointId,
    fact: isOff
      ? `the ${need.service} endpoint of ${vpc.id} has private DNS off, so ${defaultName(need.service, question)} does not lead to it${alternative ?? (zone.to === 'public' ? `; no private hosted zone of the VPC answers for the name` : '')}`
      : `AWS does not say whether the ${need.service} endpoint of ${vpc.id} has private DNS on`,
  }));
  const status = egress.outcome.status === 'blocked' && isOff && alternative === undefined ? 'blocked' : 'unknown';
  const fixes = status === 'blocked' ? [enablePrivateDns(best, need.service, dnsAttributesOff(vpc))] : [];
  const missing = [...egress.outcome.missing, ...(zone.to === 'unknown' && status === 'unknown' ? zone.missing : [])];
  return [
    ['aws-path', open],
    ['endpoint-private-dns', { status, facts: [...facts, ...egress.outcome.facts], missing, fixes }],
  ];
}
