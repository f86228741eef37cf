/**
 * No endpoint answers the service's name: whether the subnet's route out reaches the service, and the fixes if it
 * does not.
 */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { routeTableOf, type Vpc } from './network-index.js';
import { dnsAttributesOff } from './dns.js';
import { endpointsOf, https, isAvailable, type Caller } from './endpoints.js';
import { egressFixes, type Situation } from './fixes/egress-options.js';
import { byNatGateway, isServing } from './nat-gateway.js';
import type { Outcome } from './outcome.js';
import { peerIn } from './path-ends.js';
import { isPublicAccessBlocked } from './public-access.js';
import { serviceNames, type NetworkQuestion, type ServiceName, type ServiceNeed } from './question.js';
import { checkedInstance } from './route-targets.js';
import { groupsAdmit } from './security-groups.js';
import { endpointServiceName } from './service-name.js';
import { stepAt } from './routes.js';
import type { EgressPath } from './egress-path.js';

/**
 * The outcome of the route out, with the missing or unavailable endpoint as a fact. `dead`: endpoints of the service
 * that are not available.
 */
export function egressFallback(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  dead: readonly VpcEndpoint[],
  egress: EgressPath,
): Outcome {
  if (egress.outcome.status !== 'blocked') return egress.outcome;
  const { vpc } = caller;
  const owner = ownerOf(vpc, caller.subnetId);
  // The owner of shared subnets does not show its endpoints to the accounts that use the subnets (AWS: shared VPC
  // permissions).
  if (owner !== undefined && question.account !== null && owner !== question.account)
    return {
      status: 'unknown',
      missing: [],
      fixes: [],
      facts: [
        ...egress.outcome.facts,
        { resource: vpc.id, fact: `belongs to account ${owner}, which does not show its endpoints to this account` },
      ],
    };
  const gateway = gatewayElsewhere(vpc, question, need.service);
  const name = serviceNames[need.service];
  const none =
    dead.length > 0
      ? {
          resource: dead[0]!.VpcEndpointId,
          fact: `the ${name} endpoint is ${dead[0]!.State ?? 'in an unknown state'}, not available`,
          summary: `the ${name} endpoint is ${dead[0]!.State ?? 'in an unknown state'}`,
        }
      : gateway === undefined
        ? { resource: vpc.id, fact: `no ${name} endpoint`, summary: noEndpoint }
        : {
            resource: gateway.VpcEndpointId,
            fact: 'the gateway endpoint is not associated with the subnet’s route table',
            summary: `the ${name} gateway endpoint is not associated with the route table`,
          };
  return {
    ...egress.outcome,
    facts: [...egress.outcome.facts, none],
    fixes: egressFixes(situationOf(caller, question, need, { dead, gateway, egress })),
  };
}

export const noEndpoint = 'no endpoint';

const ownerOf = (vpc: Vpc, subnetId: string): string | undefined =>
  (isOk(vpc.description) ? vpc.description.value.OwnerId : undefined) ?? vpc.subnets.get(subnetId)?.OwnerId;

function gatewayElsewhere(vpc: Vpc, question: NetworkQuestion, service: ServiceName): VpcEndpoint | undefined {
  const gateways = service === 's3' ? endpointsOf(vpc, question, service, 'Gateway') : undefined;
  return gateways !== undefined && isOk(gateways) ? gateways.value.find(isAvailable) : undefined;
}

function situationOf(
  caller: Caller,
  question: NetworkQuestion,
  { service }: ServiceNeed,
  { dead, gateway, egress }: { dead: readonly VpcEndpoint[]; gateway: VpcEndpoint | undefined; egress: EgressPath },
): Situation {
  const { network, vpc, subnetIds, groupIds } = caller;
  const each = peerIn(vpc, groupIds, subnetIds, 'the pollers');
  const shared = openEndpointGroups(caller);
  const admits = (direction: 'in' | 'out') =>
    shared !== undefined || groupsAdmit(network, vpc, groupIds, direction, https, each).status === 'open';
  const tables = subnetIds.flatMap((id) => {
    const table = routeTableOf(vpc, id);
    return isOk(table) && table.value !== undefined ? [table.value.RouteTableId] : [];
  });
  return {
    service,
    dead,
    gateway,
    serviceName: endpointServiceName(question.partition, question.region, service),
    vpcId: vpc.id,
    subnetIds: [...new Map(subnetIds.map((id) => [vpc.subnets.get(id)?.AvailabilityZone ?? id, id])).values()],
    groups: shared ?? groupIds,
    admitsItself: { in: admits('in'), out: admits('out') },
    dnsOff: dnsAttributesOff(vpc),
    tables: [...new Set(tables)].filter((id) => gateway?.RouteTableIds.includes(id) !== true),
    nat: natFor(caller),
    publicAccessBlock: publicAccessBlockOn(caller, egress),
    publicSubnets: egress.hops.some((hop) => hop.component === 'internet gateway'),
    checkedInterface: egress.hops.find((hop) => hop.component === checkedInstance)?.resource,
    mappingUuid: question.mappingUuid,
  };
}

