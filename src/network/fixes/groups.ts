/** Rules of security groups that allow traffic. */
import type { Change, Fix } from '../../fixes/fix.js';
import { portsText, type Direction, type Ports } from '../security-groups.js';

type Rule =
  | { UserIdGroupPairs: { GroupId: string }[] }
  | { IpRanges: { CidrIp: string }[] }
  | { PrefixListIds: { PrefixListId: string }[] };

/** A rule that allows traffic from members of another security group, or to them. */
export const openGroup = (groupId: string, direction: Direction, ports: Ports, peerGroupId: string): Fix => ({
  title: `Allow ${direction === 'in' ? 'inbound' : 'outbound'} TCP ${portsText(ports)} ${betweenGroups(groupId, direction, peerGroupId)}`,
  safety: 'safe',
  changes: [authorize(groupId, direction, ports, { UserIdGroupPairs: [{ GroupId: peerGroupId }] })],
});

function betweenGroups(groupId: string, direction: Direction, peerGroupId: string): string {
  if (groupId === peerGroupId) return `from ${groupId} to itself`;
  return direction === 'in' ? `from ${peerGroupId} to ${groupId}` : `from ${groupId} to ${peerGroupId}`;
}

/** Allows outbound HTTPS to any address, or only to a gateway endpoint's prefix list. */
export const openHttps = (groupId: string, prefixListId?: string): Fix => ({
  title: `Allow outbound TCP 443 from ${groupId} to ${prefixListId ?? 'any address'}`,
  // A rule to any address lets the members reach more than the mapping needs.
  safety: prefixListId === undefined ? 'care' : 'safe',
  changes: [
    authorize(
      groupId,
      'out',
      { from: 443, to: 443 },
      prefixListId === undefined
        ? { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
        : { PrefixListIds: [{ PrefixListId: prefixListId }] },
    ),
  ],
});

function authorize(groupId: string, direction: Direction, { from, to }: Ports, peers: Rule): Change {
  const operation = direction === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const input = { GroupId: groupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: from, ToPort: to, ...peers }] };
  return {
    service: 'ec2',
    operation,
    input,
    undo: { service: 'ec2', operation: operation.replace('Authorize', 'Revoke'), input },
  };
}
