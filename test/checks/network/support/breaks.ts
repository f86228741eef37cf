/** Accounts with one thing broken on the network, each with the check that must say so; and the hands that break them. */
import type { CheckId } from '../../../../src/catalogue/check-ids.js';
import { ok } from '../../../../src/snapshot/read.js';
import type { IpPermission, VpcEndpoint } from '../../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../../src/snapshot/snapshot.js';
import {
  endpointGroupId,
  fromGroup,
  groupId,
  interfaceEndpoint,
  rule,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../../../accounts/account.js';

export type Change = (snapshot: Snapshot) => void;

export const group = (snapshot: Snapshot, id = groupId) =>
  value(snapshot.securityGroups, vpcId).find(({ GroupId }) => GroupId === id)!;
export const setIngress =
  (...rules: IpPermission[]): Change =>
  (snapshot) =>
    void (group(snapshot).IpPermissions = rules);
export const setEgress =
  (...rules: IpPermission[]): Change =>
  (snapshot) =>
    void (group(snapshot).IpPermissionsEgress = rules);
export const endpoints = (snapshot: Snapshot) => value(snapshot.vpcEndpoints, vpcId);
export const tables = (snapshot: Snapshot) => value(snapshot.routeTables, vpcId);
export const defaultRoutes = (snapshot: Snapshot) =>
  tables(snapshot)
    .flatMap((table) => table.Routes)
    .filter((route) => route.NatGatewayId !== undefined);
export const acl = (snapshot: Snapshot) => value(snapshot.networkAcls, vpcId)[0]!;
export const cidr = (CidrIp: string) => ({ IpRanges: [{ CidrIp }] });
export const both =
  (...changes: Change[]): Change =>
  (snapshot) =>
    changes.forEach((change) => change(snapshot));

export const failing: Change = (snapshot) =>
  void (value(snapshot.mappings, uuid).LastProcessingResult =
    'PROBLEM: Connection error. Please check your event source connection configuration.');

const s3Destination: Change = (snapshot) =>
  void (value(snapshot.mappings, uuid).DestinationConfig = {
    OnFailure: { Destination: 'arn:aws:s3:::failed-orders' },
  });
export const gatewayEndpoint = (tableIds: string[]): VpcEndpoint => ({
  ...interfaceEndpoint('s3', 8),
  VpcEndpointId: 'vpce-s3',
  VpcEndpointType: 'Gateway',
  RouteTableIds: tableIds,
  SubnetIds: [],
  Groups: [],
  PrivateDnsEnabled: false,
});

/** Name, check, account, change, what the evidence says. */
export const breaks: [string, CheckId, HealthyOptions, Change, RegExp][] = [
  [
    'no rule from the group to itself',
    'network.broker-ingress',
    {},
    setIngress(rule(443, 443, fromGroup(groupId))),
    /sg-\S+ no inbound rule allows TCP 9098 from the pollers/,
  ],
  [
    'a rule for another port',
    'network.broker-ingress',
    {},
    setIngress(rule(9094, 9094, fromGroup(groupId))),
    /its inbound rules: TCP 9094 from sg-/,
  ],
  [
    'a rule for UDP',
    'network.broker-ingress',
    {},
    setIngress(rule(9098, 9098, { ...fromGroup(groupId), IpProtocol: 'udp' })),
    /no inbound rule/,
  ],
  [
    'a rule from another network',
    'network.broker-ingress',
    {},
    setIngress(rule(9098, 9098, cidr('10.9.0.0/16'))),
    /10\.9\.0\.0\/16/,
  ],
  [
    'a rule for the function’s group',
    'network.broker-ingress',
    {},
    setIngress(rule(9098, 9098, fromGroup('sg-function'))),
    /sg-function/,
  ],
  [
    'one subnet left out',
    'network.broker-ingress',
    {},
    setIngress(rule(9098, 9098, cidr('10.0.0.0/24')), rule(9098, 9098, cidr('10.0.1.0/24'))),
    /10\.0\.2\.0\/24/,
  ],
  [
    'no rule out to the brokers',
    'network.broker-egress',
    {},
    setEgress(rule(443, 443, cidr('0.0.0.0/0'))),
    /no outbound rule allows TCP 9098/,
  ],
  [
    'no rule out on 443',
    'network.https-egress',
    {},
    setEgress(rule(9098, 9098, fromGroup(groupId))),
    /no outbound rule allows TCP 443/,
  ],
  [
    '443 out inside the VPC only, with a NAT gateway',
    'network.https-egress',
    {},
    setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('10.0.0.0/8'))),
    /public addresses/,
  ],
  [
    '443 out to nowhere near the endpoints',
    'network.https-egress',
    { wayOut: 'endpoints' },
    setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('192.0.2.0/24'))),
    /vpce-/,
  ],
  ['no way out', 'network.aws-path', { wayOut: 'none' }, () => {}, /rtb-\S+: no route to 0\.0\.0\.0\/0/],
  [
    'no STS endpoint',
    'network.aws-path',
    { wayOut: 'endpoints' },
    (snapshot) =>
      void (snapshot.vpcEndpoints[vpcId] = ok(
        endpoints(snapshot).filter((endpoint) => !endpoint.ServiceName!.endsWith('.sts')),
      )),
    /no STS endpoint/,
  ],
  [
    'no Secrets Manager endpoint',
    'network.aws-path',
    { auth: 'scram', wayOut: 'endpoints' },
    (snapshot) =>
      void (snapshot.vpcEndpoints[vpcId] = ok(
        endpoints(snapshot).filter((endpoint) => !endpoint.ServiceName!.endsWith('.secretsmanager')),
      )),
    /no Secrets Manager endpoint/,
  ],
  [
    'an endpoint that is not accepted',
    'network.aws-path',
    { wayOut: 'endpoints' },
    (snapshot) => void (endpoints(snapshot)[0]!.State = 'pendingAcceptance'),
    /pendingAcceptance/,
  ],
  [
    'public subnets',
    'network.aws-path',
    {},
    (snapshot) => defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.GatewayId = 'igw-1'))),
    /0\.0\.0\.0\/0 → igw-1 \(internet gateway\)/,
  ],
  [
    'VPC Block Public Access that stops NAT gateways too',
    'network.aws-path',
    {},
    (snapshot) =>
      value(snapshot.vpcSubnets, vpcId).forEach(
        (options) => (options.BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' }),
      ),
    /VPC Block Public Access \(block-bidirectional\)/,
  ],
  [
    'the same at the VPC of a regional NAT gateway',
    'network.aws-path',
    {},
    both(
      (snapshot) =>
        void (value(snapshot.vpcs, vpcId).BlockPublicAccessStates = {
          InternetGatewayBlockMode: 'block-bidirectional',
        }),
      (snapshot) =>
        value(snapshot.natGateways, vpcId).forEach(
          (gateway) => (delete gateway.SubnetId, (gateway.AvailabilityMode = 'regional')),
        ),
    ),
    /VPC Block Public Access/,
  ],
  [
    'a NAT gateway that was deleted',
    'network.aws-path',
    {},
    (snapshot) => defaultRoutes(snapshot).forEach((route) => (route.State = 'blackhole')),
    /blackhole/,
  ],
  [
    'a NAT gateway that failed',
    'network.aws-path',
    {},
    (snapshot) => value(snapshot.natGateways, vpcId).forEach((gateway) => (gateway.State = 'failed')),
    /NAT gateway is failed/,
  ],
  [
    'a NAT gateway in a private subnet',
    'network.aws-path',
    {},
    (snapshot) => value(snapshot.natGateways, vpcId).forEach((gateway) => (gateway.SubnetId = subnetIds[0])),
    /has no route to the internet/,
  ],
  [
    'one subnet of three without a route',
    'network.aws-path',
    {},
    (snapshot) => void (tables(snapshot)[2]!.Routes.length = 1),
    new RegExp(subnetIds[1]!),
  ],
  [
    'three subnets on the main table, which leads nowhere',
    'network.aws-path',
    {},
    (snapshot) =>
      tables(snapshot).forEach(
        (table) =>
          (table.Associations = table.Associations.filter(({ SubnetId }) => !subnetIds.includes(SubnetId ?? ''))),
      ),
    /rtb-\S+: no route to 0\.0\.0\.0\/0/,
  ],
  [
    'a NAT instance with its check on',
    'network.aws-path',
    {},
    both(
      (snapshot) =>
        defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.NetworkInterfaceId = 'eni-1'))),
      (snapshot) =>
        void (snapshot.networkInterfaces[vpcId] = ok([
          {
            NetworkInterfaceId: 'eni-1',
            VpcId: vpcId,
            InterfaceType: 'interface',
            SourceDestCheck: true,
            Groups: [{ GroupId: groupId }],
            Attachment: { InstanceId: 'i-1' },
          },
        ])),
    ),
    /source\/destination check enabled/,
  ],
  [
    'a transit gateway that leads nowhere',
    'network.aws-path',
    {},
    both(
      (snapshot) =>
        defaultRoutes(snapshot).forEach((route) => (delete route.NatGatewayId, (route.TransitGatewayId = 'tgw-1'))),
      (snapshot) => {
        snapshot.transitGatewayAttachments['tgw-1'] = ok([
          {
            TransitGatewayAttachmentId: 'tgw-attach-1',
            TransitGatewayId: 'tgw-1',
            ResourceId: vpcId,
            ResourceType: 'vpc',
            State: 'available',
            Association: { TransitGatewayRouteTableId: 'tgw-rtb-1' },
          },
        ]);
        snapshot.transitGatewayRoutes['tgw-rtb-1'] = ok([]);
      },
    ),
    /no route to 0\.0\.0\.0\/0/,
  ],
  [
    'private DNS off',
    'network.endpoint-private-dns',
    { wayOut: 'endpoints' },
    (snapshot) => void (endpoints(snapshot)[1]!.PrivateDnsEnabled = false),
    /PrivateDnsEnabled is false, so sts\.eu-west-1\.amazonaws\.com/,
  ],
  [
    'the endpoint’s group does not know the cluster’s',
    'network.endpoint-ingress',
    { wayOut: 'endpoints' },
    (snapshot) => void (group(snapshot, endpointGroupId).IpPermissions = []),
    /associated with endpoint vpce-/,
  ],
  [
    'the same beside a NAT gateway: private DNS takes the name',
    'network.endpoint-ingress',
    {},
    (snapshot) => {
      snapshot.vpcEndpoints[vpcId] = ok([interfaceEndpoint('lambda', 0)]);
      group(snapshot, endpointGroupId).IpPermissions = [];
    },
    /associated with endpoint vpce-/,
  ],
  [
    'an endpoint policy for the organization alone',
    'network.endpoint-policy',
    { wayOut: 'endpoints' },
    (snapshot) =>
      void (endpoints(snapshot)[1]!.PolicyDocument = JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
          },
        ],
      })),
    /allows sts:AssumeRole, but the request has no aws:PrincipalOrgID/,
  ],
  [
    'DNS support off',
    'network.vpc-dns',
    { wayOut: 'endpoints' },
    (snapshot) => void (snapshot.vpcDnsSupport[vpcId] = ok(false)),
    /enableDnsSupport is false/,
  ],
  [
    'an ACL without the answers',
    'network.nacl',
    {},
    (snapshot) =>
      acl(snapshot).Entries.unshift({
        RuleNumber: 10,
        Protocol: '6',
        RuleAction: 'deny',
        Egress: false,
        CidrBlock: '0.0.0.0/0',
        PortRange: { From: 1024, To: 65_535 },
      }),
    /denies inbound TCP 1024–65535/,
  ],
  [
    'an ACL against the brokers’ port',
    'network.nacl',
    {},
    (snapshot) =>
      acl(snapshot).Entries.unshift({
        RuleNumber: 10,
        Protocol: '6',
        RuleAction: 'deny',
        Egress: true,
        CidrBlock: '10.0.0.0/16',
        PortRange: { From: 9098, To: 9098 },
      }),
    /denies outbound TCP 9098 to the brokers/,
  ],
  [
    'an ACL at the NAT gateway’s subnet',
    'network.nacl',
    {},
    (snapshot) => {
      const ownAcl = acl(snapshot);
      const publicOnes = ownAcl.Associations.splice(3);
      value(snapshot.networkAcls, vpcId).push({
        ...ownAcl,
        NetworkAclId: 'acl-public',
        Associations: publicOnes,
        Entries: ownAcl.Entries.filter(({ RuleNumber, Egress }) => RuleNumber !== 100 || Egress === true),
      });
    },
    /acl-public/,
  ],
  [
    'a subnet that is gone',
    'network.subnet-capacity',
    {},
    (snapshot) =>
      void (snapshot.subnets[subnetIds[1]!] = {
        outcome: 'not-found',
        service: 'ec2',
        operation: 'DescribeSubnets',
        action: 'ec2:DescribeSubnets',
        error: 'not listed',
      }),
    /AWS does not list this subnet/,
  ],
  [
    'a full subnet without Lambda’s interface',
    'network.subnet-capacity',
    {},
    (snapshot) => void (value(snapshot.subnets, subnetIds[0]).AvailableIpAddressCount = 0),
    /0 free IP addresses/,
  ],
  [
    'an ACL whose first rule denies the brokers’ port',
    'network.nacl',
    {},
    (snapshot) =>
      acl(snapshot).Entries.unshift(
        {
          RuleNumber: 2,
          Protocol: '6',
          RuleAction: 'deny',
          Egress: true,
          CidrBlock: '10.0.0.0/16',
          PortRange: { From: 9000, To: 9100 },
        },
        { RuleNumber: 90, Protocol: '-1', RuleAction: 'deny', Egress: true, CidrBlock: '10.0.0.0/8' },
      ),
    /denies outbound TCP 9098 to the brokers/,
  ],
  [
    'an ACL without any rule',
    'network.nacl',
    {},
    (snapshot) => void (acl(snapshot).Entries = []),
    /denies outbound TCP/,
  ],
  [
    'one subnet without its route, beside NAT gateways',
    'network.aws-path',
    {},
    (snapshot) => void (tables(snapshot)[1]!.Routes.length = 1),
    /rtb-\S+: no route to 0\.0\.0\.0\/0/,
  ],
  [
    'no way at all with SCRAM',
    'network.aws-path',
    { wayOut: 'none', auth: 'scram' },
    () => {},
    /no Secrets Manager endpoint/,
  ],
  [
    'an endpoint that failed',
    'network.aws-path',
    { wayOut: 'endpoints' },
    (snapshot) => void (endpoints(snapshot)[1]!.State = 'failed'),
    /is failed, not available/,
  ],
  [
    'endpoints with private DNS off for two services',
    'network.endpoint-private-dns',
    { wayOut: 'endpoints' },
    (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.PrivateDnsEnabled = false)),
    /lambda\.eu-west-1/,
  ],
  [
    'private DNS off and the VPC’s attributes too',
    'network.endpoint-private-dns',
    { wayOut: 'endpoints' },
    both(
      (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.PrivateDnsEnabled = false)),
      (snapshot) => void (snapshot.vpcDnsHostnames[vpcId] = ok(false)),
    ),
    /PrivateDnsEnabled is false/,
  ],
  [
    'both DNS attributes off',
    'network.vpc-dns',
    { wayOut: 'endpoints' },
    (snapshot) => void ((snapshot.vpcDnsSupport[vpcId] = ok(false)), (snapshot.vpcDnsHostnames[vpcId] = ok(false))),
    /are false/,
  ],
  [
    'another group on the endpoints',
    'network.endpoint-ingress',
    { wayOut: 'endpoints' },
    both(
      (snapshot) => endpoints(snapshot).forEach((endpoint) => (endpoint.Groups = [{ GroupId: 'sg-wrong' }])),
      (snapshot) =>
        void value(snapshot.securityGroups, vpcId).push({
          GroupId: 'sg-wrong',
          VpcId: vpcId,
          IpPermissions: [],
          IpPermissionsEgress: [],
        }),
    ),
    /sg-wrong no inbound rule allows TCP 443 .*; associated with endpoint vpce-/,
  ],
  [
    'different groups on two endpoints, neither open',
    'network.endpoint-ingress',
    { wayOut: 'endpoints' },
    both(
      (snapshot) => endpoints(snapshot).forEach((endpoint, index) => (endpoint.Groups = [{ GroupId: `sg-${index}` }])),
      (snapshot) =>
        void value(snapshot.securityGroups, vpcId).push(
          ...[0, 1, 2].map((index) => ({
            GroupId: `sg-${index}`,
            VpcId: vpcId,
            IpPermissions: [],
            IpPermissionsEgress: [],
          })),
        ),
    ),
    /sg-1 no inbound rule allows TCP 443 .*; associated with endpoint vpce-/,
  ],
  [
    'no rule out on 443 to the endpoints',
    'network.https-egress',
    { wayOut: 'endpoints' },
    setEgress(rule(9098, 9098, fromGroup(groupId))),
    /no outbound rule allows TCP 443/,
  ],
  [
    '443 out to S3’s prefix list alone, unread',
    'network.https-egress',
    {},
    both(
      (snapshot) =>
        tables(snapshot).forEach((table) =>
          table.Routes.push({ DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3', State: 'active' }),
        ),
      setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, { PrefixListIds: [{ PrefixListId: 'pl-s3' }] })),
    ),
    /pl-s3/,
  ],
  [
    'an endpoint policy that denies the call',
    'network.endpoint-policy',
    { wayOut: 'endpoints' },
    (snapshot) =>
      void (endpoints(snapshot)[1]!.PolicyDocument = JSON.stringify({
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          { Effect: 'Deny', Principal: '*', Action: 'sts:*', Resource: '*' },
        ],
      })),
    /denies sts:AssumeRole/,
  ],
  [
    'an endpoint policy for another function',
    'network.endpoint-policy',
    { wayOut: 'endpoints' },
    (snapshot) =>
      void (endpoints(snapshot)[0]!.PolicyDocument = JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:other',
        },
      })),
    /allows lambda:InvokeFunction, but \S+:function:other names another resource/,
  ],
  [
    'endpoint policies for what another account owns',
    'network.endpoint-policy',
    { wayOut: 'endpoints' },
    (snapshot) =>
      endpoints(snapshot).forEach(
        (item) =>
          (item.PolicyDocument = JSON.stringify({
            Statement: {
              Effect: 'Allow',
              Principal: '*',
              Action: '*',
              Resource: '*',
              Condition: { StringEquals: { 'aws:ResourceAccount': '444455556666' } },
            },
          })),
      ),
    /sts:AssumeRole/,
  ],
  [
    'a secret’s endpoint for another role',
    'network.endpoint-policy',
    { wayOut: 'endpoints', auth: 'scram' },
    (snapshot) =>
      void (endpoints(snapshot)[2]!.PolicyDocument = JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:role/other' },
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
        },
      })),
    /allows secretsmanager:GetSecretValue, but only for arn:aws:iam::111122223333:role\/other$/,
  ],
  [
    'an S3 destination, and the gateway endpoint serves other tables',
    'network.aws-path',
    { wayOut: 'endpoints' },
    both(s3Destination, (snapshot) => void endpoints(snapshot).push(gatewayEndpoint(['rtb-0a1b2c3d4e5f60000']))),
    /not associated/,
  ],
  [
    'an S3 destination without any endpoint',
    'network.aws-path',
    { wayOut: 'endpoints' },
    s3Destination,
    /no S3 endpoint/,
  ],
  [
    'an S3 destination, and no rule out to the gateway endpoint',
    'network.https-egress',
    { wayOut: 'endpoints' },
    both(
      s3Destination,
      (snapshot) =>
        void (endpoints(snapshot).push(gatewayEndpoint(tables(snapshot).map((table) => table.RouteTableId))),
        tables(snapshot).forEach((table) =>
          table.Routes.push({ DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3', State: 'active' }),
        )),
      setEgress(rule(9098, 9098, fromGroup(groupId)), rule(443, 443, fromGroup(endpointGroupId))),
    ),
    /S3 through vpce-s3/,
  ],
  [
    'a dead route from one poller subnet to another',
    'network.broker-egress',
    {},
    (snapshot) =>
      void tables(snapshot)[1]!.Routes.push({
        DestinationCidrBlock: '10.0.1.0/24',
        NetworkInterfaceId: 'eni-gone',
        State: 'blackhole',
      }),
    /blackhole/,
  ],
  [
    'a private NAT gateway towards an internet gateway',
    'network.aws-path',
    {},
    (snapshot) => value(snapshot.natGateways, vpcId).forEach((gateway) => (gateway.ConnectivityType = 'private')),
    /private NAT gateway/,
  ],
  [
    'a NAT gateway in an empty subnet',
    'network.aws-path',
    {},
    (snapshot) => void (tables(snapshot).at(-1)!.Routes.length = 1),
    /has no route to the internet/,
  ],
  [
    'one NAT gateway of three that failed',
    'network.aws-path',
    {},
    (snapshot) => void (value(snapshot.natGateways, vpcId)[0]!.State = 'failed'),
    /NAT gateway is failed/,
  ],
  [
    'an egress-only gateway alone',
    'network.aws-path',
    {},
    (snapshot) =>
      tables(snapshot).forEach(
        (table) =>
          (table.Routes = table.Routes.map((route) =>
            route.NatGatewayId === undefined
              ? route
              : { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', State: 'active' },
          )),
      ),
    /no route to 0\.0\.0\.0\/0/,
  ],
  [
    'rules for IPv6 alone',
    'network.broker-ingress',
    {},
    setIngress(rule(9098, 9098, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] })),
    /no inbound rule/,
  ],
  [
    'a rule for ICMP',
    'network.broker-ingress',
    {},
    setIngress({ ...rule(-1, -1, fromGroup(groupId)), IpProtocol: 'icmp' }),
    /icmp from/,
  ],
  [
    'a peered VPC’s group',
    'network.broker-ingress',
    {},
    setIngress(
      rule(9098, 9098, {
        UserIdGroupPairs: [
          { GroupId: 'sg-peer', VpcId: 'vpc-peer', VpcPeeringConnectionId: 'pcx-1', PeeringStatus: 'active' },
        ],
      }),
    ),
    /sg-peer/,
  ],
];
