/** VPCs, subnets, routes, network ACLs and endpoints. */
import type { Json, JsonObject } from '../../resource.js';
import { blocks, items, member, pick, type Piece, type Translation } from './translation.js';

const routeProperties = {
  DestinationCidrBlock: 'destination_cidr_block',
  DestinationIpv6CidrBlock: 'destination_ipv6_cidr_block',
  DestinationPrefixListId: 'destination_prefix_list_id',
  GatewayId: 'gateway_id',
  NatGatewayId: 'nat_gateway_id',
  NetworkInterfaceId: 'network_interface_id',
  InstanceId: 'instance_id',
  TransitGatewayId: 'transit_gateway_id',
  VpcPeeringConnectionId: 'vpc_peering_connection_id',
  EgressOnlyInternetGatewayId: 'egress_only_gateway_id',
  CoreNetworkArn: 'core_network_arn',
  VpcEndpointId: 'vpc_endpoint_id',
};
const inlineRoute = {
  ...routeProperties,
  DestinationCidrBlock: 'cidr_block',
  DestinationIpv6CidrBlock: 'ipv6_cidr_block',
};

/** Rules of network ACLs name protocols by number in the API. */
const protocols: Record<string, string> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' };

function aclEntry(rule: JsonObject, acl: Json, egress: boolean): JsonObject {
  const protocol = String(rule['protocol'] ?? '-1').toLowerCase();
  const [from, to] = [rule['from_port'], rule['to_port']];
  const number = protocols[protocol] ?? protocol;
  return {
    NetworkAclId: acl,
    Egress: egress,
    Protocol: number,
    ...member('RuleNumber', rule['rule_no'] ?? rule['rule_number']),
    ...member('RuleAction', rule['action'] ?? rule['rule_action']),
    ...pick(rule, { CidrBlock: 'cidr_block', Ipv6CidrBlock: 'ipv6_cidr_block' }),
    ...(number === '-1' || from === undefined || to === undefined || from === null || to === null
      ? {}
      : { PortRange: { From: from, To: to } }),
  };
}

const aclPieces = (config: JsonObject, id: string): Piece[] => [
  ...(['ingress', 'egress'] as const).flatMap((side) =>
    blocks(config, side).map((rule) => ({
      type: 'AWS::EC2::NetworkAclEntry',
      properties: aclEntry(rule, id, side === 'egress'),
    })),
  ),
  ...items(config['subnet_ids']).map((subnet) => ({
    type: 'AWS::EC2::SubnetNetworkAclAssociation',
    properties: { NetworkAclId: id, SubnetId: subnet },
  })),
];

