/** A topology as AWS would list it, and the question about it. */
import type { NetworkQuestion, NetworkReads } from '../../../src/network/question.js';
import { reachability } from '../../../src/network/reachability.js';
import { ok } from '../../../src/snapshot/read.js';
import type {
  IpPermission,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  VpcEndpoint,
} from '../../../src/snapshot/resources/index.js';
import { emptySnapshot } from '../../../src/snapshot/snapshot.js';
import type { PathAnswer } from '../../../src/network/answer.js';
import { port, s3Range, type Route, type Rule, type Topology } from './topology.js';

export const region = 'eu-west-1';
const [vpc, account] = ['vpc-1', '111122223333'];
export const subnetId = (index: number) => `subnet-${index}`;
export const groupId = (index: number) => `sg-${index}`;
const tableId = (index: number) => `rtb-${index}`;
const natId = (index: number) => `nat-${index}`;

export function readsOf(topology: Topology): NetworkReads {
  const reads = emptySnapshot({
    tool: { name: 'test', version: '0' },
    partition: 'aws',
    region,
    account,
    caller: null,
    capturedAt: '2026-01-01T00:00:00Z',
  });
  const subnets = topology.tableOf.map((_, index) => ({
    SubnetId: subnetId(index),
    VpcId: vpc,
    State: 'available',
    CidrBlock: `10.0.${index}.0/24`,
    Ipv6CidrBlockAssociationSet: [],
    AvailabilityZone: `${region}${'abcd'[index]}`,
    AvailableIpAddressCount: 200,
    OwnerId: account,
  }));
  for (const subnet of subnets) reads.subnets[subnet.SubnetId] = ok(subnet);
  reads.vpcSubnets[vpc] = ok(subnets);
  reads.vpcs[vpc] = ok({
    VpcId: vpc,
    CidrBlock: '10.0.0.0/16',
    CidrBlockAssociationSet: [],
    DhcpOptionsId: 'default',
    OwnerId: account,
  });
  reads.vpcDnsSupport[vpc] = ok(topology.dns.support);
  reads.vpcDnsHostnames[vpc] = ok(topology.dns.hostnames);
  reads.securityGroups[vpc] = ok(
    topology.groups.map(({ ingress, egress }, index): SecurityGroup => ({
      GroupId: groupId(index),
      VpcId: vpc,
      IpPermissions: ingress.map(toPermission),
      IpPermissionsEgress: egress.map(toPermission),
    })),
  );
  reads.routeTables[vpc] = ok(topology.tables.map((routes, index) => toTable(topology, routes, index)));
  reads.networkAcls[vpc] = ok(
    topology.acls.map((entries, index): NetworkAcl => ({
      NetworkAclId: `acl-${index}`,
      VpcId: vpc,
      IsDefault: index === 0,
      Associations: topology.aclOf.flatMap((acl, subnet) => (acl === index ? [{ SubnetId: subnetId(subnet) }] : [])),
      Entries: entries.map(({ number, egress, allow, protocol, from, to, cidr }) => ({
        RuleNumber: number,
        Egress: egress,
        RuleAction: allow ? 'allow' : 'deny',
        Protocol: protocol,
        CidrBlock: cidr,
        ...(protocol === '-1' ? {} : { PortRange: { From: from, To: to } }),
      })),
    })),
  );
  reads.natGateways[vpc] = ok(
    topology.nats.flatMap((nat, index) =>
      nat === null
        ? []
        : [
            {
              NatGatewayId: natId(index),
              VpcId: vpc,
              SubnetId: subnetId(index),
              State: nat.available ? 'available' : 'failed',
              ConnectivityType: nat.isPublic ? 'public' : 'private',
              AvailabilityMode: 'zonal',
              NatGatewayAddresses: [],
            },
          ],
    ),
  );
  reads.vpcEndpoints[vpc] = ok(endpointsOf(topology));
  reads.networkInterfaces[vpc] = ok([]);
  reads.prefixLists['pl-1'] = ok(topology.list);
  reads.prefixLists['pl-s3'] = ok([s3Range]);
  return reads;
}

