/** Route tables and NAT gateways as they will be. */
import type { NatGateway, RouteTable } from '../../snapshot/resources/index.js';
import { hasSymbol, isSymbol, isTextSymbol } from '../../snapshot/symbols.js';
import { mainRouteTable } from '../cloudformation/identities.js';
import type { JsonObject, TemplateResource } from '../resource.js';
import { addTo, textOf, type Deploying } from './deploying.js';

type Route = RouteTable['Routes'][number];

export function addRouteTables(deploying: Deploying): void {
  const { snapshot } = deploying;
  for (const resource of deploying.all('AWS::EC2::RouteTable')) {
    const table = tableOf(deploying, resource);
    addTo(snapshot.routeTables, table.VpcId, table);
  }
  for (const { id } of deploying.all('AWS::EC2::VPC')) addTo(snapshot.routeTables, id, mainTableOf(deploying, id));
  for (const resource of deploying.all('AWS::EC2::NatGateway')) {
    const gateway = natGatewayOf(deploying, resource);
    addTo(snapshot.natGateways, gateway.VpcId, gateway);
  }
}

/**
 * The main route table of a new VPC, which subnets without an association use. It has the local route, and what the
 * templates add. Terraform can make another table the main one.
 */
function mainTableOf(deploying: Deploying, vpcId: string): RouteTable {
  const table = tableOf(deploying, { id: mainRouteTable(vpcId), properties: { VpcId: vpcId } });
  const isReplaced = mainAssociations(deploying).some(({ properties }) => properties['VpcId'] === vpcId);
  return { ...table, Associations: [...(isReplaced ? [] : [{ Main: true }]), ...table.Associations] };
}

const mainAssociations = (deploying: Deploying): TemplateResource[] =>
  deploying.all('Terraform::EC2::MainRouteTableAssociation');

const localRoute = (cidr: string | undefined): Route[] =>
  cidr === undefined
    ? []
    : [{ DestinationCidrBlock: cidr, GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' }];

function tableOf(deploying: Deploying, { id, properties }: Pick<TemplateResource, 'id' | 'properties'>): RouteTable {
  const vpcId = textOf(properties['VpcId']);
  const vpc = deploying.find(vpcId, 'AWS::EC2::VPC');
  return {
    RouteTableId: id,
    VpcId: vpcId,
    Associations: [
      ...mainAssociations(deploying)
        .filter(({ properties: { RouteTableId: table } }) => table === id)
        .map(() => ({ Main: true })),
      ...deploying
        .all('AWS::EC2::SubnetRouteTableAssociation')
        .filter(({ properties: { RouteTableId: table } }) => table === id)
        .flatMap(({ properties: { SubnetId: subnet } }) => subnetsOf(deploying, textOf(subnet), vpcId))
        .map((subnet) => ({ Main: false, SubnetId: subnet })),
    ],
    Routes: [
      ...localRoute(textOf(vpc?.properties['CidrBlock'])),
      ...deploying
        .all('AWS::EC2::Route')
        .filter(({ properties: { RouteTableId: table } }) => table === id)
        .map(({ properties: route }) => routeOf(deploying, route)),
    ],
  };
}

/** A route to a destination that is not known counts as open to all where that allows more. */
export function routeOf(deploying: Deploying, route: JsonObject): Route {
  const destination = textOf(route['DestinationCidrBlock']);
  const isOpen = destination !== undefined && hasSymbol(destination) && deploying.allowsUndecided();
  const member = (name: string) => {
    const value = textOf(route[name]);
    return value === undefined ? {} : { [name]: value };
  };
  const endpoint = textOf(route['VpcEndpointId']);
  return {
    ...member('DestinationCidrBlock'),
    ...member('DestinationIpv6CidrBlock'),
    ...member('DestinationPrefixListId'),
    ...member('GatewayId'),
    ...member('NatGatewayId'),
    ...member('NetworkInterfaceId'),
    ...member('InstanceId'),
    ...member('TransitGatewayId'),
    ...member('VpcPeeringConnectionId'),
    ...member('EgressOnlyInternetGatewayId'),
    ...member('CoreNetworkArn'),
    ...(endpoint === undefined ? {} : { GatewayId: endpoint }),
    ...(isOpen ? { DestinationCidrBlock: '0.0.0.0/0' } : {}),
    State: 'active',
    Origin: 'CreateRoute',
  };
}

/** A subnet that is not known may be any of the VPC that has no route table yet. */
function subnetsOf(deploying: Deploying, subnet: string | undefined, vpcId: string | undefined): string[] {
  if (subnet === undefined) return [];
  if (!isSymbol(subnet) || !isTextSymbol(subnet) || !deploying.allowsUndecided()) return [subnet];
  const associated = deploying
    .all('AWS::EC2::SubnetRouteTableAssociation')
    .map(({ properties }) => properties['SubnetId']);
  return deploying
    .all('AWS::EC2::Subnet')
    .filter(({ id, properties }) => properties['VpcId'] === vpcId && !associated.includes(id))
    .map(({ id }) => id);
}

function natGatewayOf(deploying: Deploying, { id, properties }: TemplateResource): NatGateway {
  const subnetId = textOf(properties['SubnetId']);
  const subnet = deploying.find(subnetId, 'AWS::EC2::Subnet');
  return {
    NatGatewayId: id,
    VpcId: textOf(properties['VpcId']) ?? textOf(subnet?.properties['VpcId']),
    ...(subnetId === undefined ? {} : { SubnetId: subnetId }),
    State: 'available',
    ConnectivityType: textOf(properties['ConnectivityType']) ?? 'public',
    NatGatewayAddresses: [],
  };
}
