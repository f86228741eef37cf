import * as z from 'zod/mini';
import { isOk, mapRead, type Keyed, type Read, type ReadFailure } from '../../snapshot/read.js';
import * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, type Reader } from '../reader.js';
import { readPrivateZones, restsOnZones } from './private-zones.js';
import { readTransit } from './transit.js';

const byVpc = (...ids: string[]) => ({ Filters: [{ Name: 'vpc-id', Values: ids }] });

/** EC2 takes at most this many values in one filter. */
const mostValues = 200;
/** VPCs in one question. More would only come in more pages. */
const vpcsAtOnce = 20;

/**
 * The pollers' subnets of all mappings and the resources of their VPCs: one list per kind of resource for many VPCs.
 * `vpcs`: further VPCs.
 */
export async function readNetwork(
  reader: Reader,
  snapshot: Snapshot,
  subnetIds: readonly string[],
  vpcs: readonly string[] = [],
): Promise<void> {
  const chunks = inChunks([...new Set(subnetIds)].toSorted(), mostValues);
  const vpcIds = await Promise.all(chunks.map((ids) => readSubnets(reader, snapshot, ids)));
  const wanted = [...new Set([...vpcs, ...vpcIds.flat()])].toSorted();
  await Promise.all(inChunks(wanted, vpcsAtOnce).map((ids) => readVpcs(reader, snapshot, ids)));
}

/** Gives the ids of their VPCs. */
export async function readSubnets(reader: Reader, snapshot: Snapshot, ids: readonly string[]): Promise<string[]> {
  // By filter, not by id: one subnet that is gone would fail the whole question.
  const pages = await reader.pages('ec2', 'DescribeSubnets', { Filters: [{ Name: 'subnet-id', Values: ids }] });
  const read = keepList(pages, r.subnetSchema, { service: 'ec2', operation: 'DescribeSubnets' });
  const byId = new Map(isOk(read) ? read.value.map((subnet) => [subnet.SubnetId, subnet]) : []);
  for (const id of ids) snapshot.subnets[id] = isOk(read) ? listed(byId, id) : { ...read, resource: id };
  return ids.flatMap((id) => byId.get(id)?.VpcId ?? []);
}

const inChunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** A filtered list leaves out what does not exist. */
function listed(subnets: ReadonlyMap<string, r.Subnet>, id: string): Read<r.Subnet> {
  const subnet = subnets.get(id);
  if (subnet !== undefined) return { outcome: 'ok', value: subnet };
  return {
    outcome: 'not-found',
    service: 'ec2',
    operation: 'DescribeSubnets',
    action: 'ec2:DescribeSubnets',
    resource: id,
    error: 'not in the list of subnets',
  };
}

async function readVpcs(reader: Reader, snapshot: Snapshot, vpcIds: readonly string[]): Promise<void> {
  await readTogether(reader, snapshot, vpcIds);
  if (vpcIds.length === 1) return;
  // Every VPC has a security group, a route table, a network ACL and a subnet. A VPC without one of them was not
  // really listed.
  const kinds = [snapshot.securityGroups, snapshot.routeTables, snapshot.networkAcls, snapshot.vpcSubnets] as Keyed<
    unknown[]
  >[];
  const missed = vpcIds.filter((id) => kinds.some((reads) => isOk(reads[id]!) && reads[id].value.length === 0));
  await Promise.all(missed.map((id) => readTogether(reader, snapshot, [id])));
}

async function readTogether(reader: Reader, snapshot: Snapshot, vpcIds: readonly string[]): Promise<void> {
  const [only] = vpcIds.length === 1 ? vpcIds : [];
  /** Lists one kind of resource in these VPCs, and drops resources of other VPCs from the answer. */
  const list = async <S extends z.ZodMiniType>(
    operation: string,
    schema: S,
    into: Keyed<z.infer<S>[]>,
    input: object = byVpc(...vpcIds),
  ): Promise<void> => {
    const call = { service: 'ec2', operation, ...(only === undefined ? {} : { resource: only }) };
    const read = keepList(await reader.pages('ec2', operation, input, call), schema, call);
    for (const id of vpcIds) into[id] = isOk(read) ? { outcome: 'ok', value: [] } : { ...read, resource: id };
    for (const item of isOk(read) ? read.value : []) {
      const id = (item as { VpcId?: string }).VpcId ?? only ?? '';
      const listOfVpc = vpcIds.includes(id) ? into[id]! : undefined;
      if (listOfVpc !== undefined && isOk(listOfVpc)) listOfVpc.value.push(item);
    }
  };
  await Promise.all([
    list('DescribeSecurityGroups', r.securityGroupSchema, snapshot.securityGroups),
    list('DescribeRouteTables', r.routeTableSchema, snapshot.routeTables),
    list('DescribeVpcEndpoints', r.vpcEndpointSchema, snapshot.vpcEndpoints),
    list('DescribeNatGateways', r.natGatewaySchema, snapshot.natGateways, {
      Filter: byVpc(...vpcIds).Filters,
    }),
    list('DescribeNetworkAcls', r.networkAclSchema, snapshot.networkAcls),
    list('DescribeNetworkInterfaces', r.networkInterfaceSchema, snapshot.networkInterfaces),
    list('DescribeSubnets', r.subnetSchema, snapshot.vpcSubnets),
    readVpcItself(reader, snapshot, vpcIds),
    ...vpcIds.flatMap((id) => [
      readAttribute(reader, snapshot.vpcDnsSupport, id, 'enableDnsSupport'),
      readAttribute(reader, snapshot.vpcDnsHostnames, id, 'enableDnsHostnames'),
    ]),
  ]);
  await Promise.all(vpcIds.map((id) => readBeyond(reader, snapshot, id)));
}

