/** The single rules of security group permissions as text, to compare them. */

interface Permission {
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp?: string }[];
  Ipv6Ranges?: { CidrIpv6?: string }[];
  PrefixListIds?: { PrefixListId?: string }[];
  UserIdGroupPairs?: { GroupId?: string }[];
}

const protocols: Record<string, string> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

/** One text for each source or destination: AWS groups them in other ways than they were written. */
export const rulesOf = (permissions: unknown): string[] =>
  ((permissions ?? []) as Permission[]).flatMap(
    ({ IpProtocol: protocol = '-1', FromPort: from, ToPort: to, ...peers }) => {
      const ports = protocol === '-1' ? 'all' : `${protocols[protocol] ?? protocol} ${from ?? ''}-${to ?? ''}`;
      return [
        ...(peers.IpRanges ?? []).map(({ CidrIp }) => CidrIp),
        ...(peers.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
        ...(peers.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
        ...(peers.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
      ].map((peer) => `${ports} ${peer ?? ''}`);
    },
  );
