/** Security groups: what a set of them allows. Rules add up, and replies need none. */
import type { IpPermission, SecurityGroup } from '../snapshot/resources/index.js';
import { isOk, type ReadFailure } from '../snapshot/read.js';
import { addressesOf, intersect, share, size, union, type Addresses } from './addresses.js';
import { prefixListOf, memo, type NetworkIndex, type Vpc } from './network-index.js';
import { open, unread, type Outcome } from './outcome.js';

export interface Ports {
  from: number;
  to: number;
}

/** The other end of the traffic. */
export interface Peer {
  groupIds: readonly string[];
  /** Its possible addresses; empty: unknown. */
  addresses: Addresses;
  /** The prefix list of the peer itself (a gateway endpoint's), known by its id even if its entries cannot be read. */
  prefixListId?: string;
  /** Prefix lists that certainly contain none of its addresses, read or not: those of other services. */
  foreignLists?: readonly string[];
  /** The peer for a sentence: `subnet-0a… (10.0.0.0/24)`. */
  name: string;
  /** The range that a fix opens. */
  cidr: string;
}

export type Direction = 'in' | 'out';

/** What a rule allows on a port: certainly these addresses, and possibly (`missing`) more. */
interface Admitted {
  addresses: Addresses;
  whole: boolean;
  maybe: boolean;
  missing: ReadFailure[];
}

/** The share of the internet that must be allowed: with less, the closed part may contain AWS's addresses. */
const nearly = 0.99;

/**
 * Whether an interface with all of `groupIds` can exchange TCP on each of `ports` with the peer, in the direction
 * that opens the connection (AWS: security group rules).
 */
export function groupsAdmit(
  network: NetworkIndex,
  vpc: Vpc,
  groupIds: readonly string[],
  direction: Direction,
  ports: Ports,
  peer: Peer,
): Outcome {
  return memo(vpc, ['groups', direction, ports, groupIds, peer], () =>
    judge(network, vpc, groupIds, direction, ports, peer),
  );
}

function judge(
  network: NetworkIndex,
  vpc: Vpc,
  groupIds: readonly string[],
  direction: Direction,
  ports: Ports,
  peer: Peer,
): Outcome {
  const groups = vpc.groups;
  if (!isOk(groups)) return unread(groups);
  if (groupIds.length === 0)
    return {
      ...unread(),
      facts: [{ resource: vpc.id, fact: 'AWS lists no security groups for this traffic, and no default group' }],
    };
  const known = groupIds.flatMap((id) => groups.value.get(id) ?? []);
  const unlisted = groupIds.filter((id) => !groups.value.has(id));
  const hidden = known.filter((group) => !isShown(group, direction));
  const rules = known.flatMap((group) => rulesOf(group, direction)).filter(isTcp);
  const answers = segmentsOf(ports, rules).map((port) => {
    const admitted = rules.filter((rule) => covers(rule, port)).map((rule) => admittedBy(network, rule, peer));
    return answerOf(admitted, peer, unlisted.length + hidden.length > 0);
  });
  const missing = answers.flatMap((answer) => answer.missing);
  const [kind, to] = direction === 'in' ? ['inbound', 'from'] : ['outbound', 'to'];
  // Two facts, so that the rules of a group are shown once for several peers.
  const described = known.flatMap((group) => [
    { resource: group.GroupId, fact: `no ${kind} rule allows TCP ${portsText(ports)} ${to} ${peer.name}` },
    { resource: group.GroupId, fact: `its ${kind} rules: ${rulesText(group, direction)}` },
  ]);
  if (answers.every((answer) => answer.status === 'open')) return open;
  if (answers.every((answer) => answer.status === 'blocked'))
    return { status: 'blocked', facts: described, missing: [], fixes: [] };
  if (answers.some((answer) => answer.status === 'unknown'))
    return {
      status: 'unknown',
      facts: [
        ...unlisted.map((id) => ({ resource: id, fact: `AWS does not list this security group in ${vpc.id}` })),
        ...hidden.map(({ GroupId }) => ({ resource: GroupId, fact: 'AWS does not show its outbound rules' })),
        ...(unlisted.length === 0 && hidden.length === 0 && missing.length === 0
          ? known.map(({ GroupId }) => ({
              resource: GroupId,
              fact: `allows ${kind} TCP ${portsText(ports)} ${to} only some addresses of ${peer.name}`,
            }))
          : []),
      ],
      missing,
      fixes: [],
    };
  return {
    status: 'warn',
    facts: known.map(({ GroupId }) => ({
      resource: GroupId,
      fact: `allows only some ports of ${kind} TCP ${portsText(ports)} ${to} ${peer.name}`,
    })),
    missing: [],
    fixes: [],
  };
}

