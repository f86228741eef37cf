/** The single rules of security group permissions as text, to compare them. */
import { rulesOf } from '../../../aws/security-group-rules.js';

const protocols: Record<string, string> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };

/** One text for each source or destination: AWS groups them in other ways than they were written. */
export const ruleTexts = (permissions: unknown): string[] =>
  rulesOf(permissions).map(({ protocol, fromPort, toPort, peer }) => {
    const ports = protocol === '-1' ? 'all' : `${protocols[protocol] ?? protocol} ${fromPort ?? ''}-${toPort ?? ''}`;
    return `${ports} ${peer.value}`;
  });
