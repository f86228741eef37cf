/** A topology as routes of iproute2 and rules of nftables. */
import { s3Range, type AclEntry, type Rule, type Topology } from '../../network/support/topology.js';
import {
  cable,
  deliverTable,
  endpointAddress,
  gatewayCable,
  hop,
  hosts,
  loop,
  natAddress,
  natTable,
  subnetTable,
} from './addresses.js';

const subnets = [0, 1, 2, 3];
const cidrOf = (subnet: number) => `10.0.${subnet}.0/24`;

/** For `ip -batch` in the fabric: each subnet's table anew. */
export function compileRoutes({ tableOf, tables, nats, gatewayTables }: Topology): string {
  return subnets
    .flatMap((subnet) => {
      const index = tableOf[subnet] ?? 0;
      const gateway = gatewayTables.includes(index) ? [`${s3Range} via ${hop('i')} dev ${gatewayCable} onlink`] : [];
      const routes = [
        `10.0.0.0/16 via 169.254.9.1 dev ${loop[0]} onlink`,
        ...tables[index]!.map(({ cidr, target }) => {
          if (target === 'blackhole' || (target !== 'igw' && nats[target.nat] === null)) return `blackhole ${cidr}`;
          const name = target === 'igw' ? 'i' : `n${target.nat}`;
          return `${cidr} via ${hop(name)} dev ${cable(name)} onlink`;
        }),
        // Within one subnet no route is asked.
        `${cidrOf(subnet)} via 169.254.9.1 dev ${loop[0]} onlink`,
      ];
      const written = (table: number, lines: readonly string[]) => [
        `route flush table ${table}`,
        ...lines.map((line) => `route replace ${line} table ${table}`),
      ];
      return [...written(subnetTable(subnet), [...routes, ...gateway]), ...written(natTable(subnet), routes)];
    })
    .join('\n');
}

/**
 * ACLs in the fabric, without any state. A packet is marked with its subnet where it comes in; out of that subnet and
 * into the next are judged where both are known. The NAT gateways' state and the internet gateway are here too.
 */
export function compileAcls({ acls, aclOf, nats }: Topology): string {
  const chains = acls.flatMap((entries, index) => [
    chain(`out${index}`, entries, true),
    chain(`in${index}`, entries, false),
  ]);
  const leave = (subnet: number) => `jump out${aclOf[subnet]}`;
  const enter = (subnet: number) => `jump in${aclOf[subnet]}`;
  const marks = [
    ...hosts.flatMap(({ name, subnet }) =>
      subnet === null ? [] : [`iifname ${cable(name)} meta mark set ${subnet + 1}`],
    ),
    ...subnets.map((subnet) => `iifname ${cable('e')} ip saddr ${endpointAddress(subnet)} meta mark set ${subnet + 1}`),
    `iifname ${cable('i')} meta mark set 99`,
  ];
  const rules = [
    // The VPC's own routes: out of the sender's subnet before the loop, into the receiver's behind it.
    ...subnets.map(
      (subnet) => `oifname ${loop[0]} meta mark ${subnet + 1} ip daddr != ${cidrOf(subnet)} ${leave(subnet)}`,
    ),
    ...subnets.map(
      (subnet) => `iifname ${loop[1]} ip daddr ${cidrOf(subnet)} meta mark != ${subnet + 1} ${enter(subnet)}`,
    ),
    // To a NAT gateway.
    ...subnets.flatMap((nat) =>
      subnets
        .filter((subnet) => subnet !== nat)
        .map((subnet) => `iifname != ${loop[1]} oifname ${cable(`n${nat}`)} meta mark ${subnet + 1} ${leave(subnet)}`),
    ),
    ...subnets.flatMap((nat) => [
      `iifname != ${loop[1]} oifname ${cable(`n${nat}`)} meta mark != ${nat + 1} ${enter(nat)}`,
    ]),
    ...subnets.filter((nat) => nats[nat]?.available !== true).map((nat) => `oifname ${cable(`n${nat}`)} drop`),
    // To the internet, which takes only what has a public address; and to the gateway endpoint.
    ...subnets.map((subnet) => `oifname { ${cable('i')}, ${gatewayCable} } meta mark ${subnet + 1} ${leave(subnet)}`),
    `oifname ${cable('i')} ip saddr != { ${['192.0.2.1', ...subnets.filter((nat) => nats[nat]?.isPublic === true).map(natAddress)].join(', ')} } drop`,
    // Answers of the gateway endpoint are delivered to the sender's own subnet.
    ...subnets.map(
      (subnet) =>
        `iifname ${cable('i')} ip daddr ${cidrOf(subnet)} oifname != { ${subnets.map((nat) => cable(`n${nat}`)).join(', ')} } ${enter(subnet)}`,
    ),
  ];
  return [
    'flush ruleset',
    'table ip acl {',
    ...chains,
    block('chain marks', ['type filter hook prerouting priority -300; policy accept;', ...marks]),
    block('chain passing', ['type filter hook forward priority 0; policy accept;', ...rules]),
    '}',
    '',
  ].join('\n');
}

