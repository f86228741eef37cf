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
import { serviceNames, type NetworkQuestion, type ServiceNeed } from './question.js';

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
  const nowhere = (fact: string, resource: string, title: string, summary: string): ByZone => ({
    outcomes: [
      ['aws-path', open],
      [
        'endpoint-private-dns',
        outcome('blocked', resource, fact, { fixes: [{ title, safety: 'by-hand', changes: [] }], summary }),
      ],
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
        `Add an A record for ${name}, an alias of the endpoint, to private hosted zone ${zone.zone}, or disassociate the zone from ${vpc.id}`,
        zone.zone.startsWith(`${name} (`) ? 'has no A record' : `has no A record for ${name}`,
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
      return here.length > 0 ? { here } : beyond(call, zone.zone, `resolves ${name} to ${zone.addresses.join(', ')}`);
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
          `its record for ${name} points to ${wrong.VpcEndpointId}, ${wrongBecause(wrong, need)}`,
          zone.zone,
          `Point the record for ${name} in private hosted zone ${zone.zone} to an available ${serviceNames[need.service]} endpoint`,
          zone.zone.startsWith(`${name} (`)
            ? `points to ${titleOf(wrong, need)}`
            : `points ${name} to ${titleOf(wrong, need)}`,
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
            `points ${name} to ${zone.ids.join(', ')}, in a VPC that is not visible to your credentials`,
          );
    }
  }
}

const nameOfService = (name: string): string => {
  const service = name.split('.').at(-1)!;
  return (serviceNames as Readonly<Record<string, string>>)[service] ?? service;
};

const wrongBecause = (endpoint: VpcEndpoint, { service }: ServiceNeed): string | null =>
  endpoint.ServiceName?.endsWith(`.${service}`) === false
    ? `the ${nameOfService(endpoint.ServiceName)} endpoint`
    : isAvailable(endpoint)
      ? null
      : `which is ${endpoint.State}`;

/** The endpoint for a title, without its id where its service is wrong. */
const titleOf = (endpoint: VpcEndpoint, need: ServiceNeed): string =>
  isAvailable(endpoint) ? wrongBecause(endpoint, need)! : `${endpoint.VpcEndpointId}, ${wrongBecause(endpoint, need)}`;

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
    ? undecided(zone, `this private hosted zone ${fact}; the path there is not visible`)
    : outcome(
        'blocked',
        subnetId,
        `its route table has no route out of ${vpc.id}, but private hosted zone ${zone} ${fact}`,
        { summary: `no route to the address in private hosted zone ${zone}` },
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
      ? ` unless ${other} points there (likely, because the mapping polls)`
      : resolverOf(network, vpc).isForeign
        ? ` unless ${other} or the DNS servers of the DHCP options point there`
        : zone.to === 'unknown' && !isExcluded
          ? ` unless a private hosted zone points there: ${zone.fact}`
          : undefined;
  const isOff = endpoints.every(
    ({ PrivateDnsEnabled: on, DnsOptions: options }) =>
      on === false || options?.PrivateDnsOnlyForInboundResolverEndpoint === true,
  );
  const facts = endpoints.map(({ VpcEndpointId }) => ({
    resource: VpcEndpointId,
    fact: isOff
      ? `PrivateDnsEnabled is false, so ${defaultName(need.service, question)} does not resolve to it${alternative ?? (zone.to === 'public' ? `; no private hosted zone of ${vpc.id} answers for the name` : '')}`
      : `AWS does not show whether private DNS is enabled for this ${serviceNames[need.service]} endpoint`,
  }));
  const status = egress.outcome.status === 'blocked' && isOff && alternative === undefined ? 'blocked' : 'unknown';
  const fixes = status === 'blocked' ? [enablePrivateDns(best, need.service, dnsAttributesOff(vpc))] : [];
  const missing = [...egress.outcome.missing, ...(zone.to === 'unknown' && status === 'unknown' ? zone.missing : [])];
  return [
    ['aws-path', open],
    ['endpoint-private-dns', { status, facts: [...facts, ...egress.outcome.facts], missing, fixes }],
  ];
}
