/**
 * The reads of one VPC, indexed by id. List items of other VPCs are dropped, because not every service that
 * implements this API filters.
 */
import type * as r from '../snapshot/resources/index.js';
import { isOk, lookup, mapRead, ok, type Keyed, type Read } from '../snapshot/read.js';
import type { NetworkReads } from './question.js';

export interface Vpc {
  id: string;
  groups: Read<Map<string, r.SecurityGroup>>;
  routeTables: Read<{ bySubnet: Map<string, r.RouteTable>; main: r.RouteTable | undefined; all: r.RouteTable[] }>;
  acls: Read<{ bySubnet: Map<string, r.NetworkAcl>; fallback: r.NetworkAcl | undefined }>;
  endpoints: Read<r.VpcEndpoint[]>;
  natGateways: Read<Map<string, r.NatGateway>>;
  interfaces: Read<r.NetworkInterface[]>;
  subnets: Map<string, r.Subnet>;
  dnsSupport: Read<boolean>;
  dnsHostnames: Read<boolean>;
  description: Read<r.Vpc>;
  /** Cached answers, see `memo`. */
  answers: Map<string, unknown>;
}

export interface NetworkIndex {
  reads: NetworkReads;
  subnet(id: string): Read<r.Subnet>;
  vpc(id: string): Vpc;
}

const indexes = new WeakMap<NetworkReads, NetworkIndex>();

/**
 * The index of these reads, created once: a thousand mappings of an account share it. The reads must not change
 * afterwards.
 */
export function indexNetwork(reads: NetworkReads): NetworkIndex {
  const earlier = indexes.get(reads);
  if (earlier !== undefined) return earlier;
  const vpcs = new Map<string, Vpc>();
  const vpc = (id: string): Vpc => {
    const known = vpcs.get(id) ?? indexVpc(reads, id);
    vpcs.set(id, known);
    return known;
  };
  const network: NetworkIndex = { reads, subnet: (id) => lookup(reads.subnets, id, ec2('DescribeSubnets')), vpc };
  indexes.set(reads, network);
  return network;
}

/**
 * The answer to one question about the VPC, computed once. `parts`, or their text, must contain everything that it
 * depends on; `keep` decides which answers later callers may share.
 */
export function memo<T>(
  vpc: Vpc,
  parts: readonly unknown[] | string,
  work: () => T,
  keep: (answer: T) => boolean = () => true,
): T {
  const key = typeof parts === 'string' ? parts : JSON.stringify(parts);
  if (vpc.answers.has(key)) return vpc.answers.get(key) as T;
  const answer = work();
  if (keep(answer)) vpc.answers.set(key, answer);
  return answer;
}

export const ec2 = (operation: string) => ({ service: 'ec2', operation });

function indexVpc(reads: NetworkReads, id: string): Vpc {
  const listOf = <T extends { VpcId?: string | undefined }>(collection: Keyed<T[]>, operation: string): Read<T[]> =>
    mapRead(lookup(collection, id, ec2(operation)), (list) =>
      list.filter(({ VpcId }) => VpcId === undefined || VpcId === id),
    );
  const listed = reads.vpcSubnets[id];
  const subnets = [
    ...(listed !== undefined && isOk(listed) ? listed.value : []),
    ...Object.values(reads.subnets).flatMap((read) => (isOk(read) ? [read.value] : [])),
  ];
  return {
    id,
    groups: mapRead(
      listOf(reads.securityGroups, 'DescribeSecurityGroups'),
      (list) => new Map(list.map((group) => [group.GroupId, group])),
    ),
    routeTables: mapRead(listOf(reads.routeTables, 'DescribeRouteTables'), indexRouteTables),
    acls: mapRead(listOf(reads.networkAcls, 'DescribeNetworkAcls'), (list) => ({
      bySubnet: new Map(
        list.flatMap((acl) =>
          acl.Associations.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [[SubnetId, acl] as const])),
        ),
      ),
      fallback: list.find((acl) => acl.IsDefault === true),
    })),
    endpoints: listOf(reads.vpcEndpoints, 'DescribeVpcEndpoints'),
    natGateways: mapRead(
      listOf(reads.natGateways, 'DescribeNatGateways'),
      (list) => new Map(list.map((gateway) => [gateway.NatGatewayId, gateway])),
    ),
    interfaces: listOf(reads.networkInterfaces, 'DescribeNetworkInterfaces'),
    subnets: new Map(subnets.map((subnet) => [subnet.SubnetId, subnet])),
    dnsSupport: lookup(reads.vpcDnsSupport, id, ec2('DescribeVpcAttribute')),
    dnsHostnames: lookup(reads.vpcDnsHostnames, id, ec2('DescribeVpcAttribute')),
    description: lookup(reads.vpcs, id, ec2('DescribeVpcs')),
    answers: new Map(),
  };
}

const endedStates = new Set(['disassociating', 'disassociated', 'failed']);

function indexRouteTables(all: r.RouteTable[]) {
  const bySubnet = new Map<string, r.RouteTable>();
  for (const table of all)
    for (const { SubnetId, AssociationState } of table.Associations)
      if (SubnetId !== undefined && !endedStates.has(AssociationState?.State ?? '')) bySubnet.set(SubnetId, table);
  return { bySubnet, main: all.find((table) => table.Associations.some(({ Main }) => Main === true)), all };
}

/** The route table of a subnet: the associated one, otherwise the VPC's main one; undefined where neither is listed. */
export const routeTableOf = (vpc: Vpc, subnetId: string): Read<r.RouteTable | undefined> =>
  mapRead(vpc.routeTables, ({ bySubnet, main }) => bySubnet.get(subnetId) ?? main);

/** CIDRs of a prefix list. */
export const prefixListOf = (reads: NetworkReads, id: string): Read<string[]> =>
  lookup(reads.prefixLists, id, ec2('GetManagedPrefixListEntries'));

/**
 * The security groups of a placement. If none is named, AWS uses the VPC's default security group (CreateCluster,
 * SecurityGroups).
 */
export function groupsOf(vpc: Vpc, named: readonly string[]): Read<string[]> {
  if (named.length > 0) return ok([...named]);
  return mapRead(vpc.groups, (groups) =>
    [...groups.values()].filter((group) => group.GroupName === 'default').map((group) => group.GroupId),
  );
}

/** All ranges of the VPC, also secondary ones; empty where they were not read. */
export const rangesOf = ({ description }: Vpc): string[] =>
  isOk(description)
    ? [
        description.value.CidrBlock,
        ...description.value.CidrBlockAssociationSet.map(({ CidrBlock }) => CidrBlock),
      ].filter((cidr) => cidr !== undefined)
    : [];
