/** Networks that are broken in one way. */
import {
  account,
  fromGroup,
  groupId,
  region,
  rule,
  subnetIds,
  value,
  vpcId,
  interfaceEndpoint,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { throughEgressVpc } from '../../../src/sandbox/accounts/egress-vpc.js';
import { allow, document, endpoints, group, inline, mapping, reroute, tables } from '../parts.js';
import { cannotReach, connection } from '../texts.js';
import { byConnection, connectionArn } from '../unusual-healthy.js';
import { destinationText, kafkaAll, acl, closed, tgw, serverless, type BrokenAccount } from './parts.js';

export const brokenNetworks: readonly BrokenAccount[] = [
  {
    name: 'the network ACL of one subnet only denies 9098 from the others',
    text: connection,
    first: 'network.nacl',
    change: (s) =>
      acl(
        s,
        [
          [50, false, 'deny', '6', '10.0.0.0/16', 9092, 9098],
          [100, false, 'allow', '-1', '0.0.0.0/0'],
          [100, true, 'allow', '-1', '0.0.0.0/0'],
        ],
        [subnetIds[1]!],
      ),
  },
  {
    name: 'ACL answers to high ports only from 32768 in one way, brokers’ answers closed',
    text: connection,
    first: 'network.nacl',
    change: (s) =>
      acl(s, [
        [100, false, 'allow', '6', '10.0.0.0/16', 9098, 9098],
        [110, false, 'allow', '6', '10.0.0.0/16', 443, 443],
        [100, true, 'allow', '6', '0.0.0.0/0', 443, 443],
        [110, true, 'allow', '6', '10.0.0.0/16', 9098, 9098],
      ]),
  },
  {
    name: 'ACL without outbound 443',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.nacl',
    change: (s) =>
      acl(s, [
        [100, false, 'allow', '-1', '0.0.0.0/0'],
        [100, true, 'allow', '-1', '10.0.0.0/16'],
        [110, true, 'allow', '6', '0.0.0.0/0', 1024, 65535],
      ]),
  },
  {
    name: 'ACL denies 443 before it allows it',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.nacl',
    change: (s) =>
      acl(s, [
        [90, true, 'deny', '6', '0.0.0.0/0', 1, 1023],
        [100, false, 'allow', '-1', '0.0.0.0/0'],
        [100, true, 'allow', '-1', '0.0.0.0/0'],
      ]),
  },
  {
    name: 'the transit gateway is attached in one zone of three',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: tgw([subnetIds[0]!]),
  },
  {
    name: 'the egress VPC’s NAT subnet has no way back',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      throughEgressVpc(s);
      for (const t of value(s.routeTables, 'vpc-0a1b2c3d4e5f60007'))
        t.Routes = t.Routes.filter((r) => r.TransitGatewayId === undefined);
    },
  },
  { name: 'ingress by a group that was replaced', text: connection, first: 'network.broker-ingress', change: closed },
  {
    name: 'ports 9092–9096 from itself',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) =>
      void (group(s).IpPermissions = [rule(9092, 9096, fromGroup(groupId)), rule(2181, 2181, fromGroup(groupId))]),
  },
  {
    name: 'Serverless whose group allows 9098 from a client group only',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) => {
      serverless(s);

      group(s).IpPermissions = [rule(9098, 9098, fromGroup('sg-0fffffffffffffc99'))];
    },
  },
  {
    name: 'outbound to the S3 prefix list only',
    text: cannotReach,
    first: 'network.https-egress',
    change: (s) => {
      group(s).IpPermissionsEgress = [
        rule(9098, 9098, fromGroup(groupId)),
        rule(443, 443, { PrefixListIds: [{ PrefixListId: 'pl-6da54004' }] }),
      ];
      s.prefixLists['pl-6da54004'] = ok(['3.5.64.0/21', '52.218.0.0/17', '52.92.0.0/17']);
    },
  },
  {
    name: 'outbound to TCP 80 and UDP 443',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.https-egress',
    change: (s) => {
      group(s).IpPermissionsEgress = [
        rule(9098, 9098, fromGroup(groupId)),
        rule(80, 80, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
        { ...rule(443, 443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }), IpProtocol: 'udp' },
      ];
    },
  },
  {
    name: 'NAT subnet goes to a transit gateway that leads nowhere',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      for (const t of tables(s))
        for (const r of t.Routes)
          if (r.GatewayId?.startsWith('igw-')) {
            r.State = 'blackhole';
          }
    },
  },
  {
    name: 'Block Public Access both ways',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      value(s.vpcs, vpcId).BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' };
      for (const sub of value(s.vpcSubnets, vpcId))
        sub.BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' };
      for (const id of subnetIds)
        value(s.subnets, id).BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' };
    },
  },
  {
    name: 'endpoint policy with the account as principal',
    text: cannotReach,
    first: 'network.endpoint-policy',
    change: (s) => {
      for (const e of endpoints(s))
        e.PolicyDocument = document({ Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' });
    },
  },
  {
    name: 'endpoint policy by PrincipalOrgID only',
    text: cannotReach,
    first: 'network.endpoint-policy',
    change: (s) => {
      for (const e of endpoints(s))
        e.PolicyDocument = document({
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcd123456' } },
        });
    },
  },
  {
    name: 'endpoint policy denies foreign principals without IfExists and without the exception for services',
    text: cannotReach,
    first: 'network.endpoint-policy',
    change: (s) => {
      for (const e of endpoints(s))
        e.PolicyDocument = document(
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcd123456' } },
          },
        );
    },
  },
  {
    name: 'STS endpoint allows GetCallerIdentity only',
    text: cannotReach,
    first: 'network.endpoint-policy',
    change: (s) => {
      for (const e of endpoints(s))
        if (e.ServiceName!.endsWith('.sts'))
          e.PolicyDocument = document({
            Effect: 'Allow',
            Principal: '*',
            Action: ['sts:GetCallerIdentity', 'sts:AssumeRoleWithWebIdentity'],
            Resource: '*',
          });
    },
  },
  {
    name: 'STS endpoint rejected',
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      for (const e of endpoints(s)) if (e.ServiceName!.endsWith('.sts')) e.State = 'rejected';
    },
  },
  {
    name: 'VPC DNS support off with Amazon’s resolver and NAT',
    options: { wayOut: 'nat' },
    text: connection,
    first: 'network.vpc-dns',
    change: (s) => {
      s.vpcDnsSupport[vpcId] = ok(false);
    },
  },
  {
    name: 'all subnets full',
    text: connection,
    first: 'network.subnet-capacity',
    change: (s) => {
      for (const id of subnetIds) {
        value(s.subnets, id).AvailableIpAddressCount = 0;
        value(s.vpcSubnets, vpcId).find((x) => x.SubnetId === id)!.AvailableIpAddressCount = 0;
      }
    },
  },
  {
    name: 'S3 destination without gateway endpoint',
    text: destinationText,
    first: 'network.aws-path',
    change: (s) => {
      mapping(s).DestinationConfig = { OnFailure: { Destination: 'arn:aws:s3:::orders-failed' } };
      inline(
        s,
        kafkaAll,
        allow(['s3:PutObject', 's3:ListBucket'], ['arn:aws:s3:::orders-failed', 'arn:aws:s3:::orders-failed/*']),
      );
      s.destinations['arn:aws:s3:::orders-failed'] = ok({ arn: 'arn:aws:s3:::orders-failed', kind: 's3', region });
    },
  },
  {
    name: 'S3 gateway endpoint on the public table only',
    text: destinationText,
    first: 'network.aws-path',
    change: (s) => {
      mapping(s).DestinationConfig = { OnFailure: { Destination: 'arn:aws:s3:::orders-failed' } };
      inline(s, kafkaAll, allow(['s3:PutObject', 's3:ListBucket'], '*'));
      s.destinations['arn:aws:s3:::orders-failed'] = ok({ arn: 'arn:aws:s3:::orders-failed', kind: 's3', region });
      endpoints(s).push({
        ...interfaceEndpoint('s3', 8),
        VpcEndpointType: 'Gateway',
        SubnetIds: [],
        Groups: [],
        PrivateDnsEnabled: false,
        RouteTableIds: ['rtb-0a1b2c3d4e5f60019'],
      });
    },
  },
  {
    name: 'connection security group without outbound',
    text: connection,
    first: 'network.https-egress',
    change: (s) => {
      byConnection('SASL_IAM')(s);
      group(s).IpPermissionsEgress = [];
    },
  },
  {
    name: 'connection failed',
    text: connection,
    first: 'cluster.policy',
    change: (s) => {
      byConnection('SASL_IAM')(s);
      value(s.vpcConnections, connectionArn).State = 'FAILED';
    },
  },
  {
    name: 'provisioned with SG outbound empty',
    options: { provisioned: true, wayOut: 'none' },
    text: connection,
    first: 'network.broker-egress',
    change: (s) => void (group(s).IpPermissionsEgress = []),
  },
  {
    name: 'two of three subnets associated with a table without the NAT',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      for (const t of tables(s)) if (/private-[bc]/.test(JSON.stringify(t.Tags))) t.Associations = [];
    },
  },
  {
    name: 'allowed from another VPC’s range',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) => void (group(s).IpPermissions = [rule(9098, 9098, { IpRanges: [{ CidrIp: '10.1.0.0/16' }] })]),
  },
  {
    name: 'two of three subnets are allowed',
    text: connection,
    first: 'network.broker-ingress',
    change: (s) =>
      void (group(s).IpPermissions = [
        rule(9098, 9098, { IpRanges: [{ CidrIp: '10.0.0.0/24' }, { CidrIp: '10.0.1.0/24' }] }),
      ]),
  },
  {
    name: 'the firewall endpoint in the default route was deleted',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      reroute(s, { GatewayId: 'vpce-0a1b2c3d4e5f6000f', State: 'blackhole' });
    },
  },
  {
    name: 'subnets on the main table, which is public',
    text: cannotReach,
    options: { wayOut: 'none' },
    first: 'network.aws-path',
    change: (s) => {
      for (const t of tables(s))
        t.Associations = t.Associations.filter((a) => a.Main === true || !subnetIds.includes(a.SubnetId ?? ''));
      tables(s)[0]!.Routes.push({
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: 'igw-0a1b2c3d4e5f60001',
        State: 'active',
      });
    },
  },
  {
    name: 'NAT gateway deleting',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.aws-path',
    change: (s) => {
      for (const g of value(s.natGateways, vpcId)) g.State = 'deleting';
    },
  },
  {
    name: 'S3 gateway endpoint’s policy leaves the bucket out',
    text: destinationText,
    first: 'network.endpoint-policy',
    change: (s) => {
      const arn = 'arn:aws:s3:::orders-failed';
      mapping(s).DestinationConfig = { OnFailure: { Destination: arn } };
      inline(s, kafkaAll, allow(['s3:PutObject', 's3:ListBucket'], '*'));
      s.destinations[arn] = ok({ arn, kind: 's3', region });
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
          Action: 's3:*',
          Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'],
        }),
      });
    },
  },
  {
    name: 'Secrets Manager endpoint with a closed group of its own',
    options: { auth: 'scram' },
    text: cannotReach,
    first: 'network.endpoint-ingress',
    change: (s) => {
      const id = 'sg-0a1b2c3d4e5f6e002';
      value(s.securityGroups, vpcId).push({
        GroupId: id,
        GroupName: 'sm',
        VpcId: vpcId,
        OwnerId: account,
        IpPermissions: [rule(443, 443, { IpRanges: [{ CidrIp: '192.168.0.0/16' }] })],
        IpPermissionsEgress: [],
        Tags: [],
      });
      for (const e of endpoints(s)) if (e.ServiceName!.endsWith('secretsmanager')) e.Groups = [{ GroupId: id }];
    },
  },
  {
    name: 'egress to the VPC range on 9098 and nothing on 443, NAT',
    options: { wayOut: 'nat' },
    text: cannotReach,
    first: 'network.https-egress',
    change: (s) =>
      void (group(s).IpPermissionsEgress = [
        rule(9092, 9098, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] }),
        rule(443, 443, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] }),
      ]),
  },
];
