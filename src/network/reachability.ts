/** Can the pollers reach what they need? Every poller subnet × every destination, from what was read. */
import { isOk, ok } from '../snapshot/read.js';
import type { Destination, PathAnswer, Reachability } from './answer.js';
import { atlasOf, groupsOf, remember, type Atlas } from './network-index.js';
import type { Caller } from './endpoints.js';
import { brokerNames } from './dns.js';
import { openGroup } from './fixes/groups.js';
import { brokerHops } from './hops.js';
import { routesBetween } from './local-routes.js';
import { toPath } from './combine-components.js';
import { aclPasses } from './network-acls.js';
import { every, open, unread, type Outcome } from './outcome.js';
import { peerIn } from './peers.js';
import type { NetworkQuestion, NetworkReads, Placement, ServiceNeed } from './question.js';
import { groupsAdmit, type Direction, type Ports } from './security-groups.js';
import { servicePath } from './service-path.js';
import { judgeCapacity } from './subnet-capacity.js';

const answered = new WeakMap<NetworkQuestion, Reachability>();

/** Worked out once a question: ten checks ask the same one. */
export function reachability(reads: NetworkReads, question: NetworkQuestion): Reachability {
  const earlier = answered.get(question);
  if (earlier !== undefined) return earlier;
  const atlas = atlasOf(reads);
  const made = { paths: question.placements.flatMap((placement, index) => pathsOf(atlas, question, placement, index)) };
  answered.set(question, made);
  return made;
}

function pathsOf(atlas: Atlas, question: NetworkQuestion, placement: Placement, index: number): PathAnswer[] {
  const subnets = placement.subnetIds.map((id) => ({ id, read: atlas.subnet(id) }));
  const there = subnets.filter(({ read }) => isOk(read)).map(({ id }) => id);
  const ports = portsOf(question);
  // All mappings of a cluster that pick the same ports share the paths to its brokers.
  const asked = [
    'brokers',
    index,
    question.polls,
    question.saysNoWay,
    question.connectionPorts === null,
    ports.from,
    ports.to,
    ...placement.securityGroupIds,
    '',
    ...there,
  ].join(' ');
  return subnets.flatMap(({ id, read }) => {
    const capacity = judgeCapacity(atlas, id, placement.securityGroupIds, question.polls);
    const vpcId = isOk(read) ? read.value.VpcId : undefined;
    if (vpcId === undefined)
      return withoutSubnet(
        question,
        { subnetId: id, placement: index },
        isOk(read) || read.outcome === 'not-found' ? capacity : unread(read),
      );
    const vpc = atlas.vpc(vpcId);
    // Whoever makes a VPC connection names its groups (CreateVpcConnection): without them in the answer nothing is known of them.
    const groups =
      question.connectionPorts === null ? groupsOf(vpc, placement.securityGroupIds) : ok(placement.securityGroupIds);
    const caller: Caller = {
      atlas,
      vpc,
      placement: index,
      subnetId: id,
      subnetIds: there,
      groupIds: isOk(groups) ? groups.value : [],
    };
    return [
      ...remember(vpc, `${asked} of ${id}`, () =>
        there.map((broker) => brokerPath(caller, question, broker, capacity)),
      ),
      ...question.services.map((need) => servicePathOnce(caller, question, need, capacity)),
    ];
  });
}

/** Mappings that call the same function by the same role share their paths to a service; only a way without a fix is free of the mapping's own id. */
function servicePathOnce(caller: Caller, question: NetworkQuestion, need: ServiceNeed, capacity: Outcome): PathAnswer {
  const { vpc, subnetId, subnetIds, groupIds } = caller;
  const key = [
    'service path',
    caller.placement,
    question.polls,
    question.saysNoWay,
    subnetId,
    JSON.stringify(need),
    ...subnetIds,
    '',
    ...groupIds,
  ].join(' ');
  const earlier = vpc.answers.get(key) as PathAnswer | undefined;
  if (earlier !== undefined) return earlier;
  const made = servicePath(caller, question, need, capacity);
  if (made.judged.every(({ fixes }) => fixes.length === 0)) vpc.answers.set(key, made);
  return made;
}

const portsOf = ({ connectionPorts, brokers }: NetworkQuestion): Ports => connectionPorts ?? brokers!.ports;

/** Brokers stand in the placement's own subnets with its groups; so do the ends of a VPC connection. */
function brokerPath(caller: Caller, question: NetworkQuestion, broker: string, capacity: Outcome): PathAnswer {
  const { vpc, subnetId } = caller;
  const ports = portsOf(question);
  const ends = question.connectionPorts === null ? 'the brokers' : 'the VPC connection';
  const acl = (id: string, direction: Direction, other: string, who: string) =>
    aclPasses(vpc, id, direction, ports, peerIn(vpc, [], [other], who));
  const hops = brokerHops(caller, broker, ports, ends);
  const to: Destination =
    question.connectionPorts === null ? { kind: 'broker', subnetId: broker } : { kind: 'connection', subnetId: broker };
  return toPath(
    caller,
    to,
    ports.from,
    [
      ['subnet-capacity', capacity],
      ...(question.polls === 'failing' ? brokerNames(vpc, question) : []),
      [
        'broker-egress',
        every([betweenGroups(caller, 'out', ports, broker, ends), routesBetween(caller.atlas, vpc, subnetId, broker)]),
      ],
      ['broker-ingress', betweenGroups(caller, 'in', ports, subnetId, 'the pollers')],
      // Within one subnet no network ACL is asked.
      [
        'nacl',
        subnetId === broker
          ? open
          : every([acl(subnetId, 'out', broker, ends), acl(broker, 'in', subnetId, 'the pollers')]),
      ],
    ],
    hops,
  );
}

/** All subnets at once where they have one answer, so that it is said once; else the one of this path. */
function betweenGroups(caller: Caller, direction: Direction, ports: Ports, peerSubnet: string, who: string): Outcome {
  const { atlas, vpc, groupIds, subnetIds } = caller;
  const judge = (ids: readonly string[]) =>
    groupsAdmit(atlas, vpc, groupIds, direction, ports, peerIn(vpc, groupIds, ids, who));
  const together = judge(subnetIds);
  const said = together.is === 'open' || together.is === 'blocked' ? together : judge([peerSubnet]);
  const [group] = groupIds;
  return said.is === 'blocked' && group !== undefined
    ? { ...said, fixes: [openGroup(group, direction, ports, group)] }
    : said;
}

/** Nothing starts from a subnet that is gone; of one that could not be read nothing is known. */
function withoutSubnet(
  question: NetworkQuestion,
  at: { subnetId: string; placement: number },
  capacity: Outcome,
): PathAnswer[] {
  const gone = capacity.is === 'blocked';
  const ports = portsOf(question);
  const broker = toPath(
    at,
    { kind: 'broker', subnetId: at.subnetId },
    ports.from,
    gone
      ? [['subnet-capacity', capacity]]
      : [
          ['subnet-capacity', capacity],
          ['broker-ingress', capacity],
          ['broker-egress', capacity],
        ],
    [],
  );
  const services = question.services.map((need) =>
    toPath(
      at,
      { kind: 'service', service: need.service },
      443,
      gone ? [['subnet-capacity', capacity]] : [['aws-path', capacity]],
      [],
    ),
  );
  return [broker, ...services];
}
