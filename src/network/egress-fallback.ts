/** No endpoint takes the service's name: what the way out says, and which ways the account could have. */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { routeTableOf, type Vpc } from './network-index.js';
import { dnsAttributesOff } from './dns.js';
import { endpointsOf, https, isAvailable, type Caller } from './endpoints.js';
import { waysToService, type Situation } from './fixes/egress-options.js';
import { byNatGateway, isServing } from './nat-gateway.js';
import type { Outcome } from './outcome.js';
import { peerIn } from './peers.js';
import { isWalledOff } from './public-access.js';
import type { NetworkQuestion, ServiceName, ServiceNeed } from './question.js';
import { checkedInstance } from './route-targets.js';
import { groupsAdmit } from './security-groups.js';
import { endpointServiceName } from './service-name.js';
import { stepAt } from './routes.js';
import type { WayOut } from './egress-path.js';

export function withoutWay(
  caller: Caller,
  question: NetworkQuestion,
  need: ServiceNeed,
  dead: readonly VpcEndpoint[],
  way: WayOut,
): Outcome {
  if (way.outcome.is !== 'blocked') return way.outcome;
  const { vpc } = caller;
  const owner = ownerOf(vpc, caller.subnetId);
  // Who shares a VPC's subnets does not show its endpoints to those that it shares them with (AWS: shared VPC permissions).
  if (owner !== undefined && question.account !== null && owner !== question.account)
    return {
      is: 'unknown',
      missing: [],
      fixes: [],
      facts: [
        ...way.outcome.facts,
        { resource: vpc.id, fact: `it belongs to account ${owner}, whose endpoints are not shown to this one` },
      ],
    };
  const gateway = gatewayElsewhere(vpc, question, need.service);
  const none =
    dead.length > 0
      ? {
          resource: dead[0]!.VpcEndpointId,
          fact: `the ${need.service} endpoint is ${dead[0]!.State ?? 'in an unknown state'}, not available`,
        }
      : gateway === undefined
        ? { resource: vpc.id, fact: `it has no ${need.service} endpoint` }
        : {
            resource: gateway.VpcEndpointId,
            fact: 'the gateway endpoint is not associated with the subnet’s route table',
          };
  return {
    ...way.outcome,
    facts: [...way.outcome.facts, none],
    fixes: waysToService(situationOf(caller, question, need, { dead, gateway, way })),
  };
}

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
  { dead, gateway, way }: { dead: readonly VpcEndpoint[]; gateway: VpcEndpoint | undefined; way: WayOut },
): Situation {
  const { atlas, vpc, subnetIds, groupIds } = caller;
  const each = peerIn(vpc, groupIds, subnetIds, 'the pollers');
  const shared = openEndpointGroups(caller);
  const admits = (direction: 'in' | 'out') =>
    shared !== undefined || groupsAdmit(atlas, vpc, groupIds, direction, https, each).is === 'open';
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
    walledOff: walledOffOn(caller, way),
    publicSubnets: way.hops.some((hop) => hop.component === 'internet gateway'),
    checkedInterface: way.hops.find((hop) => hop.component === checkedInstance)?.resource,
    mappingUuid: question.mappingUuid,
  };
}

function walledOffOn({ vpc, subnetId }: Caller, way: WayOut): Situation['walledOff'] {
  const gateways = isOk(vpc.natGateways) ? vpc.natGateways.value : undefined;
  const passed = way.hops.flatMap(({ resource }) => gateways?.get(resource) ?? []);
  if (passed.some(({ SubnetId }) => isWalledOff(vpc, SubnetId))) return 'nat';
  return isWalledOff(vpc, subnetId) ? 'vpc' : undefined;
}

/** Groups of an endpoint that the pollers reach already: a new one with them needs no rule. */
function openEndpointGroups(caller: Caller): string[] | undefined {
  const { atlas, vpc, subnetIds, groupIds } = caller;
  if (!isOk(vpc.endpoints)) return undefined;
  const inUse = vpc.endpoints.value
    .filter((one) => isAvailable(one) && one.Groups.length > 0)
    .map((one) => one.Groups.flatMap(({ GroupId }) => GroupId ?? []));
  const isOpen = (groups: readonly string[]) =>
    groupsAdmit(atlas, vpc, groups, 'in', https, peerIn(vpc, groupIds, subnetIds, 'the pollers')).is === 'open' &&
    groupsAdmit(atlas, vpc, groupIds, 'out', https, peerIn(vpc, groups, subnetIds, 'the endpoint')).is === 'open';
  return inUse.find(isOpen);
}

/** A NAT gateway of the VPC that gets out, of the subnet's own zone if there is one, where the subnet's default route is missing or dead. */
function natFor({ atlas, vpc, subnetId }: Caller): Situation['nat'] {
  const read = routeTableOf(vpc, subnetId);
  const table = isOk(read) ? read.value : undefined;
  if (table === undefined || !isOk(vpc.natGateways)) return undefined;
  const route = table.Routes.find((one) => one.DestinationCidrBlock === '0.0.0.0/0');
  if (route !== undefined && route.State !== 'blackhole' && route.NatGatewayId === undefined) return undefined;
  const step = stepAt(atlas, vpc, subnetId, table.RouteTableId);
  const zone = (id: string | undefined) => vpc.subnets.get(id ?? '')?.AvailabilityZone;
  const serving = [...vpc.natGateways.value.values()]
    .filter(
      (one) =>
        isServing(one) &&
        one.ConnectivityType !== 'private' &&
        byNatGateway(step, one.NatGatewayId).outcome.is === 'open',
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
