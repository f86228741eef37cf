/** A way out as it is followed: where the packet is, what a route leads to, and what came of it. */
import type { RouteTable } from '../snapshot/resources/index.js';
import type { Hop } from './answer.js';
import type { Atlas, Vpc } from './network-index.js';
import type { Outcome } from './outcome.js';

export type Route = RouteTable['Routes'][number];

export interface WayOut {
  outcome: Outcome;
  hops: Hop[];
  /** Subnets of the NAT gateways on the way, whose network ACLs count too. */
  natSubnets: { vpc: Vpc; subnetId: string }[];
  /** Where all that is open is whether endpoints in peered VPCs are used: what is so without them. */
  withoutPeers?: Outcome;
}

/** Where the packet is: the subnet whose table is asked. */
export interface Step {
  atlas: Atlas;
  vpc: Vpc;
  subnetId: string;
  tableId: string;
  /** Whether the packet has a public address there, so that an internet gateway lets it through. */
  inPublic: boolean;
  /** The way out from another subnet to which a gateway brings the packet, the tables that it has passed kept in mind. */
  onward(vpc: Vpc, subnetId: string, inPublic: boolean): WayOut;
}

export const ended = (end: Outcome, hops: Hop[] = []): WayOut => ({ outcome: end, hops, natSubnets: [] });

/** What a route leads to, by AWS's id. */
export const targetOf = (route: Route): string =>
  route.NatGatewayId ??
  route.TransitGatewayId ??
  route.NetworkInterfaceId ??
  route.InstanceId ??
  route.VpcPeeringConnectionId ??
  route.GatewayId ??
  route.CoreNetworkArn ??
  route.LocalGatewayId ??
  route.CarrierGatewayId ??
  'a target that AWS does not name';
