/** Short forms for frequent changes: `endpoint:sts`, `ingress:sg-1:9098:sg-1`, `nat:subnet-1`, `provisioned`. */
import type { AwsCall } from '../../aws/call.js';
import { indexNetwork, routeTableOf } from '../network-index.js';
import type { Placement } from '../question.js';
import { endpointServiceName } from '../service-name.js';
import { isOk } from '../../snapshot/read.js';
import type { RouteTable } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { UsageError } from '../../errors.js';

/** The account to change, and where the pollers of its targets are placed. */
export interface WhatIfScope {
  snapshot: Snapshot;
  placements: readonly Placement[];
}

export const shortForms = [
  'ingress:GROUP:PORT:GROUP|CIDR|PREFIX-LIST',
  'egress:GROUP:PORT:GROUP|CIDR|PREFIX-LIST',
  'revoke-ingress:…',
  'revoke-egress:…',
  'endpoint:SERVICE[:GROUP,…]',
  'private-dns:ENDPOINT',
  'nat:SUBNET|NAT-GATEWAY',
  'route:TABLE:CIDR:TARGET',
  'provisioned',
] as const;

const ec2 = (operation: string, input: Record<string, unknown>): AwsCall => ({ service: 'ec2', operation, input });

/** Null for a text that is not a short form. Throws `UsageError` for one that lacks a part. */
export function parseShortForm(text: string, scope: WhatIfScope): AwsCall[] | null {
  const [form = '', ...parts] = text.split(':');
  const part = (index: number, what: string): string => {
    const value = parts[index];
    if (value === undefined || value === '')
      throw new UsageError(`“${text}” needs ${what}`, `Forms: ${shortForms.join(', ')}.`);
    return value;
  };
  const revoked = /^revoke-(ingress|egress)$/.exec(form)?.[1];
  if (revoked !== undefined || form === 'ingress' || form === 'egress') {
    const side = (revoked ?? form) === 'ingress' ? 'Ingress' : 'Egress';
    const rule = {
      ...portsOf(part(1, 'a port')),
      ...peerOf(parts.slice(2).join(':') || part(2, 'a security group, a CIDR or a prefix list')),
    };
    return [
      ec2(`${revoked === undefined ? 'Authorize' : 'Revoke'}SecurityGroup${side}`, {
        GroupId: part(0, 'a security group'),
        IpPermissions: [rule],
      }),
    ];
  }
  if (form === 'endpoint') return endpointsFor(part(0, 'a service'), parts[1]?.split(','), scope);
  if (form === 'private-dns')
    return [ec2('ModifyVpcEndpoint', { VpcEndpointId: part(0, 'an endpoint'), PrivateDnsEnabled: true })];
  if (form === 'nat') return natFor(part(0, 'a subnet or a NAT gateway'), scope);
  if (form === 'route')
    return [
      routeCall(
        tableNamed(scope.snapshot, part(0, 'a route table')),
        part(1, 'a CIDR'),
        targetMember(part(2, 'a target')),
      ),
    ];
  if (form !== 'provisioned' || parts.length > 0) return null;
  return scope.snapshot.targets.map((uuid) => ({
    service: 'lambda',
    operation: 'UpdateEventSourceMapping',
    input: { UUID: uuid, ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } },
  }));
}

function portsOf(text: string): Record<string, unknown> {
  if (text === 'all') return { IpProtocol: '-1' };
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined)
    throw new UsageError(`“${text}” is not a port`, 'Use a port (9098), a range (9092-9098), or `all`.');
  return { IpProtocol: 'tcp', FromPort: Number(from), ToPort: Number(to ?? from) };
}

function peerOf(text: string): Record<string, unknown> {
  if (text.startsWith('sg-')) return { UserIdGroupPairs: [{ GroupId: text }] };
  if (text.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: text }] };
  if (!/^\d+(\.\d+){3}\/\d+$/.test(text))
    throw new UsageError(`“${text}” is not a security group, a prefix list or an IPv4 CIDR`);
  return { IpRanges: [{ CidrIp: text }] };
}

const subnetOf = ({ snapshot }: WhatIfScope, id: string) => {
  const read = snapshot.subnets[id];
  const listed = Object.values(snapshot.vpcSubnets).flatMap((list) => (isOk(list) ? list.value : []));
  return read !== undefined && isOk(read) ? read.value : listed.find((subnet) => subnet.SubnetId === id);
};

/**
 * In the pollers' subnets, one per zone, with the security groups of the VPC's other endpoints, otherwise the
 * pollers'. For S3, a gateway endpoint.
 */
