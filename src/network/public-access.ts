/**
 * VPC Block Public Access (AWS: block public access to VPCs and subnets): what may pass the internet gateways of the
 * account.
 */
import { isOk } from '../snapshot/read.js';
import type { Subnet } from '../snapshot/resources/index.js';
import type { Vpc } from './network-index.js';

export const publicAccessBlocked =
  'VPC Block Public Access (block-bidirectional) blocks all traffic through internet gateways';
export const publicAccessSummary = 'VPC Block Public Access blocks the internet gateway';

/** `block-ingress` does not block NAT gateways. It blocks hosts with a public address, and pollers have none. */
export const blocksInternetGateways = (states: Subnet['BlockPublicAccessStates']): boolean =>
  states?.InternetGatewayBlockMode === 'block-bidirectional';

/** Whether nothing may pass an internet gateway from this subnet, or from the VPC where no subnet is given. */
export function isPublicAccessBlocked({ subnets, description }: Vpc, subnetId?: string): boolean {
  const ofSubnet = subnetId === undefined ? undefined : subnets.get(subnetId)?.BlockPublicAccessStates;
  return blocksInternetGateways(
    ofSubnet ?? (isOk(description) ? description.value.BlockPublicAccessStates : undefined),
  );
}
