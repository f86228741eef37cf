/** Changes to a network. */
import { createHash } from 'node:crypto';
import { isOk, ok } from '../snapshot/read.js';
import type {
  IpPermission,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { everywhere, need, refusal, type Input, type Replays } from './replays.js';

type Rules = 'IpPermissions' | 'IpPermissionsEgress';

export const ec2: Replays = {
  AuthorizeSecurityGroupIngress: (snapshot, input) => authorize(groupOf(snapshot, input), 'IpPermissions', input),
  AuthorizeSecurityGroupEgress: (snapshot, input) => authorize(groupOf(snapshot, input), 'IpPermissionsEgress', input),
  RevokeSecurityGroupIngress: (snapshot, input) => revoke(groupOf(snapshot, input), 'IpPermissions', input),
  RevokeSecurityGroupEgress: (snapshot, input) => revoke(groupOf(snapshot, input), 'IpPermissionsEgress', input),
  CreateVpcEndpoint: createEndpoint,
  ModifyVpcEndpoint: modifyEndpoint,
  DeleteVpcEndpoints: (snapshot, { VpcEndpointIds: ids }) => {
    for (const id of ids as string[])
      find(everywhere(snapshot.vpcEndpoints), 'VpcEndpointId', id, 'InvalidVpcEndpointId.NotFound');
    for (const read of Object.values(snapshot.vpcEndpoints))
      if (isOk(read)) read.value = read.value.filter((endpoint) => !(ids as string[]).includes(endpoint.VpcEndpointId));
  },
  ModifyNetworkInterfaceAttribute: (snapshot, { NetworkInterfaceId: id, SourceDestCheck: check }) => {
    const networkInterface = find<NetworkInterface>(
      everywhere(snapshot.networkInterfaces),
      'NetworkInterfaceId',
      id,
      'InvalidNetworkInterfaceID.NotFound',
    );
    if (check !== undefined) networkInterface.SourceDestCheck = check.Value === true;
  },
  DeleteNetworkInterface: (snapshot, { NetworkInterfaceId: id }) => {
    const { Status: status, SubnetId: subnetId } = find<NetworkInterface>(
      everywhere(snapshot.networkInterfaces),
      'NetworkInterfaceId',
      id,
      'InvalidNetworkInterfaceID.NotFound',
    );
    if (status !== 'available') throw refusal('InvalidNetworkInterface.InUse', `${id} is in use`);
    for (const read of Object.values(snapshot.networkInterfaces))
      if (isOk(read)) read.value = read.value.filter(({ NetworkInterfaceId }) => NetworkInterfaceId !== id);
    const subnets = [
      ...Object.values(snapshot.subnets).flatMap((read) => (isOk(read) ? [read.value] : [])),
      ...everywhere(snapshot.vpcSubnets),
    ];
    for (const subnet of subnets)
      if (subnet.SubnetId === subnetId) subnet.AvailableIpAddressCount = (subnet.AvailableIpAddressCount ?? 0) + 1;
  },
  ModifyVpcAttribute: (snapshot, { VpcId: id, EnableDnsSupport: support, EnableDnsHostnames: hostnames }) => {
    if (support !== undefined) snapshot.vpcDnsSupport[id] = ok(support.Value === true);
    if (hostnames !== undefined) snapshot.vpcDnsHostnames[id] = ok(hostnames.Value === true);
  },
  CreateNatGateway: (snapshot, { SubnetId: id, ConnectivityType: kind = 'public', ClientToken: token }) => {
    const subnet = find<Subnet>(everywhere(snapshot.vpcSubnets), 'SubnetId', id, 'InvalidSubnetID.NotFound');
    const gateways = need(snapshot.natGateways, subnet.VpcId ?? '', 'InvalidVpcId.NotFound');
    gateways.push({
      NatGatewayId: `nat-${token ?? gateways.length + 1}`,
      VpcId: subnet.VpcId,
      SubnetId: id,
      State: 'available',
      ConnectivityType: kind,
      AvailabilityMode: 'zonal',
      NatGatewayAddresses: [],
    });
  },
  CreateRoute: (snapshot, { RouteTableId: id, ...route }) => {
    const { Routes: routes } = find<RouteTable>(
      everywhere(snapshot.routeTables),
      'RouteTableId',
      id,
      'InvalidRouteTableID.NotFound',
    );
    if (routes.some((existing) => existing.DestinationCidrBlock === route['DestinationCidrBlock']))
      throw refusal('RouteAlreadyExists', 'The route already exists.');
    routes.push(asListed(route));
  },
  ReplaceRoute: (snapshot, { RouteTableId: id, ...route }) => {
    const table = find<RouteTable>(
      everywhere(snapshot.routeTables),
      'RouteTableId',
      id,
      'InvalidRouteTableID.NotFound',
    );
    const at = table.Routes.findIndex((existing) => existing.DestinationCidrBlock === route['DestinationCidrBlock']);
    if (at < 0) throw refusal('InvalidRoute.NotFound', 'The route does not exist in the route table.');
    table.Routes[at] = asListed(route);
  },
  DeleteRoute: (snapshot, { RouteTableId: id, DestinationCidrBlock: cidr }) => {
    const table = find<RouteTable>(
      everywhere(snapshot.routeTables),
      'RouteTableId',
      id,
      'InvalidRouteTableID.NotFound',
    );
    table.Routes = table.Routes.filter((existing) => existing.DestinationCidrBlock !== cidr);
  },
  CreateNetworkAclEntry: (snapshot, { NetworkAclId: id, ...entry }) => {
    const { Entries: entries } = aclOf(snapshot, id);
    if (entries.some((existing) => existing.RuleNumber === entry['RuleNumber'] && existing.Egress === entry['Egress']))
      throw refusal('NetworkAclEntryAlreadyExists', 'The network ACL entry already exists.');
    entries.push(entry);
  },
  DeleteNetworkAclEntry: (snapshot, { NetworkAclId: id, RuleNumber: number, Egress: egress }) => {
    const acl = aclOf(snapshot, id);
    acl.Entries = acl.Entries.filter((existing) => existing.RuleNumber !== number || existing.Egress !== egress);
  },
};

/** A firewall endpoint is set as `VpcEndpointId` and listed as `GatewayId`. */
const asListed = ({ VpcEndpointId: endpoint, ...route }: Input): RouteTable['Routes'][number] => ({
  ...route,
  ...(endpoint === undefined ? {} : { GatewayId: endpoint }),
  State: 'active',
  Origin: 'CreateRoute',
});

const openPolicy = JSON.stringify({ Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] });

