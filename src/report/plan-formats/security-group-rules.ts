/** The single rules of a call that authorizes several: Terraform and CloudFormation describe each as a resource. */
import type { IpPermission } from '../../snapshot/resources/index.js';

/** One rule with one peer. Ports are absent for all protocols. */
export interface SecurityGroupRule {
  protocol: string;
  fromPort: number | undefined;
  toPort: number | undefined;
  peer: { kind: 'cidr' | 'cidr-v6' | 'prefix-list' | 'group'; value: string; account?: string | undefined };
  description: string | undefined;
}

/** The rules of the member `IpPermissions` of AuthorizeSecurityGroupIngress and -Egress, in its order. */
export const rulesOf = (permissions: unknown): SecurityGroupRule[] =>
  ((permissions ?? []) as readonly Partial<IpPermission>[]).flatMap((permission) => {
    const rule = (kind: SecurityGroupRule['peer']['kind'], value: string, more: RuleDetails = {}) => ({
      protocol: permission.IpProtocol ?? '-1',
      fromPort: permission.FromPort,
      toPort: permission.ToPort,
      peer: { kind, value, ...(more.account === undefined ? {} : { account: more.account }) },
      description: more.description,
    });
    return [
      ...(permission.IpRanges ?? []).map((range) => rule('cidr', range.CidrIp ?? '', describedBy(range))),
      ...(permission.Ipv6Ranges ?? []).map((range) => rule('cidr-v6', range.CidrIpv6 ?? '', describedBy(range))),
      ...(permission.PrefixListIds ?? []).map((list) =>
        rule('prefix-list', list.PrefixListId ?? '', describedBy(list)),
      ),
      ...(permission.UserIdGroupPairs ?? []).map((pair) =>
        rule('group', pair.GroupId ?? '', { ...describedBy(pair), account: (pair as { UserId?: string }).UserId }),
      ),
    ];
  });

interface RuleDetails {
  description?: string | undefined;
  account?: string | undefined;
}

const describedBy = (peer: object): RuleDetails => ({ description: (peer as { Description?: string }).Description });
