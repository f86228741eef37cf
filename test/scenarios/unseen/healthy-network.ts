/** Networks that work, written from AWS’s documentation: nothing in them may be blamed. */
import {
  account,
  endpointGroupId,
  fromGroup,
  functionArn,
  groupId,
  region,
  roleArn,
  rule,
  secretArn,
  subnetIds,
  value,
  vpcId,
  interfaceEndpoint,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { acls, allow, cluster, document, endpoints, group, inline, mapping, reroute, tables } from '../parts.js';
import { kafkaAll, policyOf, acl, type HealthyAccount } from './parts.js';

export const healthyNetworks: readonly HealthyAccount[] = [
  {
    name: 'RAM-shared subnets, the owner’s NAT gateways are not visible',
    options: { wayOut: 'nat' },
    change: (s) => {
      const owner = '777788889999';
      for (const id of subnetIds) value(s.subnets, id).OwnerId = owner;
      for (const subnet of value(s.vpcSubnets, vpcId)) subnet.OwnerId = owner;
      value(s.vpcs, vpcId).OwnerId = owner;
      s.natGateways[vpcId] = ok([]);
    },
  },
  {
    name: 'RAM-shared subnets, the owner’s endpoints are not visible',
    options: { wayOut: 'none' },
    change: (s) => {
      const owner = '777788889999';
      for (const id of subnetIds) value(s.subnets, id).OwnerId = owner;
      for (const subnet of value(s.vpcSubnets, vpcId)) subnet.OwnerId = owner;
      value(s.vpcs, vpcId).OwnerId = owner;
    },
  },
  {
    name: 'a security group of another VPC is associated with this VPC',
    change: (s) => {
      value(s.securityGroups, vpcId).shift();
    },
  },
  {
    name: 'the group allows a peered group and itself',
    change: (s) => {
      group(s).IpPermissions.unshift(
        rule(9092, 9098, {
          UserIdGroupPairs: [
            {
              GroupId: 'sg-0ffffffffffffff01',
              UserId: '222233334444',
              VpcId: 'vpc-0ffffffffffffff01',
              VpcPeeringConnectionId: 'pcx-0ffffffffffffff01',
              PeeringStatus: 'active',
            },
          ],
        }),
      );
    },
  },
  {
    name: 'egress by prefix list, default route through prefix list to a transit gateway',
    options: { wayOut: 'nat' },
    change: (s) => {
      for (const route of tables(s).flatMap((table) => table.Routes))
        if (route.NatGatewayId !== undefined) {
          delete route.NatGatewayId;
          delete route.DestinationCidrBlock;
          Object.assign(route, {
            DestinationPrefixListId: 'pl-0a1b2c3d4e5f60009',
            TransitGatewayId: 'tgw-0a1b2c3d4e5f60009',
          });
        }
      s.prefixLists['pl-0a1b2c3d4e5f60009'] = ok(['0.0.0.0/1', '128.0.0.0/1']);
      s.natGateways[vpcId] = ok([]);
    },
  },
  {
    name: 'gateway load balancer endpoint in the default route',
    options: { wayOut: 'nat' },
    change: (s) => {
      reroute(s, { GatewayId: 'vpce-0a1b2c3d4e5f6000f' });
      s.natGateways[vpcId] = ok([]);
      endpoints(s).push({
        ...interfaceEndpoint('x', 14),
        VpcEndpointId: 'vpce-0a1b2c3d4e5f6000f',
        VpcEndpointType: 'GatewayLoadBalancer',
        ServiceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0',
        PrivateDnsEnabled: false,
        Groups: [],
      });
    },
  },
  {
    name: 'one NAT in another zone, shared by all, in a table of its own',
    options: { wayOut: 'nat' },
    change: (s) => {
      for (const route of tables(s).flatMap((t) => t.Routes))
        if (route.NatGatewayId !== undefined) route.NatGatewayId = 'nat-0a1b2c3d4e5f6000c';
      s.natGateways[vpcId] = ok(value(s.natGateways, vpcId).filter(({ NatGatewayId }) => NatGatewayId.endsWith('c')));
    },
  },
  {
    name: 'custom DNS servers, private DNS off, forwarding to the central resolver',
    change: (s) => {
      s.dhcpOptions['dopt-0a1b2c3d4e5f60001'] = ok({
        DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
        DhcpConfigurations: [
          { Key: 'domain-name', Values: [{ Value: 'corp.example' }] },
          { Key: 'domain-name-servers', Values: [{ Value: '10.99.0.53' }, { Value: '10.99.1.53' }] },
        ],
      });
      for (const endpoint of endpoints(s)) endpoint.PrivateDnsEnabled = false;
    },
  },
  {
    name: 'own DNS servers and DNS support off',
    options: { wayOut: 'nat' },
    change: (s) => {
      s.dhcpOptions['dopt-0a1b2c3d4e5f60001'] = ok({
        DhcpOptionsId: 'dopt-0a1b2c3d4e5f60001',
        DhcpConfigurations: [{ Key: 'domain-name-servers', Values: [{ Value: '10.99.0.53' }] }],
      });
      s.vpcDnsSupport[vpcId] = ok(false);
      s.vpcDnsHostnames[vpcId] = ok(false);
    },
  },
  {
    name: 'no endpoints here; central endpoints by associated zones of the network account and a transit gateway',
    options: { wayOut: 'none' },
    change: (s) => {
      for (const table of tables(s))
        if (!table.Routes.some(({ GatewayId }) => GatewayId?.startsWith('igw-')))
          table.Routes.push({
            DestinationCidrBlock: '10.0.0.0/8',
            TransitGatewayId: 'tgw-0a1b2c3d4e5f60001',
            State: 'active',
          });
      s.transitGatewayVpcAttachments[vpcId] = ok([
        {
          TransitGatewayAttachmentId: 'tgw-attach-0a1b2c3d4e5f60001',
          TransitGatewayId: 'tgw-0a1b2c3d4e5f60001',
          VpcId: vpcId,
          State: 'available',
          SubnetIds: [...subnetIds],
        },
      ]);
      s.transitGatewayAttachments['tgw-0a1b2c3d4e5f60001'] = ok([
        {
          TransitGatewayAttachmentId: 'tgw-attach-0a1b2c3d4e5f60001',
          TransitGatewayId: 'tgw-0a1b2c3d4e5f60001',
          ResourceType: 'vpc',
          ResourceId: vpcId,
          State: 'available',
        },
      ]);
      s.hostedZones[vpcId] = ok(
        ['lambda', 'sts'].map((n) => ({
          HostedZoneId: `Z0NET${n.toUpperCase()}00000001`,
          Name: `${n}.${region}.amazonaws.com.`,
          Owner: { OwningAccount: '777788889999' },
        })),
      );
    },
  },
  {
    name: 'endpoint policies of a data perimeter with the exception for AWS services',
    change: (s) => {
      for (const service of ['sts', 'lambda'])
        policyOf(
          s,
          service,
          {
            Sid: 'OurPrincipals',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcd123456', 'aws:ResourceOrgID': 'o-abcd123456' } },
          },
          {
            Sid: 'Services',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: '*',
            Resource: '*',
            Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } },
          },
        );
    },
  },
  {
    name: 'endpoint policy denies foreign principals IfExists, except services',
    change: (s) => {
      for (const service of ['sts', 'lambda'])
        policyOf(
          s,
          service,
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: {
              StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcd123456' },
              BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        );
    },
  },
  {
    name: 'endpoint policy by resource organization',
    change: (s) => {
      for (const service of ['sts', 'lambda'])
        policyOf(s, service, {
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-abcd123456' } },
        });
    },
  },
  {
    name: 'endpoint policies name service, action and function',
    change: (s) => {
      policyOf(s, 'sts', {
        Effect: 'Allow',
        Principal: { Service: ['lambda.amazonaws.com'] },
        Action: ['sts:AssumeRole'],
        Resource: roleArn,
      });
      policyOf(s, 'lambda', {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: [functionArn, `${functionArn}:*`],
      });
    },
  },
  {
    name: 'a strict network ACL with the ports of brokers, HTTPS and answers',
    change: (s) =>
      acl(s, [
        [100, false, 'allow', '6', '10.0.0.0/16', 9098, 9098],
        [110, false, 'allow', '6', '10.0.0.0/16', 443, 443],
        [120, false, 'allow', '6', '0.0.0.0/0', 1024, 65535],
        [100, true, 'allow', '6', '10.0.0.0/16', 9098, 9098],
        [110, true, 'allow', '6', '0.0.0.0/0', 443, 443],
        [120, true, 'allow', '6', '0.0.0.0/0', 1024, 65535],
      ]),
  },
  {
    name: 'a network ACL for Linux answers only (32768–60999)',
    change: (s) =>
      acl(s, [
        [100, false, 'allow', '-1', '10.0.0.0/16'],
        [120, false, 'allow', '6', '0.0.0.0/0', 32768, 60999],
        [100, true, 'allow', '-1', '10.0.0.0/16'],
        [110, true, 'allow', '6', '0.0.0.0/0', 443, 443],
      ]),
  },
  {
    name: 'S3 gateway endpoint with a strict policy, no S3 destination',
    change: (s) => {
      endpoints(s).push({
        ...interfaceEndpoint('s3', 8),
        VpcEndpointType: 'Gateway',
        SubnetIds: [],
        Groups: [],
        PrivateDnsEnabled: false,
        RouteTableIds: tables(s).map((t) => t.RouteTableId),
        PolicyDocument: document({
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::repo/*',
        }),
      });
    },
  },
  {
    name: 'two endpoints for STS, the second rejected and without private DNS',
    change: (s) => {
      endpoints(s).push({ ...interfaceEndpoint('sts', 7), State: 'rejected', PrivateDnsEnabled: false });
    },
  },
  {
    name: 'an endpoint’s group allows the VPC’s ranges, the subnets are in a secondary one',
    change: (s) => {
      value(s.vpcs, vpcId).CidrBlockAssociationSet.push({
        CidrBlock: '100.64.0.0/16',
        CidrBlockState: { State: 'associated' },
      });
      for (const [i, id] of subnetIds.entries())
        for (const sub of [value(s.subnets, id), value(s.vpcSubnets, vpcId).find((x) => x.SubnetId === id)!])
          sub.CidrBlock = `100.64.${i}.0/24`;
      group(s, endpointGroupId).IpPermissions = [
        rule(443, 443, { IpRanges: [{ CidrIp: '10.0.0.0/16' }, { CidrIp: '100.64.0.0/16' }] }),
      ];
      group(s, endpointGroupId).IpPermissionsEgress = [];
    },
  },
  {
    name: 'dual-stack endpoints and subnets, egress-only gateway for IPv6',
    change: (s) => {
      for (const endpoint of endpoints(s)) endpoint.IpAddressType = 'dualstack';
      for (const table of tables(s))
        table.Routes.push({
          DestinationIpv6CidrBlock: '::/0',
          EgressOnlyInternetGatewayId: 'eigw-0a1b2c3d4e5f60001',
          State: 'active',
        });
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.ConnectivityInfo!.NetworkType = 'DUAL';
    },
  },
  {
    name: 'two groups, one lets in and the other out',
    change: (s) => {
      const second = 'sg-0a1b2c3d4e5f6c002';
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.SecurityGroups = [groupId, second];
      group(s).IpPermissionsEgress = [];
      value(s.securityGroups, vpcId).push({
        GroupId: second,
        GroupName: 'out',
        VpcId: vpcId,
        OwnerId: account,
        IpPermissions: [],
        IpPermissionsEgress: [rule(0, 65535, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })],
        Tags: [],
      });
    },
  },
  {
    name: 'two availability zones, two subnets, four brokers',
    change: (s) => {
      const info = cluster(s).Provisioned!;
      info.NumberOfBrokerNodes = 4;
      info.BrokerNodeGroupInfo!.ClientSubnets = subnetIds.slice(0, 2);
      info.BrokerNodeGroupInfo!.ZoneIds = ['euw1-az1', 'euw1-az2'];
    },
  },
  {
    name: 'NAT instance as an instance route',
    options: { wayOut: 'nat' },
    change: (s) => {
      reroute(s, { InstanceId: 'i-0a1b2c3d4e5f60001' });
      s.natGateways[vpcId] = ok([]);
    },
  },
  {
    name: 'VPN default route to on-premises',
    options: { wayOut: 'nat' },
    change: (s) => {
      reroute(s, { GatewayId: 'vgw-0a1b2c3d4e5f60001' });
      s.natGateways[vpcId] = ok([]);
    },
  },
  {
    name: 'endpoints in dedicated endpoint subnets with a closed ACL except 443 and answers',
    change: (s) => {
      const id = 'subnet-0a1b2c3d4e5f6002a';
      value(s.vpcSubnets, vpcId).push({ ...value(s.subnets, subnetIds[0]!), SubnetId: id, CidrBlock: '10.0.50.0/26' });
      for (const endpoint of endpoints(s)) endpoint.SubnetIds = [id];
      acls(s).push({
        NetworkAclId: 'acl-0a1b2c3d4e5f60002',
        VpcId: vpcId,
        IsDefault: false,
        Tags: [],
        Associations: [{ SubnetId: id }],
        Entries: [
          {
            RuleNumber: 10,
            Egress: false,
            RuleAction: 'allow',
            Protocol: '6',
            CidrBlock: '10.0.0.0/16',
            PortRange: { From: 443, To: 443 },
          },
          {
            RuleNumber: 10,
            Egress: true,
            RuleAction: 'allow',
            Protocol: '6',
            CidrBlock: '10.0.0.0/16',
            PortRange: { From: 1024, To: 65535 },
          },
          { RuleNumber: 32767, Egress: false, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
          { RuleNumber: 32767, Egress: true, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        ],
      });
    },
  },
  {
    name: 'egress only to itself and to the AWS-managed list of S3 plus endpoints by CIDR',
    change: (s) => {
      group(s).IpPermissionsEgress = [
        rule(9098, 9098, fromGroup(groupId)),
        rule(443, 443, { IpRanges: [{ CidrIp: '10.0.0.0/22' }] }),
        rule(443, 443, { PrefixListIds: [{ PrefixListId: 'pl-6da54004' }] }),
      ];
    },
  },
  {
    name: 'provisioned pollers whose VPC has nothing but the self-reference',
    options: { provisioned: true, wayOut: 'none' },
    change: (s) => {
      group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId))];
      s.vpcDnsHostnames[vpcId] = ok(true);
    },
  },
  {
    name: 'ACL in any order, TCP without a range, ICMP',
    change: (s) => {
      acls(s)[0]!.Entries = [
        { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress: false, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 300, Protocol: '6', RuleAction: 'deny', Egress: false, CidrBlock: '10.0.0.0/16' },
        { RuleNumber: 200, Protocol: '6', RuleAction: 'allow', Egress: false, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 100, Protocol: '1', RuleAction: 'deny', Egress: false, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress: true, CidrBlock: '0.0.0.0/0' },
        { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress: true, CidrBlock: '0.0.0.0/0' },
      ];
    },
  },
  {
    name: 'S3 destination by gateway endpoint and prefix list',
    change: (s) => {
      const arn = 'arn:aws:s3:::orders-failed';
      mapping(s).DestinationConfig = { OnFailure: { Destination: arn } };
      s.destinations[arn] = ok({ arn, kind: 's3', region });
      inline(s, kafkaAll, allow(['s3:PutObject'], `${arn}/*`), allow('s3:ListBucket', arn));
      endpoints(s).push({
        ...interfaceEndpoint('s3', 8),
        VpcEndpointType: 'Gateway',
        SubnetIds: [],
        Groups: [],
        PrivateDnsEnabled: false,
        RouteTableIds: tables(s).map((t) => t.RouteTableId),
        PolicyDocument: document({
          Effect: 'Allow',
          Principal: '*',
          Action: ['s3:PutObject', 's3:ListBucket'],
          Resource: [arn, `${arn}/*`],
        }),
      });
      for (const t of tables(s))
        t.Routes.push({ DestinationPrefixListId: 'pl-6da54004', GatewayId: 'vpce-0a1b2c3d4e5f60009', State: 'active' });
      group(s).IpPermissionsEgress = [
        rule(9098, 9098, fromGroup(groupId)),
        rule(443, 443, fromGroup(endpointGroupId)),
        rule(443, 443, { PrefixListIds: [{ PrefixListId: 'pl-6da54004' }] }),
      ];
      s.prefixLists['pl-6da54004'] = ok(['3.5.64.0/21', '52.218.0.0/17', '52.92.0.0/17']);
    },
  },
  {
    name: 'SQS destination by an endpoint with a policy for the queue',
    change: (s) => {
      const arn = `arn:aws:sqs:${region}:${account}:orders-dlq`;
      mapping(s).DestinationConfig = { OnFailure: { Destination: arn } };
      s.destinations[arn] = ok({ arn, kind: 'sqs', region });
      inline(s, kafkaAll, allow('sqs:SendMessage', arn));
      endpoints(s).push({
        ...interfaceEndpoint('sqs', 8),
        PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: [roleArn] }, Action: 'sqs:*', Resource: arn }),
      });
    },
  },
  {
    name: 'Secrets Manager endpoint for this secret and this role',
    options: { auth: 'scram' },
    change: (s) =>
      policyOf(s, 'secretsmanager', {
        Effect: 'Allow',
        Principal: '*',
        Action: 'secretsmanager:GetSecretValue',
        Resource: `${secretArn.slice(0, -7)}*`,
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': account },
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/order-*` },
        },
      }),
  },
  {
    name: 'several NAT gateways in one table per half, IPv6 blackhole',
    options: { wayOut: 'nat' },
    change: (s) => {
      for (const t of tables(s)) {
        for (const r of t.Routes.filter(({ NatGatewayId }) => NatGatewayId !== undefined)) {
          r.DestinationCidrBlock = '0.0.0.0/1';
          t.Routes.push({ ...r, DestinationCidrBlock: '128.0.0.0/1', NatGatewayId: 'nat-0a1b2c3d4e5f6000b' });
        }
        t.Routes.push({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'blackhole' });
      }
    },
  },
];
