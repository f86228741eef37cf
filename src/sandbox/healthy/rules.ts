/** Rules of security groups. */
import type * as r from '../../snapshot/resources/index.js';
import { account, vpcId } from './names.js';

/** A rule for one protocol and port range; peers are added to it. */
export const rule = (from: number, to: number, peers: Partial<r.IpPermission>): r.IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
  ...peers,
});
export const allTraffic: r.IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};
export const fromGroup = (id: string): Partial<r.IpPermission> => ({
  UserIdGroupPairs: [{ GroupId: id, UserId: account, VpcId: vpcId }],
});