function chain(name: string, entries: readonly AclEntry[], egress: boolean): string {
  const side = egress ? 'daddr' : 'saddr';
  const rules = entries
    .filter((entry) => entry.egress === egress)
    .toSorted((a, b) => a.number - b.number)
    .map(
      ({ protocol, from, to, cidr, allow }) =>
        `${match(protocol === '-1' ? '-1' : protocol === '6' ? 'tcp' : 'udp', from, to)} ip ${side} ${cidr} ${allow ? 'return' : 'drop'}`,
    );
  return block(`chain ${name}`, [...rules, 'drop']);
}

const block = (head: string, lines: readonly string[]): string => [`${head} {`, ...lines, '}'].join('\n');

const match = (protocol: string, from: number, to: number): string =>
  protocol === '-1' ? '' : `${protocol} dport ${from}-${to}`;

/** A host's security groups: what it may send and take, and answers to either. */
export function compileGroups(topology: Topology, memberOf: readonly number[]): string {
  const members = topology.groups.map((_, group) => [
    ...(topology.clusterGroups.includes(group) ? ['10.0.0.10', '10.0.1.10', '10.0.2.10', '10.0.0.20'] : []),
    ...(topology.endpoint !== null && topology.endpointGroups.includes(group)
      ? topology.endpoint.subnets.map(endpointAddress)
      : []),
  ]);
  const rules = (side: 'ingress' | 'egress') =>
    memberOf.flatMap((group) =>
      topology.groups[group]![side].flatMap((rule) =>
        ruleText(rule, side === 'ingress' ? 'saddr' : 'daddr', topology, members),
      ),
    );
  const always = 'ct state established,related accept';
  return [
    'flush ruleset',
    'table ip groups {',
    block('chain inbound', ['type filter hook input priority 0; policy drop;', always, ...rules('ingress')]),
    block('chain outbound', ['type filter hook output priority 0; policy drop;', always, ...rules('egress')]),
    '}',
    '',
  ].join('\n');
}

function ruleText(
  { protocol, from, to, peer }: Rule,
  side: string,
  { list }: Topology,
  members: readonly string[][],
): string[] {
  if ('ipv6' in peer) return [];
  const ranges = 'cidr' in peer ? [peer.cidr] : 'list' in peer ? list : members[peer.group]!;
  const what = protocol === 'icmp' ? 'ip protocol icmp' : match(protocol, from, to);
  return ranges.map((range) => `${what} ip ${side} ${range} accept`);
}

/** The fabric's delivery: by whichever cable an address of the VPC hangs on. */
export const deliveryRoutes = (): string[] =>
  hosts
    .filter(({ name }) => name !== 'i')
    .flatMap(({ name, addresses }) =>
      addresses.map(
        (address) => `route replace ${address}/32 via ${hop(name)} dev ${cable(name)} onlink table ${deliverTable}`,
      ),
    );

/** A NAT gateway: whatever leaves it bears its address. */
export const natRules = (subnet: number): string =>
  block('table ip nat', [
    block('chain outbound', ['type nat hook postrouting priority 100;', `snat to ${natAddress(subnet)}`]),
    '',
  ]);
