import * as z from 'zod/mini';
import { isOk, mapRead, type Keyed, type Read, type ReadFailure } from '../../snapshot/read.js';
import * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keep, keepList, type Reader } from '../reader.js';

const next: { token: [string, string] } = { token: ['NextToken', 'NextToken'] };
const byVpc = (id: string) => ({ Filters: [{ Name: 'vpc-id', Values: [id] }] });

/** The pollers' subnets, and all that stands in their VPCs. */
export async function readNetwork(reader: Reader, snapshot: Snapshot, subnetIds: readonly string[]): Promise<void> {
  const ids = [...new Set(subnetIds)].toSorted();
  if (ids.length === 0) return;
  // By filter, not by id: one subnet that is gone would fail the whole question.
  const pages = await reader.pages('ec2', 'DescribeSubnets', { Filters: [{ Name: 'subnet-id', Values: ids }] }, { items: 'Subnets', ...next });
  const read = keepList(pages, r.subnetSchema, { service: 'ec2', operation: 'DescribeSubnets' });
  for (const id of ids) snapshot.subnets[id] = isOk(read) ? listed(read.value, id) : { ...read, resource: id };
  if (!isOk(read)) return;
  const vpcIds = new Set(read.value.filter((subnet) => ids.includes(subnet.SubnetId)).flatMap((subnet) => subnet.VpcId ?? []));
  await Promise.all([...vpcIds].map((vpcId) => reader.once(`vpc ${vpcId}`, () => readVpc(reader, snapshot, vpcId))));
}

/** AWS leaves out of a filtered list what is not there. */
function listed(subnets: readonly r.Subnet[], id: string): Read<r.Subnet> {
  const found = subnets.find((subnet) => subnet.SubnetId === id);
  if (found !== undefined) return { outcome: 'ok', value: found };
  return { outcome: 'not-found', service: 'ec2', operation: 'DescribeSubnets', action: 'ec2:DescribeSubnets', resource: id, error: 'not in the list of subnets' };
}

async function readVpc(reader: Reader, snapshot: Snapshot, vpcId: string): Promise<void> {
  /** A list of one kind of resource in this VPC; what a peer lists of other VPCs is dropped. */
  const list = async <S extends z.ZodMiniType>(
    operation: string,
    items: string,
    schema: S,
    into: Keyed<z.infer<S>[]>,
    input: object = byVpc(vpcId),
  ): Promise<z.infer<S>[]> => {
    const read = keepList(await reader.pages('ec2', operation, input, { items, ...next, resource: vpcId }), schema, { service: 'ec2', operation, resource: vpcId });
    const own = (one: z.infer<S>) => ((one as { VpcId?: string }).VpcId ?? vpcId) === vpcId;
    into[vpcId] = mapRead(read, (all) => all.filter(own));
    return isOk(into[vpcId]) ? into[vpcId].value : [];
  };
  const attribute = async (name: 'enableDnsSupport' | 'enableDnsHostnames', into: Keyed<boolean>) => {
    const read = await reader.call('ec2', 'DescribeVpcAttribute', { VpcId: vpcId, Attribute: name }, vpcId);
    const value = name === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
    const about = { service: 'ec2', operation: 'DescribeVpcAttribute', resource: vpcId };
    into[vpcId] = mapRead(keep(read, z.object({ [value]: z.object({ Value: z.boolean() }) }), about), (output) => output[value]!.Value);
  };
  const options = readDhcpOptionsId(reader, snapshot, vpcId);
  const [groups, tables, endpoints] = await Promise.all([
    list('DescribeSecurityGroups', 'SecurityGroups', r.securityGroupSchema, snapshot.securityGroups),
    list('DescribeRouteTables', 'RouteTables', r.routeTableSchema, snapshot.routeTables),
    list('DescribeVpcEndpoints', 'VpcEndpoints', r.vpcEndpointSchema, snapshot.vpcEndpoints),
    list('DescribeNatGateways', 'NatGateways', r.natGatewaySchema, snapshot.natGateways, { Filter: byVpc(vpcId).Filters }),
    list('DescribeNetworkAcls', 'NetworkAcls', r.networkAclSchema, snapshot.networkAcls),
    list('DescribeNetworkInterfaces', 'NetworkInterfaces', r.networkInterfaceSchema, snapshot.networkInterfaces),
    list('DescribeSubnets', 'Subnets', r.subnetSchema, snapshot.vpcSubnets),
    attribute('enableDnsSupport', snapshot.vpcDnsSupport),
    attribute('enableDnsHostnames', snapshot.vpcDnsHostnames),
  ]);
  await Promise.all([
    readPrefixLists(reader, snapshot, [
      ...groups.flatMap((group) => [...group.IpPermissions, ...group.IpPermissionsEgress]).flatMap((rule) => rule.PrefixListIds.map((list) => list.PrefixListId)),
      ...tables.flatMap((table) => table.Routes.map((route) => route.DestinationPrefixListId)),
    ]),
    readTransit(reader, snapshot, vpcId, tables),
    readPeerings(reader, snapshot, tables),
    // Only a resolver of the VPC's own choosing can lead the default names past an endpoint.
    endpoints.some((endpoint) => endpoint.PrivateDnsEnabled === true) ? options.then((id) => readDhcpOptions(reader, snapshot, id)) : options,
  ]);
}

