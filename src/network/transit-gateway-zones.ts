/**
 * The availability zones of a transit gateway attachment. A subnet in a zone without a subnet of the attachment does
 * not reach the transit gateway, whatever its route table says (AWS: Amazon VPC attachments in AWS Transit Gateway,
 * limits).
 */
import type { Subnet } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import type { NetworkIndex, Vpc } from './network-index.js';
import { outcome, type Outcome } from './outcome.js';

/**
 * A block where the attachment of the VPC is certainly not in the zone of the subnet; undefined where it is, or where
 * that is not known.
 */
export function outsideAttachedZones(
  { reads }: NetworkIndex,
  vpc: Vpc,
  subnetId: string,
  gatewayId: string,
): Outcome | undefined {
  const read = reads.transitGatewayVpcAttachments[vpc.id];
  const attachments = read !== undefined && isOk(read) ? read.value : [];
  const ofGateway = attachments.filter((entry) => entry.VpcId === vpc.id && entry.TransitGatewayId === gatewayId);
  const subnets = ofGateway.flatMap(({ SubnetIds }) => SubnetIds);
  const zone = zoneOf(vpc.subnets.get(subnetId));
  const attached = subnets.map((id) => zoneOf(vpc.subnets.get(id)));
  if (
    zone === undefined ||
    subnets.length === 0 ||
    attached.some((other) => other === undefined || other.id === zone.id)
  )
    return undefined;
  const names = [...new Set(attached.map((other) => other!.name))].toSorted();
  return outcome(
    'blocked',
    gatewayId,
    `the attachment of ${vpc.id} has subnets in ${names.join(', ')}, but none in ${zone.name}, the zone of ${subnetId}`,
    { summary: `the transit gateway attachment has no subnet in ${zone.name}` },
  );
}

/** Undefined for a local zone too, whose subnets may use the attachment of the parent zone. */
function zoneOf(subnet: Subnet | undefined): { id: string; name: string } | undefined {
  const { AvailabilityZone: name, AvailabilityZoneId: id } = subnet ?? {};
  return id !== undefined && /^[a-z0-9]+-az\d+$/.test(id) ? { id, name: name ?? id } : undefined;
}
