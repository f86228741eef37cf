/** What network ACLs let through: numbered rules, the first match decides, no memory of connections (AWS: network ACLs). */
import type { NetworkAcl } from '../snapshot/resources/index.js';
import { contains, internet, isCidr, isPrivate, touches } from './cidr.js';
import { overlaps, subtract, type Range } from './intervals.js';

/** Ports from which clients call, so to which answers go. Lambda and NAT gateways use the whole of it (AWS: ephemeral ports). */
export const ephemeral: Range = { from: 1024, to: 65_535 };

export type AclAnswer = 'open' | 'part' | 'blocked' | 'unknown';

/** How much of a port range the ACL lets in from, or out to, a network; `unknown` where its rules cut the network in pieces. */
export function aclAdmits(acl: NetworkAcl, direction: 'in' | 'out', ports: Range, cidr: string): AclAnswer {
  let undecided: Range[] = [ports];
  const doubts = { allow: false, deny: false };
  let allowed = 0;
  const size = (ranges: readonly Range[]) => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const entries = acl.Entries.filter((entry) => entry.Egress === (direction === 'out') && isTcp(entry.Protocol)).toSorted(
    (a, b) => (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0),
  );
  for (const { CidrBlock: network, PortRange: range, Protocol: protocol, RuleAction: action } of entries) {
    if (!isCidr(network)) continue;
    const decided: Range = protocol === '-1' ? { from: 0, to: 65_535 } : { from: range?.From ?? 0, to: range?.To ?? 65_535 };
    if (!undecided.some((left) => overlaps(left, decided))) continue;
    if (contains([network], cidr)) {
      const left = subtract(undecided, decided);
      if (action === 'allow') allowed += size(undecided) - size(left);
      undecided = left;
    } else if (cidr === internet) {
      // A denied public network is hardly AWS's; an allowed one may be meant for it.
      if (action === 'allow' && !isPrivate(network)) doubts.allow = true;
    } else if (touches(network, cidr)) doubts[action === 'allow' ? 'allow' : 'deny'] = true;
  }
  if (allowed === size([ports])) return doubts.deny ? 'unknown' : 'open';
  if (doubts.allow || (allowed > 0 && doubts.deny)) return 'unknown';
  return allowed === 0 ? 'blocked' : 'part';
}

const isTcp = (protocol: string | undefined): boolean => protocol === '-1' || protocol === '6' || protocol === 'tcp' || protocol === undefined;
