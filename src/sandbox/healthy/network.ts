/**
 * The healthy account's VPC: private and public subnets, security groups, routes, a network ACL, endpoints or NAT
 * gateways.
 */
import { ok } from '../../snapshot/read.js';
import type * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import {
  account,
  endpointGroupId,
  groupId,
  publicSubnetIds,
  region,
  subnetIds,
  vpcId,
  zones,
  type HealthyOptions,
} from './names.js';
import { allTraffic, fromGroup, rule } from './rules.js';

export function addNetwork(snapshot: Snapshot, port: number, wayOut: NonNullable<HealthyOptions['wayOut']>) {
  const cidr = (index: number, base: number) => `10.0.${base + index}.0/24`;
  const named = (name: string) => ({ Tags: [{ Key: 'Name', Value: name }] });
  const subnet = (id: string, index: number, base: number): r.Subnet => ({
    SubnetId: id,
    VpcId: vpcId,
    State: 'available',
    CidrBlock: cidr(index, base),
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: `${region}${zones[index]}`,
    AvailabilityZoneId: `euw1-az${index + 1}`,
    AvailableIpAddressCount: 240,
    OwnerId: account,
    ...named(`${base === 0 ? 'private' : 'public'}-${zones[index]}`),
  });
  const privateSubnets = subnetIds.map((id, index) => subnet(id, index, 0));
  const publicSubnets = publicSubnetIds.map((id, index) => subnet(id, index, 100));
  for (const subnet of privateSubnets) snapshot.subnets[subnet.SubnetId] = ok(subnet);
  snapshot.vpcSubnets[vpcId] = ok([...privateSubnets, ...publicSubnets].map((subnet) => ({ ...subnet })));
  snapshot.vpcs[vpcId] = ok<r.Vpc>({
    VpcId: vpcId,
    CidrBlock: '10.0.0.0/16',
    CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } }],
    DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
    OwnerId: account,
    ...named('orders-vpc'),
  });
  snapshot.dhcpOptions['dopt-0a1b2c3d4e5f60001'] = ok<r.DhcpOptions>({
    DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
    DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }],
  });
  snapshot.vpcDnsSupport[vpcId] = ok(true);
  snapshot.vpcDnsHostnames[vpcId] = ok(true);
  snapshot.securityGroups[vpcId] = ok<r.SecurityGroup[]>([
    {
      GroupId: groupId,
      GroupName: 'orders-cluster',
      VpcId: vpcId,
      OwnerId: account,
      IpPermissions: [rule(port, port, fromGroup(groupId))],
      IpPermissionsEgress: [structuredClone(allTraffic)],
    },
    {
      GroupId: endpointGroupId,
      GroupName: 'endpoints',
      VpcId: vpcId,
      OwnerId: account,
      IpPermissions: [rule(443, 443, fromGroup(groupId))],
      IpPermissionsEgress: [structuredClone(allTraffic)],
    },
  ]);
  const local: r.Route = {
    DestinationCidrBlock: '10.0.0.0/16',
    GatewayId: 'local',
    State: 'active',
    Origin: 'CreateRouteTable',
  };
  const table = (id: string, name: string, subnets: string[], routes: r.Route[], main = false): r.RouteTable => ({
    RouteTableId: id,
    VpcId: vpcId,
    Associations: [
      ...(main ? [{ Main: true }] : []),
      ...subnets.map((SubnetId) => ({ Main: false, SubnetId, AssociationState: { State: 'associated' } })),
    ],
    Routes: [{ ...local }, ...routes],
    ...named(name),
  });
  const nat = (index: number) => `nat-0a1b2c3d4e5f6000${zones[index]}`;
  snapshot.routeTables[vpcId] = ok<r.RouteTable[]>([
    table('rtb-0a1b2c3d4e5f60000', 'main', [], [], true),
    ...subnetIds.map((id, index) =>
      table(
        `rtb-0a1b2c3d4e5f6000${zones[index]}`,
        `private-${zones[index]}`,
        [id],
        wayOut === 'nat'
          ? [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: nat(index), State: 'active', Origin: 'CreateRoute' }]
          : [],
      ),
    ),
    table('rtb-0a1b2c3d4e5f60019', 'public', publicSubnetIds, [
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60001', State: 'active', Origin: 'CreateRoute' },
    ]),
  ]);
  snapshot.natGateways[vpcId] = ok<r.NatGateway[]>(
    wayOut !== 'nat'
      ? []
      : subnetIds.map((_, index) => ({
          NatGatewayId: nat(index),
          VpcId: vpcId,
          SubnetId: publicSubnetIds[index]!,
          State: 'available',
          ConnectivityType: 'public',
          AvailabilityMode: 'zonal',
          ...named(`nat-${zones[index]}`),
          NatGatewayAddresses: [{ PublicIp: `198.51.100.${10 + index}`, PrivateIp: `10.0.${100 + index}.10` }],
        })),
  );
  snapshot.networkAcls[vpcId] = ok<r.NetworkAcl[]>([
    {
      NetworkAclId: 'acl-0a1b2c3d4e5f60001',
      VpcId: vpcId,
      IsDefault: true,
      Associations: [...subnetIds, ...publicSubnetIds].map((SubnetId) => ({ SubnetId })),
      Entries: [true, false].flatMap((Egress) => [
        { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress, CidrBlock: '0.0.0.0/0' },
      ]),
    },
  ]);
  const services = wayOut === 'endpoints' ? ['lambda', 'sts', 'secretsmanager'] : [];
  snapshot.vpcEndpoints[vpcId] = ok(services.map((service, index) => interfaceEndpoint(service, index)));
  snapshot.networkInterfaces[vpcId] = ok([]);
}

/** An interface endpoint in all three private subnets that accepts the cluster's security group. */
export const interfaceEndpoint = (service: string, index: number): r.VpcEndpoint => ({
  VpcEndpointId: `vpce-0a1b2c3d4e5f6000${index + 1}`,
  VpcEndpointType: 'Interface',
  VpcId: vpcId,
  ServiceName: `com.amazonaws.${region}.${service}`,
  State: 'available',
  PolicyDocument: JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] }),
  RouteTableIds: [],
  SubnetIds: [...subnetIds],
  Groups: [{ GroupId: endpointGroupId }],
  PrivateDnsEnabled: true,
  NetworkInterfaceIds: [],
  Tags: [{ Key: 'Name', Value: `${service}-endpoint` }],
});
