/** Network ACLs: numbered rules of a subnet. The first match decides, and replies need their own rules. */
import type { NetworkAcl } from '../snapshot/resources/index.js';
import { isOk } from '../snapshot/read.js';
import { addressesOf, intersect, share, size, subtract, union, type Addresses } from './addresses.js';
import { memo, type Vpc } from './network-index.js';
import { every, open, outcome, unread, type Outcome } from './outcome.js';
import { portsText, type Direction, type Peer, type Ports } from './security-groups.js';
import { firstPort, lastPort, matchesTcp } from './acl-rules.js';
import { allowThrough } from './fixes/acls.js';

/** Ephemeral ports, to which replies go: Lambda and NAT gateways use all of them (AWS: ephemeral ports). */
export const ephemeral: Ports = { from: 1024, to: 65_535 };

/**
 * Whether a subnet's ACL allows a connection to `ports` of the peer and its replies (`out`), or from the peer
 * (`in`).
 */
export function aclPasses(vpc: Vpc, subnetId: string, direction: Direction, ports: Ports, peer: Peer): Outcome {
  return memo(vpc, ['acl', subnetId, direction, ports, peer.addresses, peer.name], () =>
    judge(vpc, subnetId, direction, ports, peer),
  );
}

/** The ACL of a subnet: the associated one, otherwise the VPC's default ACL. */
export const aclOf = (
  { bySubnet, fallback }: { bySubnet: ReadonlyMap<string, NetworkAcl>; fallback: NetworkAcl | undefined },
  subnetId: string,
): NetworkAcl | undefined => bySubnet.get(subnetId) ?? fallback;

function judge(vpc: Vpc, subnetId: string, direction: Direction, ports: Ports, peer: Peer): Outcome {
  if (!isOk(vpc.acls)) return unread(vpc.acls);
  const acl = aclOf(vpc.acls.value, subnetId);
  if (acl === undefined) return outcome('unknown', subnetId, 'AWS lists no network ACL for this subnet');
  const back = direction === 'in' ? 'out' : 'in';
  return every([
    describe(acl, subnetId, direction, ports, peer, admittedShares(acl, direction, ports, peer.addresses)),
    describe(acl, subnetId, back, ephemeral, peer, admittedShares(acl, back, ephemeral, peer.addresses)),
  ]);
}

/** For each range of ports that the rules distinguish: the share of the addresses that is allowed. */
function admittedShares(
  acl: NetworkAcl,
  direction: Direction,
  ports: Ports,
  addresses: Addresses,
): { ports: number; admitted: number }[] {
  const rules = acl.Entries.filter(({ Egress }) => (Egress === true) === (direction === 'out'))
    .filter(matchesTcp)
    .toSorted((a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0));
  const edges = rules
    .flatMap((rule) => [firstPort(rule), lastPort(rule) + 1])
    .filter((port) => port > ports.from && port <= ports.to);
  const starts = [...new Set([ports.from, ...edges])].toSorted((a, b) => a - b);
  return starts.map((port, index) => {
    let left = addresses;
    let allowed: Addresses = [];
    for (const rule of rules) {
      if (size(left) === 0) break;
      if (port < firstPort(rule) || port > lastPort(rule)) continue;
      const hit = intersect(left, addressesOf(rule.CidrBlock ?? ''));
      if (rule.RuleAction === 'allow') allowed = union(allowed, hit);
      left = subtract(left, hit);
    }
    return { ports: (starts[index + 1] ?? ports.to + 1) - port, admitted: share(allowed, addresses) };
  });
}

/** With fewer of the reply ports open, almost no connection succeeds. */
const mostlyClosed = 0.05;
/**
 * With at least this many open, almost none hangs. Hardening guides require rules against 3389 and the like
 * (Security Hub: EC2.21).
 */
const mostlyOpen = 0.99;

function describe(
  acl: NetworkAcl,
  subnetId: string,
  direction: Direction,
  ports: Ports,
  peer: Peer,
  shares: ReturnType<typeof admittedShares>,
): Outcome {
  // For the internet, a few closed ranges say nothing about AWS's addresses; for a subnet, every address counts.
  const enough = size(peer.addresses) > 2 ** 24 ? 0.99 : 1;
  if (size(peer.addresses) === 0)
    return outcome(
      'unknown',
      subnetId,
      `the addresses of ${peer.name} are unknown, so the rules of ${acl.NetworkAclId} cannot be compared with them`,
    );
  const portsWith = (holds: (admitted: number) => boolean) =>
    shares.filter(({ admitted }) => holds(admitted)).reduce((sum, stretch) => sum + stretch.ports, 0) /
    (ports.to - ports.from + 1);
  const [whole, none] = [portsWith((admitted) => admitted >= enough), portsWith((admitted) => admitted === 0)];
  if (whole >= (ports === ephemeral ? mostlyOpen : 1)) return open;
  const traffic = `${direction === 'in' ? 'inbound' : 'outbound'} TCP ${portsText(ports)}`;
  const flow = `${traffic} ${direction === 'in' ? 'from' : 'to'} ${peer.name}`;
  const short = `${traffic}${ports === ephemeral ? ' (replies)' : ''}`;
  const fixes = [allowThrough(acl, direction, ports, peer.cidr)];
  if (none > 1 - mostlyClosed) return outcome('blocked', acl.NetworkAclId, `denies ${flow}`, { fixes, summary: short });
  // The client's system chooses the port for replies: if some ports are closed, some connections hang.
  if (whole > 0)
    return outcome('warn', acl.NetworkAclId, `allows only some ports of ${flow}`, {
      fixes,
      summary: short,
    });
  return outcome('unknown', acl.NetworkAclId, `allows ${flow} only for some of these addresses`);
}
