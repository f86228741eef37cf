/** Rules of network ACLs that allow traffic. */
import type { Change, Fix } from '../../fixes/fix.js';
import type { NetworkAcl } from '../../snapshot/resources/index.js';
import { addressesOf, intersect, share, size } from '../addresses.js';
import { firstPort, lastPort, matchesTcp } from '../acl-rules.js';
import { portsText, type Direction, type Ports } from '../security-groups.js';

/** The default rule at the end of every ACL; custom rules have lower numbers (CreateNetworkAclEntry). */
const last = 32_767;

/** A rule before the first one that denies part of the traffic. `joinAclFixes` numbers several of them for one ACL. */
export function allowThrough(acl: NetworkAcl, direction: Direction, ports: Ports, cidr: string): Fix {
  const input = {
    NetworkAclId: acl.NetworkAclId,
    Egress: direction === 'out',
    RuleNumber: last,
    Protocol: '6',
    RuleAction: 'allow',
    CidrBlock: cidr,
    PortRange: { From: ports.from, To: ports.to },
  };
  return {
    title: `Allow ${direction === 'in' ? 'inbound' : 'outbound'} TCP ${portsText(ports)} ${direction === 'in' ? 'from' : 'to'} ${cidr} in network ACL ${acl.NetworkAclId}`,
    safety: 'care',
    changes: [
      {
        service: 'ec2',
        operation: 'CreateNetworkAclEntry',
        input: { ...input, RuleNumber: freeNumber(acl, input, new Set()) },
        undo: null,
      },
    ],
  };
}

interface Entry {
  NetworkAclId: string;
  Egress: boolean;
  CidrBlock: string;
  PortRange: { From: number; To: number };
}

/**
 * The highest free number below every rule that denies part of it, otherwise one after all rules; 0 where none is
 * free.
 */
function freeNumber(acl: NetworkAcl, { Egress, CidrBlock, PortRange }: Entry, given: ReadonlySet<number>): number {
  const rules = acl.Entries.filter((rule) => (rule.Egress === true) === Egress && (rule.RuleNumber ?? last) < last);
  const taken = new Set([...rules.map((rule) => rule.RuleNumber!), ...given]);
  const denying = rules.filter(
    (rule) =>
      rule.RuleAction !== 'allow' &&
      matchesTcp(rule) &&
      firstPort(rule) <= PortRange.To &&
      lastPort(rule) >= PortRange.From &&
      size(intersect(addressesOf(rule.CidrBlock ?? ''), addressesOf(CidrBlock))) > 0,
  );
  const after = Math.max(0, ...taken) + 10;
  let number =
    denying.length > 0 ? Math.min(...denying.map((rule) => rule.RuleNumber!)) - 1 : after < last ? after : last - 1;
  while (number > 0 && taken.has(number)) number--;
  return number;
}

/** Whether one rule allows everything that another one does. */
function holds(wide: Change, narrow: Change): boolean {
  const [a, b] = [wide.input as unknown as Entry, narrow.input as unknown as Entry];
  return (
    a.NetworkAclId === b.NetworkAclId &&
    a.Egress === b.Egress &&
    a.PortRange.From <= b.PortRange.From &&
    a.PortRange.To >= b.PortRange.To &&
    share(addressesOf(a.CidrBlock), addressesOf(b.CidrBlock)) === 1
  );
}

/**
 * Several missing rules as one fix, each with its own number. By hand where an ACL has no free number before its
 * first denial.
 */
export function joinAclFixes(fixes: readonly Fix[], acls: readonly NetworkAcl[]): Fix[] {
  if (fixes.length === 0) return [];
  const given = new Map<string, Set<number>>();
  const all = [
    ...new Map(fixes.flatMap((fix) => fix.changes).map((change) => [JSON.stringify(change.input), change])).values(),
  ];
  const needed = all.filter(
    (change) =>
      !all.some(
        (other) =>
          other !== change &&
          holds(other, change) &&
          !(holds(change, other) && all.indexOf(change) < all.indexOf(other)),
      ),
  );
  const changes = needed.map((change): Change => {
    const entry = change.input as unknown as Entry;
    const { NetworkAclId, Egress } = entry;
    const used = given.get(`${NetworkAclId} ${Egress}`) ?? new Set();
    const acl = acls.find((candidate) => candidate.NetworkAclId === NetworkAclId);
    const RuleNumber = acl === undefined ? Number(change.input['RuleNumber']) : freeNumber(acl, entry, used);
    given.set(`${NetworkAclId} ${Egress}`, used.add(RuleNumber));
    return {
      ...change,
      input: { ...change.input, RuleNumber },
      undo: { service: 'ec2', operation: 'DeleteNetworkAclEntry', input: { NetworkAclId, Egress, RuleNumber } },
    };
  });
  const names = [...new Set(changes.map((change) => String(change.input['NetworkAclId'])))].join(', ');
  if (changes.every((change) => Number(change.input['RuleNumber']) > 0))
    return [
      {
        title: fixes.length === 1 ? fixes[0]!.title : `Add the missing allow rules to network ACL ${names}`,
        safety: 'care',
        changes,
      },
    ];
  return [
    {
      title: `Renumber the rules of network ACL ${names}: no rule number is free before its first deny rule`,
      safety: 'by-hand',
      changes: [],
    },
  ];
}
