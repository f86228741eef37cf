import type { Answers, Input } from '../answers.js';
import { awsError, filtered, valueOrError, listed } from '../answers.js';
import type { Keyed } from '../../snapshot/read.js';

const byVpc = <T extends { VpcId?: string | undefined }>(
  lists: Keyed<T[]>,
  { Filters: filters, Filter: filter }: Input,
): T[] => {
  const vpcs = ((filters ?? filter) as { Name: string; Values: string[] }[] | undefined)?.find(
    ({ Name }) => Name === 'vpc-id',
  )?.Values;
  // A failed list of one VPC is answered with its failure.
  return vpcs === undefined
    ? listed(lists).flat()
    : vpcs.flatMap((id) => (lists[id] === undefined ? [] : valueOrError(lists, id)));
};

/** The items with the ids that a call names; AWS refuses an id that does not exist. */
function byId<T extends object>(lists: Keyed<T[]>, ids: unknown, member: keyof T, notFound: string): T[] | undefined {
  if (!Array.isArray(ids)) return undefined;
  const all = listed(lists).flat();
  return ids.map((id) => {
    const item = all.find((candidate) => candidate[member] === id);
    if (item === undefined) throw awsError(notFound, `${String(id)} does not exist`);
    return item;
  });
}

export const ec2: Answers = {
  DescribeSubnets: (input, snapshot) => {
    const wanted = (input['Filters'] as { Name: string; Values: string[] }[] | undefined)?.find(
      ({ Name }) => Name === 'subnet-id',
    )?.Values;
    if (wanted === undefined) return { Subnets: byVpc(snapshot.vpcSubnets, input) };
    return {
      Subnets: wanted.flatMap((id) =>
        snapshot.subnets[id] === undefined || snapshot.subnets[id].outcome === 'not-found'
          ? []
          : [valueOrError(snapshot.subnets, id)],
      ),
    };
  },
  DescribeVpcs: ({ VpcIds: ids }, snapshot) => ({
    Vpcs: (ids as string[]).map((id) => valueOrError(snapshot.vpcs, id, 'InvalidVpcID.NotFound')),
  }),
  DescribeVpcAttribute: ({ Attribute: name, VpcId: id }, snapshot) =>
    name === 'enableDnsSupport'
      ? { VpcId: id, EnableDnsSupport: { Value: valueOrError(snapshot.vpcDnsSupport, id) } }
      : { VpcId: id, EnableDnsHostnames: { Value: valueOrError(snapshot.vpcDnsHostnames, id) } },
  DescribeSecurityGroups: (input, snapshot) => ({
    SecurityGroups:
      byId(snapshot.securityGroups, input['GroupIds'], 'GroupId', 'InvalidGroup.NotFound') ??
      byVpc(snapshot.securityGroups, input),
  }),
  DescribeRouteTables: (input, snapshot) => ({
    RouteTables:
      byId(snapshot.routeTables, input['RouteTableIds'], 'RouteTableId', 'InvalidRouteTableID.NotFound') ??
      byVpc(snapshot.routeTables, input),
  }),
  DescribeNetworkAcls: (input, snapshot) => ({
    NetworkAcls:
      byId(snapshot.networkAcls, input['NetworkAclIds'], 'NetworkAclId', 'InvalidNetworkAclID.NotFound') ??
      byVpc(snapshot.networkAcls, input),
  }),
  DescribeVpcEndpoints: (input, snapshot) => {
    const filters = input['Filters'] as { Name: string; Values: string[] }[] | undefined;
    const wanted = filters?.find(({ Name }) => Name === 'vpc-endpoint-id')?.Values;
    if (wanted === undefined)
      return {
        VpcEndpoints:
          byId(snapshot.vpcEndpoints, input['VpcEndpointIds'], 'VpcEndpointId', 'InvalidVpcEndpointId.NotFound') ??
          byVpc(snapshot.vpcEndpoints, input),
      };
    return {
      VpcEndpoints: listed(snapshot.vpcEndpoints)
        .flat()
        .filter(({ VpcEndpointId: id }) => wanted.includes(id)),
    };
  },
  DescribeNatGateways: (input, snapshot) => ({ NatGateways: byVpc(snapshot.natGateways, input) }),
  DescribeNetworkInterfaces: (input, snapshot) => ({
    NetworkInterfaces:
      byId(
        snapshot.networkInterfaces,
        input['NetworkInterfaceIds'],
        'NetworkInterfaceId',
        'InvalidNetworkInterfaceID.NotFound',
      ) ?? byVpc(snapshot.networkInterfaces, input),
  }),
  DescribeDhcpOptions: ({ DhcpOptionsIds: ids }, snapshot) => ({
    DhcpOptions: (ids as string[]).map((id) => valueOrError(snapshot.dhcpOptions, id, 'InvalidDhcpOptionID.NotFound')),
  }),
  GetManagedPrefixListEntries: ({ PrefixListId: id }, snapshot) => ({
    Entries: valueOrError(snapshot.prefixLists, id, 'InvalidPrefixListID.NotFound').map((Cidr) => ({ Cidr })),
  }),
  DescribeVpcPeeringConnections: ({ Filters: filters }, snapshot) => ({
    VpcPeeringConnections: filtered(listed(snapshot.peerings), filters, {
      'vpc-peering-connection-id': (connection) => [connection.VpcPeeringConnectionId],
    }),
  }),
  DescribeTransitGatewayVpcAttachments: (input, snapshot) => ({
    TransitGatewayVpcAttachments: byVpc(snapshot.transitGatewayVpcAttachments, input),
  }),
  DescribeTransitGatewayAttachments: ({ Filters: filters }, snapshot) => ({
    TransitGatewayAttachments: filtered(listed(snapshot.transitGatewayAttachments).flat(), filters, {
      'transit-gateway-id': (attachment) => [attachment.TransitGatewayId],
    }),
  }),
  SearchTransitGatewayRoutes: ({ TransitGatewayRouteTableId: id }, snapshot) => ({
    Routes: valueOrError(snapshot.transitGatewayRoutes, id, 'InvalidRouteTableID.NotFound'),
  }),
  DescribeRegions: (_, snapshot) => ({ Regions: [{ RegionName: snapshot.region }] }),
};
