/** Can the pollers reach what they need? Every poller subnet × every destination, from what was read. */
import { isOk } from '../snapshot/read.js';
import type { Destination, Hop, PathAnswer, Reachability } from './answer.js';
import { atlasOf, groupsOf, type Atlas } from './atlas.js';
import type { Caller } from './endpoints.js';
import { openGroup } from './fixes.js';
import { toPath } from './judged.js';
import { aclPasses } from './network-acls.js';
import { every, open, unread, type Outcome } from './outcome.js';
import { peerIn } from './peers.js';
import type { NetworkQuestion, NetworkReads, Placement } from './question.js';
import { groupsAdmit, type Direction, type Ports } from './security-groups.js';
import { servicePath } from './service-path.js';
import { judgeCapacity } from './subnet-capacity.js';

const answered = new WeakMap<NetworkQuestion, Reachability>();

/** Worked out once a question: ten checks ask the same one. */
export function reachability(reads: NetworkReads, question: NetworkQuestion): Reachability {
  const earlier = answered.get(question);
  if (earlier !== undefined) return earlier;
  const atlas = atlasOf(reads);
  const made = { paths: question.placements.flatMap((placement) => pathsOf(atlas, question, placement)) };
  answered.set(question, made);
  return made;
}

function pathsOf(atlas: Atlas, question: NetworkQuestion, placement: Placement): PathAnswer[] {
  const subnets = placement.subnetIds.map((id) => ({ id, read: atlas.subnet(id) }));
  const there = subnets.filter(({ read }) => isOk(read)).map(({ id }) => id);
  return subnets.flatMap(({ id, read }) => {
    const capacity = judgeCapacity(atlas, id, placement.securityGroupIds);
    const vpcId = isOk(read) ? read.value.VpcId : undefined;
    if (vpcId === undefined) return withoutSubnet(question, id, isOk(read) || read.outcome === 'not-found' ? capacity : unread(read));
    const vpc = atlas.vpc(vpcId);
    const groups = groupsOf(vpc, placement.securityGroupIds);
    const caller: Caller = { atlas, vpc, subnetId: id, subnetIds: there, groupIds: isOk(groups) ? groups.value : [] };
    return [
      ...there.map((broker) => brokerPath(caller, question, broker, capacity)),
      ...question.services.map((need) => servicePath(caller, question, need, capacity)),
    ];
  });
}

/** Brokers stand in the placement's own subnets with its groups; so do the ends of a VPC connection. */
function brokerPath(caller: Caller, question: NetworkQuestion, broker: string, capacity: Outcome): PathAnswer {
  const { vpc, subnetId } = caller;
  const ports: Ports = question.connectionPorts ?? question.brokers!.ports;
  const ends = question.connectionPorts === null ? 'the brokers' : 'the VPC connection';
  const acl = (id: string, direction: Direction, other: string, who: string) => aclPasses(vpc, id, direction, ports, peerIn(vpc, [], [other], who));
  const hops: Hop[] = [
    { component: 'subnet', resource: subnetId, note: 'pollers' },
    { component: 'security groups', resource: caller.groupIds.join(', '), note: `out on ${ports.from}` },
    { component: 'subnet', resource: broker, note: ends },
  ];
  const to: Destination = question.connectionPorts === null ? { kind: 'broker', subnetId: broker } : { kind: 'connection', subnetId: broker };
  return toPath(
    subnetId,
    to,
    ports.from,
    [
      ['subnet-capacity', capacity],
      ['broker-egress', betweenGroups(caller, 'out', ports, broker, ends)],
      ['broker-ingress', betweenGroups(caller, 'in', ports, subnetId, 'the pollers')],
      // Within one subnet no network ACL is asked.
      ['nacl', subnetId === broker ? open : every([acl(subnetId, 'out', broker, ends), acl(broker, 'in', subnetId, 'the pollers')])],
    ],
    hops,
  );
}

/** All subnets at once where they have one answer, so that it is said once; else the one of this path. */
function betweenGroups(caller: Caller, direction: Direction, ports: Ports, peerSubnet: string, who: string): Outcome {
  const { atlas, vpc, groupIds, subnetIds } = caller;
  const judge = (ids: readonly string[]) => groupsAdmit(atlas, vpc, groupIds, direction, ports, peerIn(vpc, groupIds, ids, who));
  const together = judge(subnetIds);
  const said = together.is === 'open' || together.is === 'blocked' ? together : judge([peerSubnet]);
  const [group] = groupIds;
  return said.is === 'blocked' && group !== undefined ? { ...said, fixes: [openGroup(group, direction, ports, group)] } : said;
}

/** Nothing starts from a subnet that is gone; of one that could not be read nothing is known. */
function withoutSubnet(question: NetworkQuestion, id: string, capacity: Outcome): PathAnswer[] {
  const gone = capacity.is === 'blocked';
  const ports = question.connectionPorts ?? question.brokers!.ports;
  const broker = toPath(id, { kind: 'broker', subnetId: id }, ports.from, gone ? [['subnet-capacity', capacity]] : [['subnet-capacity', capacity], ['broker-ingress', capacity], ['broker-egress', capacity]], []);
  const services = question.services.map((need) =>
    toPath(id, { kind: 'service', service: need.service }, 443, gone ? [['subnet-capacity', capacity]] : [['aws-path', capacity]], []),
  );
  return [broker, ...services];
}
