/** Rules of security groups that allow traffic. */
import type { Change, Fix } from '../../fixes/fix.js';
import { portsText, type Direction, type Ports } from '../security-groups.js';

type Rule =
  | { UserIdGroupPairs: { GroupId: string }[] }
  | { IpRanges: { CidrIp: string }[] }
  | { PrefixListIds: { PrefixListId: string }[] };

/** A rule that allows traffic from members of another security group, or to them. */
export const openGroup = (groupId: string, direction: Direction, ports: Ports, peerGroupId: string): Fix => ({
  title:
    direction === 'in'
      ? `Let ${peerGroupId} in to ${groupId} on TCP ${portsText(ports)}`
      : `Let members of ${groupId} out to ${peerGroupId} on TCP ${portsText(ports)}`,
  safety: 'safe',
  changes: [authorize(groupId, direction, ports, { UserIdGroupPairs: [{ GroupId: peerGroupId }] })],
});

/** Allows outbound HTTPS to any address, or only to a gateway endpoint's prefix list. */
export const openHttps = (groupId: string, prefixListId?: string): Fix => ({
  title: `Let members of ${groupId} out on TCP 443${prefixListId === undefined ? '' : ` to ${prefixListId}`}`,
  safety: 'safe',
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