function find<T>(list: readonly T[], member: keyof T, id: unknown, error: string): T {
  const item = list.find((candidate) => candidate[member] === id);
  if (item === undefined) throw refusal(error, `${String(id)} does not exist`);
  return item;
}

const groupOf = (snapshot: Snapshot, { GroupId: id }: Input): SecurityGroup =>
  find(everywhere(snapshot.securityGroups), 'GroupId', id, 'InvalidGroup.NotFound');
const aclOf = (snapshot: Snapshot, id: unknown): NetworkAcl =>
  find(everywhere(snapshot.networkAcls), 'NetworkAclId', id, 'InvalidNetworkAclID.NotFound');

/** With every list that AWS's answers have. */
const whole = (rule: Partial<IpPermission>): IpPermission => ({
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
  ...rule,
});
const ids = (rule: IpPermission): string =>
  JSON.stringify([
    rule.IpProtocol,
    rule.FromPort,
    rule.ToPort,
    rule.IpRanges,
    rule.PrefixListIds,
    rule.UserIdGroupPairs.map(({ GroupId }) => GroupId),
  ]);

function authorize(group: SecurityGroup, rules: Rules, { IpPermissions: added = [] }: Input): void {
  for (const rule of (added as Partial<IpPermission>[]).map(whole)) {
    const existing = (group[rules] ??= []);
    if (existing.some((other) => ids(other) === ids(rule)))
      throw refusal('InvalidPermission.Duplicate', 'The specified rule already exists.');
    existing.push(rule);
  }
}

