/** Networks that stop the pollers, with the text that Lambda shows and the check that must be named first. */
import { brokerPorts, type AuthMethod } from '../../src/aws/msk.js';
import {
  endpointGroupId,
  fromGroup,
  groupId,
  interfaceEndpoint,
  publicSubnetIds,
  rule,
  secretArn,
  subnetIds,
  value,
  vpcId,
  type HealthyOptions,
} from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import {
  acls,
  allow,
  deny,
  document,
  endpoints,
  group,
  inline,
  mapping,
  reroute,
  tables,
  type Story,
} from './parts.js';
import { cannotReach, connection, silent } from './texts.js';

const cidr = (...blocks: string[]) => ({ IpRanges: blocks.map((CidrIp) => ({ CidrIp })) });
const others = 'sg-0a1b2c3d4e5f6a009';
const without =
  (service: string): Story =>
  (s) =>
    void (s.vpcEndpoints[vpcId] = ok(endpoints(s).filter(({ ServiceName }) => !ServiceName!.endsWith(`.${service}`))));
const endpoint = (s: Parameters<Story>[0], service: string) =>
  endpoints(s).find(({ ServiceName }) => ServiceName!.endsWith(`.${service}`))!;
const aclRule = (
  RuleNumber: number,
  RuleAction: string,
  Egress: boolean,
  From: number,
  To: number,
  CidrBlock = '0.0.0.0/0',
) => ({ RuleNumber, Protocol: '6', RuleAction, Egress, CidrBlock, PortRange: { From, To } });

export type Broken = [name: string, options: HealthyOptions, text: string, firstCause: string, change: Story];

/** The group has a rule for every way in but the one that Lambda picks. */
const wrongPort = Object.entries(brokerPorts).map(([auth, port]): Broken => [
  `${auth}: the brokers’ group admits itself on every port but ${port}`,
  { auth: auth as AuthMethod },
  connection,
  'network.broker-ingress',
  (s) =>
    void (group(s).IpPermissions = [9092, 9094, 9096, 9098]
      .filter((candidate) => candidate !== port)
      .map((port) => rule(port, port, fromGroup(groupId)))),
]);

