/** The traffic that a rule of a network ACL matches. */
import type { NetworkAcl } from '../snapshot/resources/index.js';

type Rule = NetworkAcl['Entries'][number];
export const matchesTcp = ({ Protocol: protocol }: Rule): boolean =>
  ['-1', '6', 'tcp'].includes((protocol ?? '').toLowerCase());
export const firstPort = (rule: Rule) => (rule.Protocol === '-1' ? 0 : (rule.PortRange?.From ?? 0));
export const lastPort = (rule: Rule) => (rule.Protocol === '-1' ? 65_535 : (rule.PortRange?.To ?? 65_535));