export const network: Record<string, Translation> = {
  aws_vpc: {
    type: 'AWS::EC2::VPC',
    attributes: {
      default_security_group_id: 'DefaultSecurityGroup',
      default_network_acl_id: 'DefaultNetworkAcl',
      default_route_table_id: 'MainRouteTable',
      main_route_table_id: 'MainRouteTable',
    },
    properties: (config) =>
      pick(config, {
        CidrBlock: 'cidr_block',
        EnableDnsSupport: 'enable_dns_support',
        EnableDnsHostnames: 'enable_dns_hostnames',
      }),
  },
  aws_subnet: {
    type: 'AWS::EC2::Subnet',
    properties: (config) =>
      pick(config, { VpcId: 'vpc_id', CidrBlock: 'cidr_block', AvailabilityZone: 'availability_zone' }),
  },
  aws_route_table: {
    type: 'AWS::EC2::RouteTable',
    properties: (config) => pick(config, { VpcId: 'vpc_id' }),
    more: (config, { id }) =>
      blocks(config, 'route').map((route) => ({
        type: 'AWS::EC2::Route',
        properties: { RouteTableId: id, ...pick(route, inlineRoute) },
      })),
  },
  // Every VPC has it. Terraform removes the routes that it has.
  aws_default_route_table: {
    type: 'Terraform::EC2::DefaultRouteTable',
    names: { DefaultId: 'default_route_table_id' },
    properties: () => ({}),
    more: (config, { id }) =>
      blocks(config, 'route').map((route) => ({
        type: 'AWS::EC2::Route',
        properties: { RouteTableId: id, ...pick(route, inlineRoute) },
      })),
  },
  aws_main_route_table_association: {
    type: 'Terraform::EC2::MainRouteTableAssociation',
    properties: (config) => pick(config, { VpcId: 'vpc_id', RouteTableId: 'route_table_id' }),
  },
  aws_route: {
    type: 'AWS::EC2::Route',
    properties: (config) => pick(config, { RouteTableId: 'route_table_id', ...routeProperties }),
  },
  aws_route_table_association: {
    type: 'AWS::EC2::SubnetRouteTableAssociation',
    properties: (config) => pick(config, { RouteTableId: 'route_table_id', SubnetId: 'subnet_id' }),
  },
  aws_nat_gateway: {
    type: 'AWS::EC2::NatGateway',
    properties: (config) => pick(config, { SubnetId: 'subnet_id', ConnectivityType: 'connectivity_type' }),
  },
  aws_internet_gateway: {
    type: 'AWS::EC2::InternetGateway',
    properties: () => ({}),
    more: (config, { id }) =>
      config['vpc_id'] === undefined
        ? []
        : [{ type: 'AWS::EC2::VPCGatewayAttachment', properties: { InternetGatewayId: id, VpcId: config['vpc_id'] } }],
  },
  aws_network_acl: {
    type: 'AWS::EC2::NetworkAcl',
    properties: (config) => pick(config, { VpcId: 'vpc_id' }),
    more: (config, { id }) => aclPieces(config, id),
  },
  aws_default_network_acl: {
    type: 'Terraform::EC2::DefaultNetworkAcl',
    names: { DefaultId: 'default_network_acl_id' },
    properties: () => ({}),
    more: (config, { id }) =>
      aclPieces(config, id).filter(({ type }) => type !== 'AWS::EC2::SubnetNetworkAclAssociation'),
  },
  aws_network_acl_rule: {
    type: 'AWS::EC2::NetworkAclEntry',
    properties: (config) =>
      aclEntry(config, config['network_acl_id'] ?? '', config['egress'] === true || config['egress'] === 'true'),
  },
  aws_network_acl_association: {
    type: 'AWS::EC2::SubnetNetworkAclAssociation',
    properties: (config) => pick(config, { NetworkAclId: 'network_acl_id', SubnetId: 'subnet_id' }),
  },
  aws_vpc_endpoint: {
    type: 'AWS::EC2::VPCEndpoint',
    properties: (config) =>
      pick(config, {
        VpcId: 'vpc_id',
        ServiceName: 'service_name',
        VpcEndpointType: 'vpc_endpoint_type',
        SubnetIds: 'subnet_ids',
        SecurityGroupIds: 'security_group_ids',
        RouteTableIds: 'route_table_ids',
        PrivateDnsEnabled: 'private_dns_enabled',
        PolicyDocument: 'policy',
      }),
    written: { PolicyDocument: ['policy'] },
  },
  aws_vpc_endpoint_policy: addition({ PolicyDocument: 'policy' }),
  aws_vpc_endpoint_subnet_association: addition({ SubnetIds: 'subnet_id' }),
  aws_vpc_endpoint_security_group_association: addition({ SecurityGroupIds: 'security_group_id' }),
  aws_vpc_endpoint_route_table_association: addition({ RouteTableIds: 'route_table_id' }),
};

/** What a resource adds to an endpoint. */
function addition(names: Readonly<Record<string, string>>): Translation {
  return {
    type: 'Terraform::EC2::VPCEndpointAddition',
    properties: (config) => pick(config, { VpcEndpointId: 'vpc_endpoint_id', ...names }),
  };
}
