/** The single rules of security group permissions, which the API groups by protocol and ports. */

/** As calls and answers of EC2 have it (EC2 API: IpPermission). */
export interface SecurityGroupPermission {
  IpProtocol?: string;
  FromPort?: number;
  ToPort?: number;
  IpRanges?: { CidrIp?: string; Description?: string }[];
  Ipv6Ranges?: { CidrIpv6?: string; Description?: string }[];
  PrefixListIds?: { PrefixListId?: string; Description?: string }[];
  UserIdGroupPairs?: { GroupId?: string; UserId?: string; Description?: string }[];
}

/** One rule with one peer. Ports are absent for all protocols. */
export interface SecurityGroupRule {
  protocol: string;
  fromPort: number | undefined;
  toPort: number | undefined;
  peer: { kind: 'cidr' | 'cidr-v6' | 'prefix-list' | 'group'; value: string; account?: string | undefined };
  description: string | undefined;
}

/** The rules of a member `IpPermissions`, in its order. */
export const rulesOf = (permissions: unknown): SecurityGroupRule[] =>
  ((permissions ?? []) as readonly SecurityGroupPermission[]).flatMap((permission) => {
    const rule = (kind: SecurityGroupRule['peer']['kind'], value = '', description?: string, account?: string) => ({
      protocol: permission.IpProtocol ?? '-1',
      fromPort: permission.FromPort,
      toPort: permission.ToPort,
      peer: { kind, value, ...(account === undefined ? {} : { account }) },
      description,
    });
    return [
      ...(permission.IpRanges ?? []).map((range) => rule('cidr', range.CidrIp, range.Description)),
      ...(permission.Ipv6Ranges ?? []).map((range) => rule('cidr-v6', range.CidrIpv6, range.Description)),
      ...(permission.PrefixListIds ?? []).map((list) => rule('prefix-list', list.PrefixListId, list.Description)),
      ...(permission.UserIdGroupPairs ?? []).map((pair) => rule('group', pair.GroupId, pair.Description, pair.UserId)),
    ];
  });
