/** A route out of a subnet while it is followed: the position of the packet, the target of a route, and the outcome. */
import type { RouteTable } from '../snapshot/resources/index.js';
import type { Hop } from './answer.js';
import type { NetworkIndex, Vpc } from './network-index.js';
import type { Outcome } from './outcome.js';

export type Route = RouteTable['Routes'][number];

export interface EgressPath {
  outcome: Outcome;
  hops: Hop[];
  /** Subnets of the NAT gateways on the path, whose network ACLs count too. */
  natSubnets: { vpc: Vpc; subnetId: string }[];
  /** If only the use of endpoints in peered VPCs is undecided: the outcome without them. */
  withoutPeers?: Outcome;
  /** The same, if networks behind a transit gateway are undecided too. */
  withoutNetworks?: Outcome;
}

/** The position of the packet: the subnet whose route table applies. */
export interface Step {
  network: NetworkIndex;
  vpc: Vpc;
  subnetId: string;
  tableId: string;
  /** Whether the packet has a public address there, so that an internet gateway forwards it. */
  inPublic: boolean;
  /**
   * Continues from another subnet to which a gateway forwards the packet, and remembers the route tables on the
   * path.
   */
  onward(vpc: Vpc, subnetId: string, inPublic: boolean): EgressPath;
}

export const ended = (end: Outcome, hops: Hop[] = []): EgressPath => ({ outcome: end, hops, natSubnets: [] });

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
  'an unnamed target';

/** Why a route is a blackhole, by the kind of its target, for evidence and for a title (AWS: route states). */
export function blackholeOf(target: string): { state: string; noun: string } {
  const [kind] = target.split('-');
  switch (kind) {
    case 'nat':
      return { state: 'deleted', noun: 'a deleted NAT gateway' };
    case 'igw':
      return { state: 'detached', noun: 'a detached internet gateway' };
    case 'tgw':
      return { state: 'detached', noun: 'a detached transit gateway' };
    case 'pcx':
      return { state: 'deleted', noun: 'a deleted VPC peering connection' };
    case 'vpce':
      return { state: 'deleted', noun: 'a deleted endpoint' };
    case 'eni':
    case 'i':
      return { state: 'deleted or stopped', noun: 'a deleted or stopped NAT instance' };
    default:
      return { state: 'deleted or detached', noun: 'a target that no longer exists' };
  }
}

/** The default route or another one, for a title. */
export const routeName = (to: string): string => (to === '0.0.0.0/0' ? 'default route' : `route to ${to}`);
