/** What security groups let through: a union of rules, stateful (AWS: security groups for your VPC). */
import { isOk, type ReadFailure } from '../snapshot/read.js';
import type { IpPermission, SecurityGroup } from '../snapshot/resources/index.js';
import { contains, internet, isCidr, isPrivate, touches } from './cidr.js';
import { covers, formatRange, overlaps, type Range } from './intervals.js';
import type { NetworkReads } from './question.js';

/** The other side: its groups, and the network its address is drawn from; `internet` for AWS's public addresses. */
export interface Peer {
  groupIds: readonly string[];
  cidr: string | undefined;
  /** Prefix lists that are the peer by definition: the one of a gateway endpoint's service. */
  prefixListIds?: readonly string[];
}

export interface RuleAnswer {
  answer: 'open' | 'blocked' | 'unknown';
  /** In words, why it is not known. */
  because: string | null;
  missing: ReadFailure[];
}

/** Whether the groups together let TCP on every port of the range in from, or out to, the peer. */
export function admits(
  reads: NetworkReads,
  groups: { found: readonly SecurityGroup[]; absent: readonly string[] },
  direction: 'in' | 'out',
  ports: Range,
  peer: Peer,
): RuleAnswer {
  const sure: Range[] = [];
  const doubtful: Range[] = [];
  const missing: ReadFailure[] = [];
  let because: string | null = null;
  for (const rule of groups.found.flatMap((group) => (direction === 'in' ? group.IpPermissions : group.IpPermissionsEgress))) {
    const range = tcpPorts(rule);
    if (range === null || !overlaps(range, ports)) continue;
    const match = matchPeer(reads, rule, peer);
    if (match.answer === 'yes') sure.push(range);
    else if (match.answer === 'perhaps') {
      doubtful.push(range);
      missing.push(...match.missing);
      because ??= match.because;
    }
  }
  if (covers(sure, ports)) return { answer: 'open', because: null, missing: [] };
  if (groups.absent.length > 0)
    return { answer: 'unknown', because: `AWS does not list the security group ${groups.absent.join(', ')}`, missing: [] };
  if (covers([...sure, ...doubtful], ports)) return { answer: 'unknown', because, missing };
  return { answer: 'blocked', because: null, missing: [] };
}

/** Ports of a rule for TCP; null for one of another protocol. */
function tcpPorts({ IpProtocol: protocol, FromPort: from, ToPort: to }: IpPermission): Range | null {
  if (protocol === '-1' || protocol === undefined) return { from: 0, to: 65_535 };
  if (protocol !== 'tcp' && protocol !== '6') return null;
  // -1 stands for all ports, as does leaving them out.
  return { from: Math.max(0, from ?? 0), to: to === undefined || to < 0 ? 65_535 : to };
}

type Match = { answer: 'yes' | 'no' } | { answer: 'perhaps'; because: string; missing: ReadFailure[] };

function matchPeer(reads: NetworkReads, rule: IpPermission, peer: Peer): Match {
  if (rule.UserIdGroupPairs.some(({ GroupId: id }) => id !== undefined && peer.groupIds.includes(id))) return { answer: 'yes' };
  const lists = rule.PrefixListIds.flatMap(({ PrefixListId: id }) => id ?? []);
  if (lists.some((id) => peer.prefixListIds?.includes(id))) return { answer: 'yes' };
  const failures: ReadFailure[] = [];
  const networks = rule.IpRanges.flatMap(({ CidrIp: cidr }) => (isCidr(cidr) ? [cidr] : []));
  let unresolved = false;
  for (const id of lists) {
    const entries = reads.prefixLists[id];
    if (entries !== undefined && isOk(entries)) networks.push(...entries.value.filter(isCidr));
    else {
      unresolved = true;
      if (entries !== undefined && !isOk(entries)) failures.push(entries);
    }
  }
  if (peer.cidr !== undefined && contains(networks, peer.cidr)) return { answer: 'yes' };
  if (unresolved) return { answer: 'perhaps', because: `the entries of prefix list ${lists.join(', ')} are not known`, missing: failures };
  const { cidr } = peer;
  if (cidr === internet) {
    const some = networks.filter((network) => !isPrivate(network));
    return some.length === 0 ? { answer: 'no' } : { answer: 'perhaps', because: `whether ${some.join(', ')} holds the service’s addresses is not known`, missing: [] };
  }
  const part = cidr === undefined ? [] : networks.filter((network) => touches(network, cidr));
  return part.length === 0 ? { answer: 'no' } : { answer: 'perhaps', because: `${part.join(', ')} covers only a part of ${cidr!}`, missing: [] };
}

/** The rules of a direction in short, as evidence. */
export function describeRules(groups: readonly SecurityGroup[], direction: 'in' | 'out'): string {
  const rules = groups.flatMap((group) => (direction === 'in' ? group.IpPermissions : group.IpPermissionsEgress));
  if (rules.length === 0) return `no ${direction === 'in' ? 'inbound' : 'outbound'} rule at all`;
  return rules.slice(0, 6).map(describeRule).join('; ') + (rules.length > 6 ? `; and ${rules.length - 6} more` : '');
}

function describeRule(rule: IpPermission): string {
  const range = tcpPorts(rule);
  const peers = [
    ...rule.UserIdGroupPairs.map((pair) => pair.GroupId),
    ...rule.IpRanges.map((one) => one.CidrIp),
    ...rule.Ipv6Ranges.map((one) => one.CidrIpv6),
    ...rule.PrefixListIds.map((one) => one.PrefixListId),
  ].filter((peer) => peer !== undefined);
  const what = range === null ? (rule.IpProtocol ?? '?') : rule.IpProtocol === '-1' ? 'everything' : `TCP ${formatRange(range)}`;
  return `${what} for ${peers.join(', ') || 'nobody'}`;
}