function endpointsFor(service: string, groups: string[] | undefined, scope: WhatIfScope): AwsCall[] {
  return scope.placements.flatMap(({ subnetIds, securityGroupIds }) => {
    const subnets = subnetIds.flatMap((id) => subnetOf(scope, id) ?? []);
    const VpcId = subnets[0]?.VpcId;
    if (VpcId === undefined) return [];
    const ServiceName = service.includes('.')
      ? service
      : endpointServiceName(scope.snapshot.partition, scope.snapshot.region, service);
    if (service === 's3')
      return [
        ec2('CreateVpcEndpoint', {
          VpcEndpointType: 'Gateway',
          VpcId,
          ServiceName,
          RouteTableIds: [
            ...new Set(subnetIds.flatMap((id) => tableOfSubnet(scope.snapshot, VpcId, id)?.RouteTableId ?? [])),
          ],
        }),
      ];
    const SubnetIds = [
      ...new Map(subnets.map((subnet) => [subnet.AvailabilityZone ?? subnet.SubnetId, subnet.SubnetId])).values(),
    ];
    return [
      ec2('CreateVpcEndpoint', {
        VpcEndpointType: 'Interface',
        VpcId,
        ServiceName,
        SubnetIds,
        SecurityGroupIds: groups ?? groupsOfEndpoints(scope.snapshot, VpcId) ?? [...securityGroupIds],
        PrivateDnsEnabled: true,
      }),
    ];
  });
}

function groupsOfEndpoints(snapshot: Snapshot, vpcId: string): string[] | undefined {
  const read = snapshot.vpcEndpoints[vpcId];
  const others = read !== undefined && isOk(read) ? read.value.filter(({ Groups }) => Groups.length > 0) : [];
  return others[0]?.Groups.flatMap(({ GroupId }) => GroupId ?? []);
}

const tablesOf = (snapshot: Snapshot, vpcId: string): RouteTable[] => {
  const read = snapshot.routeTables[vpcId];
  return read !== undefined && isOk(read) ? read.value : [];
};

function tableOfSubnet(snapshot: Snapshot, vpcId: string, subnetId: string): RouteTable | undefined {
  const table = routeTableOf(indexNetwork(snapshot).vpc(vpcId), subnetId);
  return isOk(table) ? table.value : undefined;
}

function tableNamed(snapshot: Snapshot, id: string): RouteTable {
  const table = Object.keys(snapshot.routeTables)
    .flatMap((vpcId) => tablesOf(snapshot, vpcId))
    .find((candidate) => candidate.RouteTableId === id);
  if (table === undefined) throw new UsageError(`route table ${id} was not read from this account`);
  return table;
}

/** An existing NAT gateway, or a new one in a subnet, and the default route of each poller subnet to it. */
function natFor(target: string, scope: WhatIfScope): AwsCall[] {
  const id = target.startsWith('nat-') ? target : `nat-what-if-${target}`;
  const vpcId = target.startsWith('nat-') ? undefined : subnetOf(scope, target)?.VpcId;
  if (!target.startsWith('nat-') && vpcId === undefined)
    throw new UsageError(
      `subnet ${target} was not read from this account`,
      'Use a subnet of the pollers’ VPC, or a NAT gateway.',
    );
  const creation = target.startsWith('nat-')
    ? []
    : [ec2('CreateNatGateway', { SubnetId: target, ConnectivityType: 'public', ClientToken: `what-if-${target}` })];
  const tables = scope.placements.flatMap(({ subnetIds }) =>
    subnetIds.flatMap((subnet) => tableOfSubnet(scope.snapshot, subnetOf(scope, subnet)?.VpcId ?? '', subnet) ?? []),
  );
  return [...creation, ...[...new Set(tables)].map((table) => routeCall(table, '0.0.0.0/0', { NatGatewayId: id }))];
}

const routeCall = (table: RouteTable, cidr: string, target: Record<string, string>): AwsCall =>
  ec2(table.Routes.some((route) => route.DestinationCidrBlock === cidr) ? 'ReplaceRoute' : 'CreateRoute', {
    RouteTableId: table.RouteTableId,
    DestinationCidrBlock: cidr,
    ...target,
  });

const targets: [string, string][] = [
  ['nat-', 'NatGatewayId'],
  ['tgw-', 'TransitGatewayId'],
  ['eni-', 'NetworkInterfaceId'],
  ['pcx-', 'VpcPeeringConnectionId'],
  ['igw-', 'GatewayId'],
  ['vgw-', 'GatewayId'],
  ['vpce-', 'VpcEndpointId'],
];

function targetMember(id: string): Record<string, string> {
  const member = targets.find(([prefix]) => id.startsWith(prefix))?.[1];
  if (member === undefined)
    throw new UsageError(
      `“${id}” is not a route target`,
      `A route target begins with one of ${targets.map(([prefix]) => prefix).join(', ')}.`,
    );
  return { [member]: id };
}