function revoke(group: SecurityGroup, rules: Rules, { IpPermissions: taken = [] }: Input): void {
  const gone = new Set((taken as Partial<IpPermission>[]).map(whole).map(ids));
  group[rules] = (group[rules] ?? []).filter((rule) => !gone.has(ids(rule)));
}

function modifyEndpoint(snapshot: Snapshot, input: Input): void {
  const endpoint = find<VpcEndpoint>(
    everywhere(snapshot.vpcEndpoints),
    'VpcEndpointId',
    input['VpcEndpointId'],
    'InvalidVpcEndpointId.NotFound',
  );
  const changed = (list: readonly string[], kind: string): string[] => [
    ...new Set([
      ...list.filter((id) => !((input[`Remove${kind}`] ?? []) as string[]).includes(id)),
      ...((input[`Add${kind}`] ?? []) as string[]),
    ]),
  ];
  endpoint.RouteTableIds = changed(endpoint.RouteTableIds, 'RouteTableIds');
  endpoint.SubnetIds = changed(endpoint.SubnetIds, 'SubnetIds');
  endpoint.Groups = changed(
    endpoint.Groups.flatMap(({ GroupId }) => GroupId ?? []),
    'SecurityGroupIds',
  ).map((GroupId) => ({ GroupId }));
  if (typeof input['PrivateDnsEnabled'] === 'boolean') endpoint.PrivateDnsEnabled = input['PrivateDnsEnabled'];
  if (input['DnsOptions'] !== undefined) endpoint.DnsOptions = { ...endpoint.DnsOptions, ...input['DnsOptions'] };
  if (input['ResetPolicy'] === true) endpoint.PolicyDocument = openPolicy;
  if (typeof input['PolicyDocument'] === 'string') endpoint.PolicyDocument = input['PolicyDocument'];
}

/** The id that `CreateVpcEndpoint` gives a new endpoint. */
export function newEndpointId(
  snapshot: Snapshot,
  { VpcId: vpcId, ServiceName: service, ClientToken: token }: Input,
): string {
  if (token !== undefined) return `vpce-${createHash('sha256').update(String(token)).digest('hex').slice(0, 17)}`;
  const existing = snapshot.vpcEndpoints[vpcId];
  return `vpce-${service.split('.').at(-1)}${(existing !== undefined && isOk(existing) ? existing.value.length : 0) + 1}`;
}

function createEndpoint(snapshot: Snapshot, input: Input): void {
  const {
    VpcId: vpcId,
    ServiceName: service,
    VpcEndpointType: kind = 'Gateway',
    SubnetIds: subnets = [],
    SecurityGroupIds: groups = [],
    PrivateDnsEnabled: dns = kind === 'Interface',
  } = input;
  const endpoints = need(snapshot.vpcEndpoints, vpcId, 'InvalidVpcId.NotFound');
  const id = newEndpointId(snapshot, input);
  // A repeated request (EC2: ensuring idempotency).
  if (endpoints.some(({ VpcEndpointId }) => VpcEndpointId === id)) return;
  endpoints.push({
    VpcEndpointId: id,
    VpcEndpointType: kind,
    VpcId: vpcId,
    ServiceName: service,
    State: 'available',
    PolicyDocument: input['PolicyDocument'] ?? openPolicy,
    RouteTableIds: input['RouteTableIds'] ?? [],
    SubnetIds: subnets,
    Groups: groups.map((GroupId: string) => ({ GroupId })),
    PrivateDnsEnabled: dns,
    NetworkInterfaceIds: [],
  });
}