async function readAttribute(
  reader: Reader,
  into: Keyed<boolean>,
  vpcId: string,
  name: 'enableDnsSupport' | 'enableDnsHostnames',
): Promise<void> {
  const read = await reader.call('ec2', 'DescribeVpcAttribute', { VpcId: vpcId, Attribute: name }, vpcId);
  const value = name === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
  const call = { service: 'ec2', operation: 'DescribeVpcAttribute', resource: vpcId };
  into[vpcId] = mapRead(
    keep(read, z.object({ [value]: z.object({ Value: z.boolean() }) }), call),
    (output) => output[value]!.Value,
  );
}

/** Reads what the resources of a VPC refer to. */
async function readBeyond(reader: Reader, snapshot: Snapshot, vpcId: string): Promise<void> {
  const [groups, tables, endpoints] = [
    listOfVpc(snapshot.securityGroups, vpcId),
    listOfVpc(snapshot.routeTables, vpcId),
    listOfVpc(snapshot.vpcEndpoints, vpcId),
  ];
  await Promise.all([
    readPrefixLists(reader, snapshot, [
      ...groups
        .flatMap((group) => [...group.IpPermissions, ...(group.IpPermissionsEgress ?? [])])
        .flatMap((rule) => rule.PrefixListIds.map((list) => list.PrefixListId)),
      ...tables.flatMap((table) => table.Routes.map((route) => route.DestinationPrefixListId)),
    ]),
    readTransit(reader, snapshot, vpcId, tables),
    readPeerings(reader, snapshot, tables),
    restsOnZones(endpoints, tables) ? readPrivateZones(reader, snapshot, vpcId) : undefined,
    // Only a custom DNS resolver can send the default names past an endpoint, or to one without private DNS.
    endpoints.some((endpoint) => endpoint.VpcEndpointType !== 'Gateway')
      ? readDhcpOptions(reader, snapshot, dhcpOptionsId(snapshot, vpcId))
      : undefined,
  ]);
}

function listOfVpc<T>(reads: Keyed<T[]>, vpcId: string): T[] {
  const read = reads[vpcId];
  return read !== undefined && isOk(read) ? read.value : [];
}

async function readPrefixLists(
  reader: Reader,
  snapshot: Snapshot,
  ids: readonly (string | undefined)[],
): Promise<void> {
  const wanted = new Set(ids.filter((id) => id !== undefined));
  await Promise.all(
    [...wanted].map(async (id) => {
      const pages = await reader.pages('ec2', 'GetManagedPrefixListEntries', { PrefixListId: id }, { resource: id });
      const entries = keepList(pages, z.object({ Cidr: z.string() }), {
        service: 'ec2',
        operation: 'GetManagedPrefixListEntries',
        resource: id,
      });
      snapshot.prefixLists[id] = mapRead(entries, (list) => list.map((entry) => entry.Cidr));
    }),
  );
}

async function readVpcItself(reader: Reader, snapshot: Snapshot, vpcIds: readonly string[]): Promise<void> {
  const call = { service: 'ec2', operation: 'DescribeVpcs' };
  const vpcs = keepList(await reader.pages('ec2', call.operation, { VpcIds: vpcIds }), r.vpcSchema, call);
  // One deleted VPC fails the call for all.
  if (!isOk(vpcs) && vpcs.outcome === 'not-found' && vpcIds.length > 1)
    return void (await Promise.all(vpcIds.map((id) => readVpcItself(reader, snapshot, [id]))));
  for (const id of vpcIds) {
    const vpc = isOk(vpcs) ? vpcs.value.find(({ VpcId }) => VpcId === id) : undefined;
    if (vpc !== undefined) snapshot.vpcs[id] = { outcome: 'ok', value: vpc };
    else if (!isOk(vpcs)) snapshot.vpcs[id] = { ...vpcs, resource: id };
  }
}

/** Null where the VPC uses the default DHCP options. */
function dhcpOptionsId(snapshot: Snapshot, vpcId: string): string | null {
  const vpc = snapshot.vpcs[vpcId];
  const id = vpc !== undefined && isOk(vpc) ? vpc.value.DhcpOptionsId : undefined;
  return id === undefined || id === 'default' ? null : id;
}

async function readDhcpOptions(reader: Reader, snapshot: Snapshot, id: string | null): Promise<void> {
  if (id === null) return;
  const call = { service: 'ec2', operation: 'DescribeDhcpOptions', resource: id };
  const options = keepList(
    await reader.pages('ec2', call.operation, { DhcpOptionsIds: [id] }, { resource: id }),
    r.dhcpOptionsSchema,
    call,
  );
  const option = isOk(options) ? options.value.find(({ DhcpOptionsId }) => DhcpOptionsId === id) : undefined;
  if (option !== undefined) snapshot.dhcpOptions[id] = { outcome: 'ok', value: option };
  else if (!isOk(options)) snapshot.dhcpOptions[id] = options;
}

async function readPeerings(reader: Reader, snapshot: Snapshot, tables: readonly r.RouteTable[]): Promise<void> {
  const ids = [
    ...new Set(tables.flatMap((table) => table.Routes.flatMap((route) => route.VpcPeeringConnectionId ?? []))),
  ].toSorted();
  if (ids.length === 0) return;
  const call = { service: 'ec2', operation: 'DescribeVpcPeeringConnections' };
  const filter = { Filters: [{ Name: 'vpc-peering-connection-id', Values: ids }] };
  const read = keepList(await reader.pages('ec2', call.operation, filter), r.peeringSchema, call);
  if (isOk(read))
    for (const peering of read.value)
      snapshot.peerings[peering.VpcPeeringConnectionId] = { outcome: 'ok', value: peering };
  else for (const id of ids) snapshot.peerings[id] = { ...(read satisfies ReadFailure), resource: id };
}
