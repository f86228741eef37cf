/** One VPC as the reasoner looks at it, indexed once. */
import { isOk, lookup, type Read, type ReadFailure } from '../snapshot/read.js';
import type { NatGateway, NetworkAcl, NetworkInterface, RouteTable, SecurityGroup, Subnet, VpcEndpoint } from '../snapshot/resources/index.js';
import type { NetworkReads } from './question.js';

export interface VpcView {
  vpcId: string;
  reads: NetworkReads;
  subnet(id: string): Subnet | undefined;
  /** Groups by id; those that AWS does not list are named. */
  groups(ids: readonly string[]): Read<{ found: SecurityGroup[]; absent: string[] }>;
  acl(subnetId: string): Read<NetworkAcl | null>;
  table(subnetId: string): Read<RouteTable | null>;
  natGateway(id: string): Read<NatGateway | null>;
  endpoints: Read<VpcEndpoint[]>;
  interfaces: Read<NetworkInterface[]>;
  /** Both DNS attributes on; the failures where that could not be read. */
  dns: { on: boolean | null; off: string[]; missing: ReadFailure[] };
  /** Name servers that are not Amazon's, by which names may resolve to something else. */
  foreignResolver: boolean;
}

const views = new WeakMap<NetworkReads, Map<string, VpcView>>();

/** The view of a VPC; made once for a snapshot. */
export function viewVpc(reads: NetworkReads, vpcId: string): VpcView {
  const made = views.get(reads) ?? new Map<string, VpcView>();
  views.set(reads, made);
  const view = made.get(vpcId) ?? makeView(reads, vpcId);
  made.set(vpcId, view);
  return view;
}

function makeView(reads: NetworkReads, vpcId: string): VpcView {
  const of = <T>(collection: Record<string, Read<T>>, operation: string) => lookup(collection, vpcId, { service: 'ec2', operation });
  const groups = index(of(reads.securityGroups, 'DescribeSecurityGroups'), (group) => [group.GroupId]);
  const acls = of(reads.networkAcls, 'DescribeNetworkAcls');
  const aclOf = index(acls, (acl) => acl.Associations.flatMap((association) => association.SubnetId ?? []));
  const tables = of(reads.routeTables, 'DescribeRouteTables');
  const tableOf = index(tables, (table) =>
    table.Associations.filter((association) => !/^(disassociat|failed)/.test(association.AssociationState?.State ?? '')).flatMap((association) => association.SubnetId ?? []),
  );
  const gateways = index(of(reads.natGateways, 'DescribeNatGateways'), (gateway) => [gateway.NatGatewayId]);
  const subnets = new Map<string, Subnet>();
  const listed = reads.vpcSubnets[vpcId];
  for (const subnet of [...(listed !== undefined && isOk(listed) ? listed.value : []), ...Object.values(reads.subnets).flatMap((read) => (isOk(read) ? [read.value] : []))])
    subnets.set(subnet.SubnetId, subnet);
  return {
    vpcId,
    reads,
    subnet: (id) => subnets.get(id),
    groups: (ids) =>
      isOk(groups)
        ? { outcome: 'ok', value: { found: ids.flatMap((id) => groups.value.get(id) ?? []), absent: ids.filter((id) => !groups.value.has(id)) } }
        : groups,
    // A subnet that no ACL or table names has the VPC's default ACL and main table (AWS).
    acl: (id) => (isOk(aclOf) && isOk(acls) ? { outcome: 'ok', value: aclOf.value.get(id) ?? acls.value.find((acl) => acl.IsDefault === true) ?? null } : (aclOf as ReadFailure)),
    table: (id) =>
      isOk(tableOf) && isOk(tables)
        ? { outcome: 'ok', value: tableOf.value.get(id) ?? tables.value.find((table) => table.Associations.some((association) => association.Main === true)) ?? null }
        : (tableOf as ReadFailure),
    natGateway: (id) => (isOk(gateways) ? { outcome: 'ok', value: gateways.value.get(id) ?? null } : gateways),
    endpoints: of(reads.vpcEndpoints, 'DescribeVpcEndpoints'),
    interfaces: of(reads.networkInterfaces, 'DescribeNetworkInterfaces'),
    dns: dnsOf(reads, vpcId),
    foreignResolver: hasForeignResolver(reads, vpcId),
  };
}

function index<T>(read: Read<T[]>, keys: (item: T) => readonly string[]): Read<Map<string, T>> {
  return isOk(read) ? { outcome: 'ok', value: new Map(read.value.flatMap((item) => keys(item).map((key) => [key, item] as const))) } : read;
}

function dnsOf(reads: NetworkReads, vpcId: string): VpcView['dns'] {
  const attributes = { enableDnsSupport: reads.vpcDnsSupport[vpcId], enableDnsHostnames: reads.vpcDnsHostnames[vpcId] };
  const entries = Object.entries(attributes);
  const off = entries.filter(([, read]) => read !== undefined && isOk(read) && !read.value).map(([name]) => name);
  const missing = entries.flatMap(([, read]): ReadFailure[] =>
    read === undefined ? [{ outcome: 'failed', service: 'ec2', operation: 'DescribeVpcAttribute', action: 'ec2:DescribeVpcAttribute', resource: vpcId, error: 'not part of what was read' }] : isOk(read) ? [] : [read],
  );
  return { on: off.length > 0 ? false : missing.length > 0 ? null : true, off, missing };
}

function hasForeignResolver(reads: NetworkReads, vpcId: string): boolean {
  const vpc = reads.vpcs[vpcId];
  const options = vpc !== undefined && isOk(vpc) ? reads.dhcpOptions[vpc.value.DhcpOptionsId ?? ''] : undefined;
  if (options === undefined || !isOk(options)) return false;
  const servers = options.value.DhcpConfigurations.filter(({ Key: key }) => key === 'domain-name-servers').flatMap(({ Values: values }) => values.flatMap((one) => one.Value ?? []));
  return servers.length > 0 && !servers.includes('AmazonProvidedDNS');
}