function publicAccessBlockOn({ vpc, subnetId }: Caller, egress: EgressPath): Situation['publicAccessBlock'] {
  const gateways = isOk(vpc.natGateways) ? vpc.natGateways.value : undefined;
  const passed = egress.hops.flatMap(({ resource }) => gateways?.get(resource) ?? []);
  if (passed.some(({ SubnetId }) => isPublicAccessBlocked(vpc, SubnetId))) return 'nat';
  return isPublicAccessBlocked(vpc, subnetId) ? 'vpc' : undefined;
}

/** Security groups of an endpoint that the pollers already reach: a new endpoint with them needs no new rule. */
function openEndpointGroups(caller: Caller): string[] | undefined {
  const { network, vpc, subnetIds, groupIds } = caller;
  if (!isOk(vpc.endpoints)) return undefined;
  const inUse = vpc.endpoints.value
    .filter((endpoint) => isAvailable(endpoint) && endpoint.Groups.length > 0)
    .map((endpoint) => endpoint.Groups.flatMap(({ GroupId }) => GroupId ?? []));
  const isOpen = (groups: readonly string[]) =>
    groupsAdmit(network, vpc, groups, 'in', https, peerIn(vpc, groupIds, subnetIds, 'the pollers')).status === 'open' &&
    groupsAdmit(network, vpc, groupIds, 'out', https, peerIn(vpc, groups, subnetIds, 'the endpoint')).status === 'open';
  return inUse.find(isOpen);
}

/**
 * A working NAT gateway of the VPC, preferably in the subnet's own zone, where the subnet's default route is missing
 * or a blackhole.
 */
function natFor({ network, vpc, subnetId }: Caller): Situation['nat'] {
  const read = routeTableOf(vpc, subnetId);
  const table = isOk(read) ? read.value : undefined;
  if (table === undefined || !isOk(vpc.natGateways)) return undefined;
  const route = table.Routes.find((entry) => entry.DestinationCidrBlock === '0.0.0.0/0');
  if (route !== undefined && route.State !== 'blackhole' && route.NatGatewayId === undefined) return undefined;
  const step = stepAt(network, vpc, subnetId, table.RouteTableId);
  const zone = (id: string | undefined) => vpc.subnets.get(id ?? '')?.AvailabilityZone;
  const serving = [...vpc.natGateways.value.values()]
    .filter(
      (gateway) =>
        isServing(gateway) &&
        gateway.ConnectivityType !== 'private' &&
        byNatGateway(step, gateway.NatGatewayId).outcome.status === 'open',
    )
    .toSorted(
      (a, b) =>
        Number(zone(b.SubnetId) === zone(subnetId)) - Number(zone(a.SubnetId) === zone(subnetId)) ||
        (a.NatGatewayId < b.NatGatewayId ? -1 : 1),
    );
  const [nat] = serving;
  if (nat === undefined) return undefined;
  const { NatGatewayId, GatewayId, TransitGatewayId, NetworkInterfaceId, VpcPeeringConnectionId } = route ?? {};
  const replaces =
    route === undefined
      ? null
      : Object.fromEntries(
          Object.entries({
            NatGatewayId,
            GatewayId,
            TransitGatewayId,
            NetworkInterfaceId,
            VpcPeeringConnectionId,
          }).filter(([, value]) => value !== undefined),
        );
  return { tableId: table.RouteTableId, natGatewayId: nat.NatGatewayId, replaces };
}
