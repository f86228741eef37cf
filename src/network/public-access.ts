/** VPC Block Public Access (AWS: block public access to VPCs and subnets): what the account lets through its internet gateways. */
import { isOk } from '../snapshot/read.js';
import type { Subnet } from '../snapshot/resources/index.js';
import type { Vpc } from './network-index.js';

export const publicAccessBlocked =
  'VPC Block Public Access (block-bidirectional) lets nothing through internet gateways from here';

/** `block-ingress` lets NAT gateways through; what else it stops has a public address of its own, and is no poller. */
export const blocksInternetGateways = (states: Subnet['BlockPublicAccessStates']): boolean =>
  states?.InternetGatewayBlockMode === 'block-bidirectional';

/** Whether nothing passes an internet gateway from this subnet, or from the VPC where none is named. */
export function isPublicAccessBlocked({ subnets, description }: Vpc, subnetId?: string): boolean {
  const ofSubnet = subnetId === undefined ? undefined : subnets.get(subnetId)?.BlockPublicAccessStates;
  return blocksInternetGateways(
    ofSubnet ?? (isOk(description) ? description.value.BlockPublicAccessStates : undefined),
  );
}