function toPermission({ protocol, from, to, peer }: Rule): IpPermission {
  const none = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  const peers =
    'cidr' in peer
      ? { IpRanges: [{ CidrIp: peer.cidr }] }
      : 'group' in peer
        ? { UserIdGroupPairs: [{ GroupId: groupId(peer.group) }] }
        : 'list' in peer
          ? { PrefixListIds: [{ PrefixListId: 'pl-1' }] }
          : { Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  const range =
    protocol === '-1' ? {} : protocol === 'icmp' ? { FromPort: -1, ToPort: -1 } : { FromPort: from, ToPort: to };
  return { IpProtocol: protocol, ...range, ...none, ...peers };
}

function toTable(topology: Topology, routes: readonly Route[], index: number): RouteTable {
  const associated = topology.tableOf.flatMap((table, subnet) =>
    table === index ? [{ SubnetId: subnetId(subnet), AssociationState: { State: 'associated' } }] : [],
  );
  return {
    RouteTableId: tableId(index),
    VpcId: vpc,
    Associations: [...(index === 0 ? [{ Main: true }] : []), ...associated],
    Routes: [
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
      ...routes.map((route) => toRoute(topology, route)),
      ...(topology.gatewayTables.includes(index)
        ? [{ DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3', State: 'active' }]
        : []),
    ],
  };
}

/** A route to a NAT gateway that is not there is what a deleted one leaves. */
function toRoute(topology: Topology, { cidr, target }: Route): RouteTable['Routes'][number] {
  const to = { DestinationCidrBlock: cidr };
  if (target === 'igw') return { ...to, GatewayId: 'igw-1', State: 'active' };
  if (target === 'blackhole') return { ...to, NetworkInterfaceId: 'eni-gone', State: 'blackhole' };
  return { ...to, NatGatewayId: natId(target.nat), State: topology.nats[target.nat] === null ? 'blackhole' : 'active' };
}

function endpointsOf({ endpoint, endpointGroups, gatewayTables }: Topology): VpcEndpoint[] {
  const common = { VpcId: vpc, RouteTableIds: [], SubnetIds: [], Groups: [], NetworkInterfaceIds: [] };
  return [
    ...(endpoint === null
      ? []
      : [
          {
            ...common,
            VpcEndpointId: 'vpce-sts',
            VpcEndpointType: 'Interface',
            ServiceName: `com.amazonaws.${region}.sts`,
            State: endpoint.available ? 'available' : 'failed',
            SubnetIds: endpoint.subnets.map(subnetId),
            Groups: endpointGroups.map((group) => ({ GroupId: groupId(group) })),
            PrivateDnsEnabled: endpoint.privateDns,
          },
        ]),
    ...(gatewayTables.length === 0
      ? []
      : [
          {
            ...common,
            VpcEndpointId: 'vpce-s3',
            VpcEndpointType: 'Gateway',
            ServiceName: `com.amazonaws.${region}.s3`,
            State: 'available',
            RouteTableIds: gatewayTables.map(tableId),
          },
        ]),
  ];
}

const call = {
  principal: { service: 'lambda.amazonaws.com' },
  missing: [],
  certain: true,
  resource: 'arn:aws:iam::111122223333:role/r',
};

export const questionOf = ({ pollers, clusterGroups }: Topology): NetworkQuestion => {
  const placements = [
    {
      subnetIds: Array.from({ length: pollers }, (_, index) => subnetId(index)),
      securityGroupIds: clusterGroups.map(groupId),
    },
  ];
  return {
    polls: 'not-shown',
    reportsNoEgress: false,
    mappingUuid: 'uuid',
    partition: 'aws',
    region,
    account,
    at: new Date('2026-01-01T00:00:00Z'),
    placements,
    brokers: { placements, ports: { from: port, to: port } },
    connectionPorts: null,
    services: [
      { ...call, service: 'sts', action: 'sts:AssumeRole' },
      { ...call, service: 's3', action: 's3:PutObject' },
    ],
  };
};

/** Where a path leads, as the kernel's side names it too: `subnet-0 > broker 1`, `subnet-0 > sts`. */
export const nameOf = ({ from, to }: PathAnswer): string =>
  `${from} > ${to.kind === 'service' ? to.service : `broker ${to.subnetId.split('-')[1]}`}`;

export const answersOf = (topology: Topology, reads: NetworkReads = readsOf(topology)): Map<string, PathAnswer> =>
  new Map(reachability(reads, questionOf(topology)).paths.map((path) => [nameOf(path), path]));
