/**
 * Follows a transit gateway as far as this account can see: its attachments, the route table of the VPC's
 * attachment, the VPC behind it.
 */
import type * as z from 'zod/mini';
import { isOk, mapRead, type Keyed } from '../../snapshot/read.js';
import * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { keepList, type Reader } from '../reader.js';

export async function readTransit(
  reader: Reader,
  snapshot: Snapshot,
  vpcId: string,
  tables: readonly r.RouteTable[],
): Promise<void> {
  const gateways = new Set(tables.flatMap((table) => table.Routes.flatMap((route) => route.TransitGatewayId ?? [])));
  if (gateways.size === 0) return;
  await listOfVpc(
    reader,
    vpcId,
    'DescribeTransitGatewayVpcAttachments',
    r.transitGatewayVpcAttachmentSchema,
    snapshot.transitGatewayVpcAttachments,
  );
  await Promise.all([...gateways].map((id) => readGateway(reader, snapshot, vpcId, id)));
}

async function readGateway(reader: Reader, snapshot: Snapshot, vpcId: string, id: string): Promise<void> {
  const call = { service: 'ec2', operation: 'DescribeTransitGatewayAttachments', resource: id };
  const filter = { Filters: [{ Name: 'transit-gateway-id', Values: [id] }] };
  const attachments = keepList(
    await reader.pages('ec2', call.operation, filter, { resource: id }),
    r.transitGatewayAttachmentSchema,
    call,
  );
  snapshot.transitGatewayAttachments[id] = attachments;
  if (!isOk(attachments)) return;
  const attached = (resource: string) => attachments.value.find((attachment) => attachment.ResourceId === resource);
  const tables = [
    ...new Set(
      attachments.value
        .filter(({ ResourceId }) => ResourceId === vpcId)
        .flatMap((attachment) => attachment.Association?.TransitGatewayRouteTableId ?? []),
    ),
  ];
  await Promise.all(tables.map((table) => readRoutes(reader, snapshot, table)));
  const ownAccount = attached(vpcId)?.ResourceOwnerId;
  // A VPC of another account would be listed as empty.
  const behind = tables
    .flatMap((table) => vpcsBehind(snapshot, table))
    .filter(
      (other) => other !== vpcId && attached(other) !== undefined && attached(other)?.ResourceOwnerId === ownAccount,
    );
  await Promise.all(
    [...new Set(behind)].map((other) => reader.once(`behind ${other}`, () => readBehind(reader, snapshot, other))),
  );
}

async function readRoutes(reader: Reader, snapshot: Snapshot, table: string): Promise<void> {
  const call = { service: 'ec2', operation: 'SearchTransitGatewayRoutes', resource: table };
  const pages = await reader.pages(
    'ec2',
    call.operation,
    { TransitGatewayRouteTableId: table, Filters: [{ Name: 'state', Values: ['active', 'blackhole'] }] },
    { resource: table },
  );
  snapshot.transitGatewayRoutes[table] = keepList(pages, r.transitGatewayRouteSchema, call);
}

/** VPCs to which a transit gateway's route table sends internet traffic. */
function vpcsBehind(snapshot: Snapshot, table: string): string[] {
  const read = snapshot.transitGatewayRoutes[table];
  const routes = read !== undefined && isOk(read) ? read.value : [];
  return routes
    .filter(
      ({ DestinationCidrBlock: cidr, State: state }) =>
        state !== 'blackhole' && /^(0|128)\.0\.0\.0\/[01]$/.test(cidr ?? ''),
    )
    .flatMap((route) =>
      route.TransitGatewayAttachments.flatMap(({ ResourceType, ResourceId }) =>
        ResourceType === 'vpc' && ResourceId !== undefined ? [ResourceId] : [],
      ),
    );
}

/** Reads only what decides internet access. A VPC that contains pollers is read completely elsewhere. */
export async function readBehind(reader: Reader, snapshot: Snapshot, vpcId: string): Promise<void> {
  const missing = <T>(reads: Keyed<T>): boolean => reads[vpcId] === undefined;
  await Promise.all([
    listOfVpc(
      reader,
      vpcId,
      'DescribeTransitGatewayVpcAttachments',
      r.transitGatewayVpcAttachmentSchema,
      snapshot.transitGatewayVpcAttachments,
    ),
    ...(missing(snapshot.routeTables)
      ? [listOfVpc(reader, vpcId, 'DescribeRouteTables', r.routeTableSchema, snapshot.routeTables)]
      : []),
    ...(missing(snapshot.natGateways)
      ? [listOfVpc(reader, vpcId, 'DescribeNatGateways', r.natGatewaySchema, snapshot.natGateways)]
      : []),
    ...(missing(snapshot.networkAcls)
      ? [listOfVpc(reader, vpcId, 'DescribeNetworkAcls', r.networkAclSchema, snapshot.networkAcls)]
      : []),
    ...(missing(snapshot.vpcSubnets)
      ? [listOfVpc(reader, vpcId, 'DescribeSubnets', r.subnetSchema, snapshot.vpcSubnets)]
      : []),
  ]);
}

/** Resources of other VPCs are dropped from the answer. */
export async function listOfVpc<S extends z.ZodMiniType>(
  reader: Reader,
  vpcId: string,
  operation: string,
  schema: S,
  into: Keyed<z.infer<S>[]>,
): Promise<void> {
  const call = { service: 'ec2', operation, resource: vpcId };
  const filters = [{ Name: 'vpc-id', Values: [vpcId] }];
  const read = keepList(
    await reader.pages(
      'ec2',
      operation,
      operation === 'DescribeNatGateways' ? { Filter: filters } : { Filters: filters },
      { resource: vpcId },
    ),
    schema,
    call,
  );
  into[vpcId] = mapRead(read, (all) => all.filter((item) => ((item as { VpcId?: string }).VpcId ?? vpcId) === vpcId));
}