export const brokenNetworks: readonly Broken[] = [
  ...wrongPort,
  [
    'the rule has expired with the text still fine',
    {},
    silent,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = []),
  ],
  [
    'only ICMP is admitted',
    {},
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = [{ ...rule(-1, -1, cidr('0.0.0.0/0')), IpProtocol: 'icmp' }]),
  ],
  [
    'UDP is admitted on the port',
    {},
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = [{ ...rule(9098, 9098, cidr('0.0.0.0/0')), IpProtocol: 'udp' }]),
  ],
  [
    'IPv6 alone is admitted',
    {},
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = [rule(9098, 9098, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] })]),
  ],
  [
    'another network is admitted',
    {},
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = [rule(9098, 9098, cidr('172.31.0.0/16'))]),
  ],
  [
    'the function’s group is admitted, which the pollers do not carry',
    {},
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = [rule(9098, 9098, fromGroup(others))]),
  ],
  [
    'a prefix list of other networks is admitted',
    {},
    connection,
    'network.broker-ingress',
    (s) => {
      group(s).IpPermissions = [rule(9098, 9098, { PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d4e5f60001' }] })];
      s.prefixLists['pl-0a1b2c3d4e5f60001'] = ok(['192.168.0.0/16']);
    },
  ],
  [
    'provisioned pollers meet the same closed group',
    { provisioned: true, wayOut: 'none' },
    connection,
    'network.broker-ingress',
    (s) => void (group(s).IpPermissions = []),
  ],
  [
    'outbound rules name another group',
    {},
    connection,
    'network.broker-egress',
    (s) =>
      void (group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(others)), rule(443, 443, cidr('0.0.0.0/0'))]),
  ],
  [
    'outbound HTTPS goes to another network only',
    { wayOut: 'nat' },
    cannotReach,
    'network.https-egress',
    (s) =>
      void (group(s).IpPermissionsEgress = [
        rule(9098, 9098, fromGroup(groupId)),
        rule(443, 443, cidr('192.168.0.0/16')),
      ]),
  ],
  [
    'outbound rules have HTTP in place of HTTPS',
    {},
    cannotReach,
    'network.https-egress',
    (s) =>
      void (group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId)), rule(80, 80, cidr('0.0.0.0/0'))]),
  ],
  ['no endpoint for Lambda', {}, cannotReach, 'network.aws-path', without('lambda')],
  [
    'no endpoint for Secrets Manager, and a secret',
    { auth: 'scram' },
    cannotReach,
    'network.aws-path',
    without('secretsmanager'),
  ],
  ['no way out at all', { wayOut: 'none' }, cannotReach, 'network.aws-path', () => {}],
  ['no way out at all, in the first wording', { wayOut: 'none' }, silent, 'network.aws-path', () => {}],
  [
    'no way out but to a peered VPC, which has none either, or Lambda would not say so',
    { wayOut: 'none' },
    cannotReach,
    'network.aws-path',
    (s) => {
      for (const table of tables(s))
        table.Routes.push({
          DestinationCidrBlock: '10.50.0.0/16',
          VpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60001',
          State: 'active',
        });
    },
  ],
  [
    'the default route leads to a peered VPC, through which nothing gets out',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => reroute(s, { VpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60001' }),
  ],
  [
    'the NAT gateway failed',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => {
      for (const gateway of value(s.natGateways, vpcId))
        Object.assign(gateway, {
          State: 'failed',
          FailureMessage: 'Elastic IP address could not be associated with this NAT gateway',
        });
    },
  ],
  [
    'the NAT gateway stands in a private subnet',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => {
      for (const [index, gateway] of value(s.natGateways, vpcId).entries()) gateway.SubnetId = subnetIds[index]!;
    },
  ],
  [
    'the NAT gateway’s own subnets lost their way to the internet',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => {
      for (const table of tables(s))
        table.Routes = table.Routes.filter(({ GatewayId }) => GatewayId?.startsWith('igw-') !== true);
    },
  ],
  [
    'one subnet of three has no way out',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => {
      const table = tables(s).find(({ Associations }) =>
        Associations.some(({ SubnetId }) => SubnetId === subnetIds[2]),
      )!;
      table.Routes = table.Routes.filter(({ NatGatewayId }) => NatGatewayId === undefined);
    },
  ],
  [
    'an egress-only gateway serves IPv6 alone',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => {
      for (const table of tables(s))
        table.Routes = table.Routes.filter(({ NatGatewayId }) => NatGatewayId === undefined).concat({
          DestinationIpv6CidrBlock: '::/0',
          EgressOnlyInternetGatewayId: 'eigw-0a1b2c3d4e5f60001',
          State: 'active',
        });
    },
  ],
  [
    'the public subnets of the cluster',
    { wayOut: 'nat' },
    cannotReach,
    'network.aws-path',
    (s) => reroute(s, { GatewayId: 'igw-0a1b2c3d4e5f60001' }),
  ],
  [
    'an empty configuration of provisioned pollers is none',
    { wayOut: 'none' },
    cannotReach,
    'network.aws-path',
    (s) => void (mapping(s).ProvisionedPollerConfig = {}),
  ],
  [
    'the endpoint is being made',
    {},
    cannotReach,
    'network.aws-path',
    (s) => void (endpoint(s, 'sts').State = 'pendingAcceptance'),
  ],
  [
    'the endpoint is there, but its private DNS is off',
    {},
    cannotReach,
    'network.endpoint-private-dns',
    (s) => void (endpoint(s, 'lambda').PrivateDnsEnabled = false),
  ],
  [
    'the endpoints’ group admits another group',
    {},
    cannotReach,
    'network.endpoint-ingress',
    (s) => void (group(s, endpointGroupId).IpPermissions = [rule(443, 443, fromGroup(others))]),
  ],
  [
    'the endpoints carry the cluster’s group, which admits itself on the brokers’ port only',
    {},
    cannotReach,
    'network.endpoint-ingress',
    (s) => {
      for (const endpoint of endpoints(s)) endpoint.Groups = [{ GroupId: groupId }];
    },
  ],
  [
    'the endpoint’s policy denies the service',
    {},
    cannotReach,
    'network.endpoint-policy',
    (s) =>
      void (endpoint(s, 'sts').PolicyDocument = document(
        { ...allow('*', '*'), Principal: '*' },
        { ...deny('sts:AssumeRole', '*'), Principal: '*' },
      )),
  ],
  [
    'the Lambda endpoint’s policy allows another function',
    {},
    cannotReach,
    'network.endpoint-policy',
    (s) =>
      void (endpoint(s, 'lambda').PolicyDocument = document({
        ...allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:another'),
        Principal: '*',
      })),
  ],
  [
    'the Secrets Manager endpoint’s policy allows another secret',
    { auth: 'scram' },
    cannotReach,
    'network.endpoint-policy',
    (s) =>
      void (endpoint(s, 'secretsmanager').PolicyDocument = document({
        ...allow('secretsmanager:GetSecretValue', `${secretArn}-other`),
        Principal: '*',
      })),
  ],
  ['DNS support is off', {}, cannotReach, 'network.vpc-dns', (s) => void (s.vpcDnsSupport[vpcId] = ok(false))],
  [
    'a network ACL denies the brokers’ port',
    {},
    connection,
    'network.nacl',
    (s) => void acls(s)[0]!.Entries.unshift(aclRule(10, 'deny', false, 9098, 9098)),
  ],
  [
    'a network ACL denies HTTPS out',
    { wayOut: 'nat' },
    cannotReach,
    'network.nacl',
    (s) => void acls(s)[0]!.Entries.unshift(aclRule(10, 'deny', true, 443, 443)),
  ],
  [
    'a network ACL lets answers of the internet out of nothing',
    { wayOut: 'nat' },
    cannotReach,
    'network.nacl',
    (s) => {
      const acl = acls(s)[0]!;
      acl.Associations = acl.Associations.filter(({ SubnetId }) => publicSubnetIds.includes(SubnetId ?? ''));
      acls(s).push({
        NetworkAclId: 'acl-0a1b2c3d4e5f60002',
        VpcId: vpcId,
        IsDefault: false,
        Associations: subnetIds.map((SubnetId) => ({ SubnetId })),
        Entries: [
          { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress: true, CidrBlock: '0.0.0.0/0' },
          { RuleNumber: 100, Protocol: '-1', RuleAction: 'allow', Egress: false, CidrBlock: '10.0.0.0/16' },
        ],
      });
    },
  ],
  [
    'a subnet is full, and Lambda has no interface there',
    {},
    connection,
    'network.subnet-capacity',
    (s) => void (value(s.subnets, subnetIds[1]!).AvailableIpAddressCount = 0),
  ],
  [
    'an on-failure queue without a way to it',
    {},
    cannotReach,
    'network.aws-path',
    (s) => {
      const arn = 'arn:aws:sqs:eu-west-1:111122223333:orders-failed';
      mapping(s).DestinationConfig = { OnFailure: { Destination: arn } };
      s.destinations[arn] = ok({ arn, kind: 'sqs', region: 'eu-west-1' });
      s.inlinePolicies[Object.keys(s.inlinePolicies)[0]!] = ok(
        document(allow(['kafka-cluster:*', 'sqs:SendMessage'], '*')),
      );
    },
  ],
  [
    'two faults: the text tells which comes first',
    {},
    cannotReach,
    'network.aws-path',
    (s) => {
      without('sts')(s);
      group(s).IpPermissions = [];
    },
  ],
  [
    'two faults: the other text',
    {},
    connection,
    'network.broker-ingress',
    (s) => {
      without('sts')(s);
      group(s).IpPermissions = [];
    },
  ],
  [
    'two faults: outbound rules are closed more often than the right to connect is missing',
    {},
    connection,
    'network.https-egress',
    (s) => {
      group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId))];
      inline(s, allow('kafka-cluster:ReadData', '*'));
    },
  ],
  [
    'an endpoint in another region’s name does not serve',
    {},
    cannotReach,
    'network.aws-path',
    (s) => {
      without('sts')(s);
      endpoints(s).push({ ...interfaceEndpoint('sts', 5), ServiceName: 'com.amazonaws.us-east-1.sts' });
    },
  ],
];
