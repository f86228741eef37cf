/** Rules of security groups that let a flow through. */
import type { Change, Fix } from '../../fixes/fix.js';
import { portsText, type Direction, type Ports } from '../security-groups.js';

type Rule =
  | { UserIdGroupPairs: { GroupId: string }[] }
  | { IpRanges: { CidrIp: string }[] }
  | { PrefixListIds: { PrefixListId: string }[] };

/** A rule that lets members of another group in, or a group's members out to another group's. */
export const openGroup = (groupId: string, direction: Direction, ports: Ports, peerGroupId: string): Fix => ({
  title:
    direction === 'in'
      ? `Let ${peerGroupId} in to ${groupId} on TCP ${portsText(ports)}`
      : `Let members of ${groupId} out to ${peerGroupId} on TCP ${portsText(ports)}`,
  safety: 'safe',
  changes: [authorize(groupId, direction, ports, { UserIdGroupPairs: [{ GroupId: peerGroupId }] })],
});

/** HTTPS out to wherever AWS answers, or to a gateway endpoint's prefix list alone. */
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
