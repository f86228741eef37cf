/** The ends of a path: the interfaces of a placement or an endpoint, and AWS's public addresses. */
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { isOk, type Read } from '../snapshot/read.js';
import { addressesOf, intersect, publicAddresses, union } from './addresses.js';
import { groupsOf, rangesOf, type Vpc } from './network-index.js';
import type { ServiceName } from './question.js';
import type { Peer } from './security-groups.js';

export const publicInternet: Peer = {
  groupIds: [],
  addresses: publicAddresses,
  name: 'AWS’s public addresses',
  cidr: '0.0.0.0/0',
};

/**
 * The public addresses of a service without an endpoint. The prefix lists of gateway endpoints contain only
 * addresses of S3 or DynamoDB.
 */
export function publicAddressesOf(vpc: Vpc, service: ServiceName): Peer {
  if (service === 's3' || !isOk(vpc.routeTables)) return publicInternet;
  const routes = vpc.routeTables.value.all
    .flatMap((table) => table.Routes)
    .filter((route) => route.GatewayId?.startsWith('vpce-') === true);
  const foreignLists = [...new Set(routes.flatMap((route) => route.DestinationPrefixListId ?? []))];
  return foreignLists.length === 0 ? publicInternet : { ...publicInternet, foreignLists };
}

/** A peer whose address is not known. */
export const unknownAddress: Peer = { groupIds: [], addresses: [], name: 'AWS services', cidr: '0.0.0.0/0' };

/** Interfaces with these security groups in one subnet, or in any of several. */
export function peerIn(vpc: Vpc, groupIds: readonly string[], subnetIds: readonly string[], who: string): Peer {
  const cidrs = [...new Set(subnetIds.flatMap((id) => vpc.subnets.get(id)?.CidrBlock ?? []))];
  return {
    groupIds,
    // If the range of one subnet is unknown, all addresses are unknown.
    addresses: subnetIds.every((id) => vpc.subnets.get(id)?.CidrBlock !== undefined)
      ? union(...cidrs.map(addressesOf))
      : [],
    name: `${who} (${[...groupIds, ...cidrs].join(', ')})`,
    cidr: networkHolding(vpc, cidrs) ?? cidrs[0] ?? '0.0.0.0/0',
  };
}

/** The VPC's own range that contains them all: one rule for it instead of one per subnet. */
function networkHolding(vpc: Vpc, cidrs: readonly string[]): string | undefined {
  return rangesOf(vpc).find((network) =>
    cidrs.every((cidr) => intersect(addressesOf(network), addressesOf(cidr)).length > 0),
  );
}

export const endpointGroups = (vpc: Vpc, endpoint: VpcEndpoint): Read<string[]> =>
  groupsOf(
    vpc,
    endpoint.Groups.flatMap(({ GroupId }) => GroupId ?? []),
  );