function answerOf(
  admitted: readonly Admitted[],
  peer: Peer,
  unlisted: boolean,
): { status: 'open' | 'blocked' | 'unknown'; missing: ReadFailure[] } {
  if (admitted.some(({ whole }) => whole)) return { status: 'open', missing: [] };
  const sure = union(...admitted.map(({ addresses }) => addresses));
  if (size(peer.addresses) > 0 && share(sure, peer.addresses) >= nearlyAll(peer.addresses))
    return { status: 'open', missing: [] };
  const missing = admitted.flatMap((rule) => rule.missing);
  const touched = size(peer.addresses) === 0 ? admitted.length > 0 : size(intersect(sure, peer.addresses)) > 0;
  return { status: touched || unlisted || admitted.some(({ maybe }) => maybe) ? 'unknown' : 'blocked', missing };
}

/** A subnet must be allowed completely; for the internet, a few closed ranges say nothing about AWS's addresses. */
const nearlyAll = (addresses: Addresses): number => (size(addresses) > 2 ** 24 ? nearly : 1);

function admittedBy(network: NetworkIndex, rule: IpPermission, peer: Peer): Admitted {
  const byGroup = rule.UserIdGroupPairs.some(
    ({ GroupId, PeeringStatus }) =>
      GroupId !== undefined && PeeringStatus !== 'deleted' && peer.groupIds.includes(GroupId),
  );
  const lists = rule.PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []).filter(
    (id) => peer.foreignLists?.includes(id) !== true,
  );
  const read = lists.map((id) => prefixListOf(network.reads, id));
  const cidrs = [
    ...rule.IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []),
    ...read.flatMap((list) => (isOk(list) ? list.value : [])),
  ];
  const missing = read.flatMap((list) => (isOk(list) ? [] : [list]));
  return {
    whole:
      byGroup || (peer.prefixListId !== undefined && lists.includes(peer.prefixListId)) || cidrs.includes('0.0.0.0/0'),
    addresses: union(...cidrs.map(addressesOf)),
    maybe: missing.length > 0,
    missing,
  };
}

const isShown = (group: SecurityGroup, direction: Direction): boolean =>
  direction === 'in' || group.IpPermissionsEgress !== undefined;
const rulesOf = (group: SecurityGroup, direction: Direction): IpPermission[] =>
  direction === 'in' ? group.IpPermissions : (group.IpPermissionsEgress ?? []);
const isTcp = (rule: IpPermission) => ['-1', 'tcp', '6'].includes((rule.IpProtocol ?? '').toLowerCase());
const first = (rule: IpPermission) => (rule.IpProtocol === '-1' || rule.FromPort === undefined ? 0 : rule.FromPort);
const last = (rule: IpPermission) => (rule.IpProtocol === '-1' || rule.ToPort === undefined ? 65_535 : rule.ToPort);
const covers = (rule: IpPermission, port: number) => first(rule) <= port && port <= last(rule);

/** The first port of each range of `ports` in which no rule begins or ends. */
const segmentsOf = (ports: Ports, rules: readonly IpPermission[]): number[] => [
  ...new Set([
    ports.from,
    ...rules.flatMap((rule) => [first(rule), last(rule) + 1]).filter((port) => port > ports.from && port <= ports.to),
  ]),
];

export const portsText = ({ from, to }: Ports): string => (from === to ? `${from}` : `${from}–${to}`);

function rulesText(group: SecurityGroup, direction: Direction): string {
  const texts = rulesOf(group, direction).map((rule) => {
    const ports = isTcp(rule) && rule.IpProtocol !== '-1' ? ` ${portsText({ from: first(rule), to: last(rule) })}` : '';
    const peers = [
      ...rule.UserIdGroupPairs.map(({ GroupId }) => GroupId),
      ...rule.IpRanges.map(({ CidrIp }) => CidrIp),
      ...rule.Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
      ...rule.PrefixListIds.map(({ PrefixListId }) => PrefixListId),
    ];
    const protocol = isTcp(rule) ? 'TCP' : (rule.IpProtocol ?? 'unknown protocol');
    return `${rule.IpProtocol === '-1' ? 'all traffic' : protocol}${ports} ${direction === 'in' ? 'from' : 'to'} ${peers.join(', ') || 'no peer'}`;
  });
  return texts.length === 0
    ? 'none'
    : texts.length > 6
      ? `${texts.slice(0, 6).join('; ')} and ${texts.length - 6} more`
      : texts.join('; ');
}
