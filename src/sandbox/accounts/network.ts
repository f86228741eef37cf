/** Accounts whose pollers cannot reach a broker or a service. */
import { ok } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, notFound, value, type SandboxAccount } from '../account.js';
import { account, endpointGroupId, fromGroup, groupId, publicSubnetIds, rule, subnetIds, vpcId } from '../healthy.js';
import { problem } from './texts.js';

const group = (snapshot: Snapshot, id = groupId) =>
  value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === id)!;
const endpoints = (snapshot: Snapshot) => value(snapshot.vpcEndpoints, vpcId);
const defaultRoutes = (snapshot: Snapshot) =>
  value(snapshot.routeTables, vpcId)
    .flatMap((table) => table.Routes)
    .filter((route) => route.NatGatewayId !== undefined);
const noWay = problem('vpc-cannot-reach-aws');
const connection = problem('connection-error');

export const networkAccounts: readonly SandboxAccount[] = [
  broken(
    'nat-blackhole',
    'The NAT gateways were deleted, but not their routes',
    'network.aws-path',
    noWay,
    { wayOut: 'nat' },
    (snapshot) => {
      for (const route of defaultRoutes(snapshot)) route.State = 'blackhole';
      snapshot.natGateways[vpcId] = ok([]);
      value(snapshot.subnets, subnetIds[2]!).AvailableIpAddressCount = 4;
    },
  ),
  broken(
    'public-subnets',
    'The cluster is in public subnets, where pollers have no public IP address',
    'network.aws-path',
    noWay,
    { wayOut: 'nat' },
    (snapshot) => {
      for (const route of defaultRoutes(snapshot))
        delete Object.assign(route, { GatewayId: 'igw-0a1b2c3d4e5f60001' }).NatGatewayId;
    },
  ),
  broken(
    'no-sts-endpoint',
    'A VPC endpoint for Lambda, but none for STS',
    'network.aws-path',
    noWay,
    {},
    (snapshot) => {
      snapshot.vpcEndpoints[vpcId] = ok(
        endpoints(snapshot).filter(({ ServiceName }) => !ServiceName!.endsWith('.sts')),
      );
    },
  ),
  broken(
    'private-dns-off',
    'Private DNS is disabled for the STS endpoint',
    'network.endpoint-private-dns',
    noWay,
    {},
    (snapshot) => {
      endpoints(snapshot).find(({ ServiceName }) => ServiceName!.endsWith('.sts'))!.PrivateDnsEnabled = false;
    },
  ),
  broken(
    'endpoint-group',
    'The security group of the endpoints allows port 443 from another group, not from the cluster’s',
    'network.endpoint-ingress',
    noWay,
    {},
    (snapshot) => {
      group(snapshot, endpointGroupId).IpPermissions = [rule(443, 443, fromGroup('sg-0a1b2c3d4e5f6a009'))];
    },
  ),
  broken(
    'endpoint-policy',
    'The policy of the STS endpoint allows only principals of the organization, not Lambda',
    'network.endpoint-policy',
    noWay,
    {},
    (snapshot) => {
      const Statement = [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example123' } },
        },
      ];
      endpoints(snapshot).find(({ ServiceName }) => ServiceName!.endsWith('.sts'))!.PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement,
      });
    },
  ),
  broken(
    'vpc-dns-off',
    'DNS hostnames are disabled in the VPC, so the service names do not resolve to the endpoints',
    'network.vpc-dns',
    noWay,
    {},
    (snapshot) => {
      snapshot.vpcDnsHostnames[vpcId] = ok(false);
    },
  ),
  broken(
    'https-egress',
    'The cluster’s security group allows outbound traffic only to the brokers',
    'network.https-egress',
    noWay,
    {},
    (snapshot) => {
      group(snapshot).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId))];
    },
  ),
  broken(
    'no-self-reference',
    'The cluster’s security group allows the clients’ group, but not itself',
    'network.broker-ingress',
    connection,
    {},
    (snapshot) => {
      group(snapshot).IpPermissions = [rule(9098, 9098, fromGroup('sg-0a1b2c3d4e5f6a009'))];
    },
  ),
  broken(
    'broker-egress',
    'The cluster’s security group allows outbound traffic only on port 443',
    'network.broker-egress',
    connection,
    {},
    (snapshot) => {
      group(snapshot).IpPermissionsEgress = [rule(443, 443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })];
    },
  ),
  broken(
    'acl-without-answers',
    'The network ACL of the cluster’s subnets blocks response traffic',
    'network.nacl',
    connection,
    {},
    (snapshot) => {
      const acl = value(snapshot.networkAcls, vpcId)[0]!;
      const inbound = [9098, 443].map((port, index) => ({
        RuleNumber: 100 + index,
        Protocol: '6',
        RuleAction: 'allow',
        Egress: false,
        CidrBlock: '10.0.0.0/16',
        PortRange: { From: port, To: port },
      }));
      acl.Associations = subnetIds.map((SubnetId) => ({ SubnetId }));
      acl.Entries = [
        ...acl.Entries.filter(({ Egress, RuleNumber }) => Egress === true || RuleNumber === 32_767),
        ...inbound,
      ];
      acl.IsDefault = false;
      value(snapshot.networkAcls, vpcId).push({
        NetworkAclId: 'acl-0a1b2c3d4e5f60002',
        VpcId: vpcId,
        IsDefault: true,
        Associations: publicSubnetIds.map((SubnetId) => ({ SubnetId })),
        Entries: [true, false].map((Egress) => ({
          RuleNumber: 100,
          Protocol: '-1',
          RuleAction: 'allow',
          Egress,
          CidrBlock: '0.0.0.0/0',
        })),
      });
    },
  ),
  broken(
    'subnet-gone',
    'A subnet of the cluster was deleted',
    'network.subnet-capacity',
    connection,
    {},
    (snapshot) => {
      snapshot.subnets[subnetIds[2]!] = notFound('ec2', 'DescribeSubnets');
      snapshot.vpcSubnets[vpcId] = ok(
        value(snapshot.vpcSubnets, vpcId).filter(({ SubnetId }) => SubnetId !== subnetIds[2]),
      );
    },
  ),
  broken(
    'wrong-port',
    'The cluster’s security group allows itself only on the plaintext port, but Lambda uses the IAM port',
    'network.broker-ingress',
    connection,
    {},
    (snapshot) => {
      group(snapshot).IpPermissions = [rule(9092, 9092, fromGroup(groupId))];
    },
  ),
  broken(
    'no-addresses',
    'The cluster’s subnets have no free IP addresses',
    'network.subnet-capacity',
    connection,
    {},
    (snapshot) => {
      for (const id of subnetIds) value(snapshot.subnets, id).AvailableIpAddressCount = 0;
      for (const subnet of value(snapshot.vpcSubnets, vpcId))
        if (subnetIds.includes(subnet.SubnetId)) subnet.AvailableIpAddressCount = 0;
    },
  ),
  broken(
    'unused-interface',
    'A subnet of the cluster has no free IP addresses; one of its network interfaces is unused',
    'network.subnet-capacity',
    connection,
    {},
    (snapshot) => {
      value(snapshot.subnets, subnetIds[0]!).AvailableIpAddressCount = 0;
      for (const subnet of value(snapshot.vpcSubnets, vpcId))
        if (subnet.SubnetId === subnetIds[0]) subnet.AvailableIpAddressCount = 0;
      value(snapshot.networkInterfaces, vpcId).push({
        NetworkInterfaceId: 'eni-0a1b2c3d4e5f60009',
        InterfaceType: 'interface',
        Description: 'left over from a test',
        SubnetId: subnetIds[0],
        VpcId: vpcId,
        OwnerId: account,
        Status: 'available',
        Groups: [],
      });
    },
  ),
  broken(
    'no-secrets-endpoint',
    'VPC endpoints for Lambda and STS, but none for Secrets Manager, although the mapping has a secret',
    'network.aws-path',
    noWay,
    { auth: 'scram' },
    (snapshot) => {
      snapshot.vpcEndpoints[vpcId] = ok(
        endpoints(snapshot).filter(({ ServiceName }) => !ServiceName!.endsWith('.secretsmanager')),
      );
    },
  ),
];
