/** Fixes that free an address in a full subnet. */
import type { Fix } from '../../fixes/fix.js';
import { isOfLambda } from '../../snapshot/lambda-interface.js';
import type { NetworkInterface } from '../../snapshot/resources/index.js';
import { shell } from '../../text/shell.js';

/**
 * Not attached to anything. Interfaces of AWS services (NAT gateways, endpoints, load balancers) are deleted by
 * their services.
 */
export const isUnused = (candidate: NetworkInterface): boolean =>
  candidate.Status === 'available' &&
  candidate.Attachment === undefined &&
  candidate.RequesterManaged !== true &&
  candidate.RequesterId?.startsWith('amazon-') !== true &&
  (candidate.InterfaceType === undefined || candidate.InterfaceType === 'interface' || isOfLambda(candidate));

/**
 * Lambda needs one address for each combination of subnet and security groups (AWS: Hyperplane ENIs). Neither a
 * subnet's CIDR block nor the subnets of a cluster can be changed, so an address must be freed. `interfaces`: those
 * in the subnet.
 */
export function freeAddress(subnetId: string, interfaces: readonly NetworkInterface[]): Fix[] {
  // One of the account's own first: Lambda may be about to delete its own.
  const [unused, ...others] = interfaces
    .filter(isUnused)
    .toSorted(
      (a, b) => Number(isOfLambda(a)) - Number(isOfLambda(b)) || (a.NetworkInterfaceId < b.NetworkInterfaceId ? -1 : 1),
    );
  const byHand: Fix = {
    title: `Free an IP address in ${subnetId} by deleting or moving resources (a CIDR block and a cluster’s subnets cannot be changed)`,
    safety: 'by-hand',
    changes: [],
    commands: [
      shell`aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=${subnetId} --query 'NetworkInterfaces[].[NetworkInterfaceId,Status,InterfaceType,Description]' --output table`,
    ],
  };
  if (unused === undefined) return [byHand];
  const { NetworkInterfaceId: id, Description: description = '' } = unused;
  return [
    {
      title: `Delete the unused network interface ${id}${description === '' ? '' : ` (${description})`} to free an IP address in ${subnetId}${others.length === 0 ? '' : `; ${others.length} more ${others.length === 1 ? 'is' : 'are'} unused`} (cannot be undone)`,
      safety: 'risky',
      changes: [{ service: 'ec2', operation: 'DeleteNetworkInterface', input: { NetworkInterfaceId: id }, undo: null }],
    },
    byHand,
  ];
}

/**
 * The subnets of a cluster cannot be changed: without one of them, only another cluster helps. The check that knows
 * the mapping adds the command.
 */
export const withoutSubnet = (subnetId: string): Fix => ({
  title: `Recreate the mapping on a cluster whose subnets exist: ${subnetId} cannot be recreated with the same id, and the subnets of a cluster cannot be changed`,
  safety: 'by-hand',
  changes: [],
});

/** What uses the addresses of a subnet, by type of network interface: `3 interface, 2 lambda, 1 unused`. */
export function usersOf(interfaces: readonly NetworkInterface[]): string {
  const kinds = interfaces.map((each) => (isUnused(each) ? 'unused' : (each.InterfaceType ?? 'interface')));
  return [...new Set(kinds)]
    .map((kind) => `${kinds.filter((each) => each === kind).length} ${kind}`)
    .toSorted()
    .join(', ');
}