async function readPrefixLists(reader: Reader, snapshot: Snapshot, ids: readonly (string | undefined)[]): Promise<void> {
  const wanted = new Set(ids.filter((id) => id !== undefined));
  await Promise.all(
    [...wanted].map(async (id) => {
      const pages = await reader.pages('ec2', 'GetManagedPrefixListEntries', { PrefixListId: id }, { items: 'Entries', ...next, resource: id });
      const entries = keepList(pages, z.object({ Cidr: z.string() }), { service: 'ec2', operation: 'GetManagedPrefixListEntries', resource: id });
      snapshot.prefixLists[id] = mapRead(entries, (list) => list.map((entry) => entry.Cidr));
    }),
  );
}

/** The VPC itself; gives the id of its DHCP options, null where it has none of its own. */
async function readDhcpOptionsId(reader: Reader, snapshot: Snapshot, vpcId: string): Promise<string | null> {
  const about = { service: 'ec2', operation: 'DescribeVpcs', resource: vpcId };
  const vpcs = keepList(await reader.pages('ec2', about.operation, { VpcIds: [vpcId] }, { items: 'Vpcs', ...next, resource: vpcId }), r.vpcSchema, about);
  const vpc = isOk(vpcs) ? vpcs.value.find((one) => one.VpcId === vpcId) : undefined;
  if (vpc !== undefined) snapshot.vpcs[vpcId] = { outcome: 'ok', value: vpc };
  else if (!isOk(vpcs)) snapshot.vpcs[vpcId] = vpcs;
  const id = vpc?.DhcpOptionsId;
  return id === undefined || id === 'default' ? null : id;
}

async function readDhcpOptions(reader: Reader, snapshot: Snapshot, id: string | null): Promise<void> {
  if (id === null) return;
  const about = { service: 'ec2', operation: 'DescribeDhcpOptions', resource: id };
  const options = keepList(
    await reader.pages('ec2', about.operation, { DhcpOptionsIds: [id] }, { items: 'DhcpOptions', ...next, resource: id }),
    r.dhcpOptionsSchema,
    about,
  );
  const found = isOk(options) ? options.value.find((one) => one.DhcpOptionsId === id) : undefined;
  if (found !== undefined) snapshot.dhcpOptions[id] = { outcome: 'ok', value: found };
  else if (!isOk(options)) snapshot.dhcpOptions[id] = options;
}

/** A transit gateway is followed as far as this account may look: its attachments, and the table of the VPC's own. */
async function readTransit(reader: Reader, snapshot: Snapshot, vpcId: string, tables: readonly r.RouteTable[]): Promise<void> {
  const gateways = new Set(tables.flatMap((table) => table.Routes.flatMap((route) => route.TransitGatewayId ?? [])));
  if (gateways.size === 0) return;
  const pages = await reader.pages('ec2', 'DescribeTransitGatewayVpcAttachments', byVpc(vpcId), { items: 'TransitGatewayVpcAttachments', ...next, resource: vpcId });
  snapshot.transitGatewayVpcAttachments[vpcId] = keepList(pages, r.transitGatewayVpcAttachmentSchema, { service: 'ec2', operation: 'DescribeTransitGatewayVpcAttachments', resource: vpcId });
  await Promise.all(
    [...gateways].map(async (id) => {
      const about = { service: 'ec2', operation: 'DescribeTransitGatewayAttachments', resource: id };
      const filter = { Filters: [{ Name: 'transit-gateway-id', Values: [id] }] };
      const attachments = keepList(
        await reader.pages('ec2', about.operation, filter, { items: 'TransitGatewayAttachments', ...next, resource: id }),
        r.transitGatewayAttachmentSchema,
        about,
      );
      snapshot.transitGatewayAttachments[id] = attachments;
      if (!isOk(attachments)) return;
      const own = attachments.value.filter((attachment) => attachment.ResourceId === vpcId).flatMap((attachment) => attachment.Association?.TransitGatewayRouteTableId ?? []);
      await Promise.all([...new Set(own)].map((table) => readTransitRoutes(reader, snapshot, table)));
    }),
  );
}

async function readTransitRoutes(reader: Reader, snapshot: Snapshot, table: string): Promise<void> {
  const about = { service: 'ec2', operation: 'SearchTransitGatewayRoutes', resource: table };
  const read = await reader.call('ec2', about.operation, { TransitGatewayRouteTableId: table, Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] }, table);
  snapshot.transitGatewayRoutes[table] = mapRead(keep(read, z.object({ Routes: z._default(z.array(r.transitGatewayRouteSchema), []) }), about), (output) => output.Routes);
}

async function readPeerings(reader: Reader, snapshot: Snapshot, tables: readonly r.RouteTable[]): Promise<void> {
  const ids = [...new Set(tables.flatMap((table) => table.Routes.flatMap((route) => route.VpcPeeringConnectionId ?? [])))].toSorted();
  if (ids.length === 0) return;
  const about = { service: 'ec2', operation: 'DescribeVpcPeeringConnections' };
  const filter = { Filters: [{ Name: 'vpc-peering-connection-id', Values: ids }] };
  const read = keepList(await reader.pages('ec2', about.operation, filter, { items: 'VpcPeeringConnections', ...next }), r.peeringSchema, about);
  if (isOk(read)) for (const peering of read.value) snapshot.peerings[peering.VpcPeeringConnectionId] = { outcome: 'ok', value: peering };
  else for (const id of ids) snapshot.peerings[id] = { ...(read satisfies ReadFailure), resource: id };
}
