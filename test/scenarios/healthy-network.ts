/** Networks that work, though a tool that looks at one rule alone would complain of them. */
import {
  clusterArn,
  endpointGroupId,
  fromGroup,
  groupId,
  interfaceEndpoint,
  publicSubnetIds,
  rule,
  subnetIds,
  value,
  vpcId,
  type HealthyOptions,
} from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import {
  acls,
  allow,
  cluster,
  document,
  endpoints,
  group,
  mapping,
  reroute,
  says,
  tables,
  type Story,
} from './parts.js';

const anyTcp = { IpProtocol: '-1', IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
const cidr = (...blocks: string[]) => ({ IpRanges: blocks.map((CidrIp) => ({ CidrIp })) });
const list = (id: string) => ({ PrefixListIds: [{ PrefixListId: id }] });
const extraGroup = 'sg-0a1b2c3d4e5f6c002';

/** Lists the subnets, and the replies to them, by rules of their own. */
const narrowAcl: Story = (snapshot) => {
  const acl = acls(snapshot)[0]!;
  const ports = [
    { From: 9098, To: 9098 },
    { From: 443, To: 443 },
    { From: 1024, To: 65_535 },
  ];
  const rules = [false, true].flatMap((Egress) =>
    ports.map((PortRange, index) => ({
      RuleNumber: 100 + index,
      Protocol: '6',
      RuleAction: 'allow',
      Egress,
      CidrBlock: index === 1 || index === 2 ? '0.0.0.0/0' : '10.0.0.0/16',
      PortRange,
    })),
  );
  acl.Entries = [
    {
      RuleNumber: 50,
      Protocol: '6',
      RuleAction: 'deny',
      Egress: false,
      CidrBlock: '192.0.2.0/24',
      PortRange: { From: 0, To: 65_535 },
    },
    ...rules,
    ...[true, false].map((Egress) => ({
      RuleNumber: 32_767,
      Protocol: '-1',
      RuleAction: 'deny',
      Egress,
      CidrBlock: '0.0.0.0/0',
    })),
  ];
};

export const healthyNetworks: readonly [string, HealthyOptions, Story][] = [
  [
    'the group admits itself on all ports and protocols',
    {},
    (s) => void (group(s).IpPermissions = [{ ...anyTcp, ...fromGroup(groupId) }]),
  ],
  [
    'the group admits itself on a range of ports',
    {},
    (s) => void (group(s).IpPermissions = [rule(9092, 9198, fromGroup(groupId))]),
  ],
  [
    'the protocol is written as a number',
    {},
    (s) => void (group(s).IpPermissions = [{ ...rule(9098, 9098, fromGroup(groupId)), IpProtocol: '6' }]),
  ],
  ['the VPC’s range is admitted', {}, (s) => void (group(s).IpPermissions = [rule(9098, 9098, cidr('10.0.0.0/8'))])],
  [
    'each subnet is admitted by a rule of its own',
    {},
    (s) =>
      void (group(s).IpPermissions = ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'].map((block) =>
        rule(9098, 9098, cidr(block)),
      )),
  ],
  [
    'halves of a subnet are admitted by two rules',
    {},
    (s) =>
      void (group(s).IpPermissions = [
        rule(9098, 9098, cidr('10.0.0.0/25', '10.0.0.128/25', '10.0.1.0/24', '10.0.2.0/23')),
      ]),
  ],
  [
    'of two groups the one admits the other',
    {},
    (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.SecurityGroups = [groupId, extraGroup];
      group(s).IpPermissions = [];
      value(s.securityGroups, vpcId).push({
        ...group(s),
        GroupId: extraGroup,
        GroupName: 'extra',
        IpPermissions: [rule(9098, 9098, fromGroup(groupId))],
      });
    },
  ],
  [
    'a prefix list admits the subnets, and another cannot be read',
    {},
    (s) => {
      group(s).IpPermissions = [
        rule(9098, 9098, list('pl-0a1b2c3d4e5f60001')),
        rule(9098, 9098, list('pl-0a1b2c3d4e5f60002')),
      ];
      s.prefixLists['pl-0a1b2c3d4e5f60001'] = ok(['10.0.0.0/16']);
      s.prefixLists['pl-0a1b2c3d4e5f60002'] = {
        outcome: 'denied',
        service: 'ec2',
        operation: 'GetManagedPrefixListEntries',
        action: 'ec2:GetManagedPrefixListEntries',
        error: 'UnauthorizedOperation',
      };
    },
  ],
  [
    'no group was named when the cluster was made, so it has the VPC’s default one',
    {},
    (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.SecurityGroups = [];
      value(s.securityGroups, vpcId).push({
        ...group(s),
        GroupId: extraGroup,
        GroupName: 'default',
        IpPermissions: [{ ...anyTcp, ...fromGroup(extraGroup) }],
      });
      group(s, endpointGroupId).IpPermissions = [rule(443, 443, cidr('10.0.0.0/16'))];
    },
  ],
  [
    'outbound rules by address, for brokers and endpoints',
    {},
    (s) =>
      void (group(s).IpPermissionsEgress = [
        rule(9098, 9098, cidr('10.0.0.0/16')),
        rule(443, 443, cidr('10.0.0.0/16')),
      ]),
  ],
  [
    'outbound 443 is open to all, brokers by group',
    { wayOut: 'nat' },
    (s) =>
      void (group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId)), rule(443, 443, cidr('0.0.0.0/0'))]),
  ],
  [
    'the endpoints’ group admits the subnets by address',
    {},
    (s) => void (group(s, endpointGroupId).IpPermissions = [rule(443, 443, cidr('10.0.0.0/22'))]),
  ],
  [
    'the endpoints’ group lets nothing out, since answers need no rule',
    {},
    (s) => void (group(s, endpointGroupId).IpPermissionsEgress = []),
  ],
  [
    'the endpoints stand in subnets of their own',
    {},
    (s) => {
      for (const endpoint of endpoints(s)) endpoint.SubnetIds = [publicSubnetIds[0]!, publicSubnetIds[1]!];
    },
  ],
  [
    'endpoints in public subnets of the cluster itself',
    {},
    (s) => {
      for (const table of tables(s).filter(({ Associations }) =>
        Associations.some(({ SubnetId }) => subnetIds.includes(SubnetId ?? '')),
      ))
        table.Routes.push({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1b2c3d4e5f60001', State: 'active' });
    },
  ],
  [
    'an old endpoint is being deleted beside the one that serves',
    {},
    (s) =>
      void endpoints(s).push({ ...interfaceEndpoint('sts', 7), State: 'deleting', Groups: [{ GroupId: groupId }] }),
  ],
  [
    'an endpoint without private DNS is harmless where a NAT gateway leads out',
    { wayOut: 'nat' },
    (s) => void (s.vpcEndpoints[vpcId] = ok([{ ...interfaceEndpoint('sts', 0), PrivateDnsEnabled: false }])),
  ],
  [
    'Lambda by an endpoint, STS by a NAT gateway',
    { wayOut: 'nat' },
    (s) => void (s.vpcEndpoints[vpcId] = ok([interfaceEndpoint('lambda', 0)])),
  ],
  [
    'DNS hostnames are off, and no endpoint is relied on',
    { wayOut: 'nat' },
    (s) => void (s.vpcDnsHostnames[vpcId] = ok(false)),
  ],
  [
    'one NAT gateway serves all zones',
    { wayOut: 'nat' },
    (s) => {
      const [first] = value(s.natGateways, vpcId);
      s.natGateways[vpcId] = ok([first!]);
      for (const route of tables(s).flatMap((table) => table.Routes))
        if (route.NatGatewayId !== undefined) route.NatGatewayId = first!.NatGatewayId;
    },
  ],
  [
    'the subnets use the main route table',
    { wayOut: 'nat' },
    (s) => {
      const ownTable = tables(s).find(({ RouteTableId }) => RouteTableId.endsWith('6000a'))!;
      tables(s).find(({ Associations }) => Associations.some(({ Main }) => Main === true))!.Routes = ownTable.Routes;
      for (const table of tables(s))
        table.Associations = table.Associations.filter(({ SubnetId }) => !subnetIds.includes(SubnetId ?? ''));
    },
  ],
  [
    'an unrelated route is a blackhole',
    { wayOut: 'nat' },
    (s) => {
      for (const table of tables(s))
        table.Routes.push({
          DestinationCidrBlock: '192.168.0.0/16',
          VpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60001',
          State: 'blackhole',
        });
    },
  ],
  [
    'the internet is routed in two halves',
    { wayOut: 'nat' },
    (s) => {
      for (const table of tables(s)) {
        const route = table.Routes.find(({ NatGatewayId }) => NatGatewayId !== undefined);
        if (route !== undefined)
          table.Routes = [
            ...table.Routes.filter((candidate) => candidate !== route),
            { ...route, DestinationCidrBlock: '0.0.0.0/1' },
            { ...route, DestinationCidrBlock: '128.0.0.0/1' },
          ];
      }
    },
  ],
  [
    'a regional NAT gateway, which stands in no subnet',
    { wayOut: 'nat' },
    (s) => {
      for (const gateway of value(s.natGateways, vpcId)) {
        delete gateway.SubnetId;
        gateway.AvailabilityMode = 'regional';
      }
    },
  ],
  [
    'VPC Block Public Access stops what comes in, and lets NAT gateways out',
    { wayOut: 'nat' },
    (s) => {
      for (const subnet of value(s.vpcSubnets, vpcId))
        subnet.BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-ingress' };
    },
  ],
  [
    'VPC Block Public Access stops all but the NAT gateways’ subnets, which are excluded',
    { wayOut: 'nat' },
    (s) => {
      value(s.vpcs, vpcId).BlockPublicAccessStates = { InternetGatewayBlockMode: 'block-bidirectional' };
      for (const subnet of value(s.vpcSubnets, vpcId))
        subnet.BlockPublicAccessStates = {
          InternetGatewayBlockMode: publicSubnetIds.includes(subnet.SubnetId) ? 'block-ingress' : 'block-bidirectional',
        };
    },
  ],
  [
    'AWS does not say of what type the endpoints are',
    {},
    (s) => {
      for (const endpoint of endpoints(s)) delete endpoint.VpcEndpointType;
    },
  ],
  [
    'a virtual private gateway leads to the way out of another site',
    { wayOut: 'nat' },
    (s) => reroute(s, { GatewayId: 'vgw-0a1b2c3d4e5f60001' }),
  ],
  [
    'a firewall endpoint stands in the way out',
    { wayOut: 'nat' },
    (s) => reroute(s, { GatewayId: 'vpce-0a1b2c3d4e5f6fw01' }),
  ],
  [
    'a core network leads out',
    { wayOut: 'nat' },
    (s) =>
      reroute(s, {
        CoreNetworkArn: 'arn:aws:networkmanager::111122223333:core-network/core-network-0a1b2c3d4e5f60001',
      }),
  ],
  [
    'a network ACL that denies remote desktops, whose port is among those of answers',
    { wayOut: 'nat' },
    (s) => {
      for (const acl of acls(s))
        acl.Entries.unshift({
          RuleNumber: 1,
          Protocol: '6',
          RuleAction: 'deny',
          Egress: false,
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: 3389, To: 3389 },
        });
    },
  ],
  ['a network ACL with just the rules that are needed', { wayOut: 'nat' }, narrowAcl],
  ['the same with endpoints', {}, narrowAcl],
  [
    'endpoint policies for the pollers’ very calls',
    {},
    (s) => {
      const open = (service: string) => endpoints(s).find(({ ServiceName }) => ServiceName!.endsWith(`.${service}`))!;
      open('sts').PolicyDocument = document({
        ...allow('sts:AssumeRole', '*'),
        Principal: { Service: 'lambda.amazonaws.com' },
      });
      open('lambda').PolicyDocument = document({
        ...allow('lambda:InvokeFunction', '*'),
        Principal: { Service: ['lambda.amazonaws.com'] },
      });
    },
  ],
  [
    'a subnet is full, but Lambda’s interface is there',
    {},
    (s) => {
      value(s.subnets, subnetIds[0]!).AvailableIpAddressCount = 0;
      s.networkInterfaces[vpcId] = ok([
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60001',
          InterfaceType: 'lambda',
          SubnetId: subnetIds[0]!,
          VpcId: vpcId,
          Groups: [{ GroupId: groupId }],
        },
      ]);
    },
  ],
  ...(['iam', 'scram', 'tls', 'plaintext'] as const).map((auth): [string, HealthyOptions, Story] => [
    `${auth}: the cluster does not say how it lets in, its bootstrap strings do`,
    { auth },
    (s) => {
      delete cluster(s).Provisioned!.ClientAuthentication;
      delete cluster(s).Provisioned!.EncryptionInfo;
    },
  ]),
  [
    'the endpoints’ groups are left out where rules name them',
    {},
    (s) => {
      group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId)), rule(443, 443, fromGroup(endpointGroupId))];
      for (const endpoint of endpoints(s)) endpoint.Groups = [];
    },
  ],
  [
    'the cluster says of mutual TLS alone that it is off; the bootstrap string is IAM’s',
    {},
    (s) => {
      cluster(s).Provisioned!.ClientAuthentication = { Tls: { Enabled: false, CertificateAuthorityArnList: [] } };
    },
  ],
  [
    'provisioned pollers whose group lets only the brokers’ port out',
    { provisioned: true, wayOut: 'none' },
    (s) => void (group(s).IpPermissionsEgress = [rule(9098, 9098, fromGroup(groupId))]),
  ],
  [
    'provisioned pollers in public subnets',
    { provisioned: true, wayOut: 'nat' },
    (s) => reroute(s, { GatewayId: 'igw-0a1b2c3d4e5f60001' }),
  ],
  [
    'provisioned pollers with a secret and no way to Secrets Manager',
    { auth: 'scram', provisioned: true, wayOut: 'none' },
    () => {},
  ],
  [
    'Kafka below 3.6, whose topics nobody can list',
    {},
    (s) => {
      cluster(s).Provisioned!.CurrentBrokerSoftwareInfo!.KafkaVersion = '2.8.1';
      s.topics[clusterArn] = {
        outcome: 'failed',
        service: 'kafka',
        operation: 'ListTopics',
        action: 'kafka:ListTopics',
        error: 'BadRequestException',
      };
    },
  ],
  ['MSK lists no topic to these credentials', {}, (s) => void (s.topics[clusterArn] = ok([]))],
  [
    'Express brokers on KRaft',
    {},
    (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.InstanceType = 'express.m7g.large';
      cluster(s).Provisioned!.CurrentBrokerSoftwareInfo!.KafkaVersion = '3.9.x.kraft';
    },
  ],
  [
    'public access beside the private addresses',
    {},
    (s) => {
      cluster(s).Provisioned!.BrokerNodeGroupInfo!.ConnectivityInfo = {
        PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' },
      };
      value(s.bootstrapBrokers, clusterArn).BootstrapBrokerStringPublicSaslIam =
        'b-1-public.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9198';
    },
  ],
  [
    'the outbound rules of the groups are not told',
    { wayOut: 'nat' },
    (s) => {
      for (const group of value(s.securityGroups, vpcId)) delete group.IpPermissionsEgress;
    },
  ],
  [
    'MSK does not name the cluster’s subnets',
    {},
    (s) => void (cluster(s).Provisioned!.BrokerNodeGroupInfo!.ClientSubnets = []),
  ],
  ['nothing was read yet, and nothing is wrong', {}, says('No records processed')],
  [
    'a new mapping is being made',
    {},
    (s) => {
      Object.assign(mapping(s), {
        State: 'Creating',
        LastProcessingResult: 'No records processed',
        LastModified: '2026-11-24T09:58:00.000Z',
      });
    },
  ],
];
