/** Whether the pollers reach what they need: every poller subnet × every destination, from what was read. */
import { isOk, ok } from '../snapshot/read.js';
import type { Destination, PathAnswer, Reachability } from './answer.js';
import { indexNetwork, groupsOf, memo, type NetworkIndex } from './network-index.js';
import type { Caller } from './endpoints.js';
import { brokerNames } from './dns.js';
import { openGroup } from './fixes/groups.js';
import { brokerHops } from './hops.js';
import { routesBetween } from './local-routes.js';
import { pathAnswer } from './combine-components.js';
import { aclPasses } from './network-acls.js';
import { every, open, unread, type Outcome } from './outcome.js';
import { peerIn } from './path-ends.js';
import type { NetworkQuestion, NetworkReads, Placement } from './question.js';
import { groupsAdmit, type Direction, type Ports } from './security-groups.js';
import { servicePath } from './service-path.js';
import { judgeCapacity } from './subnet-capacity.js';

const answered = new WeakMap<NetworkQuestion, Reachability>();

/**
 * The paths of every poller subnet to every destination. Computed once per question, because ten checks ask the
 * same.
 */
export function reachability(reads: NetworkReads, question: NetworkQuestion): Reachability {
  const earlier = answered.get(question);
  if (earlier !== undefined) return earlier;
  const network = indexNetwork(reads);
  const made = {
    paths: question.placements.flatMap((placement, index) => pathsOf(network, question, placement, index)),
  };
  answered.set(question, made);
  return made;
}

function pathsOf(network: NetworkIndex, question: NetworkQuestion, placement: Placement, index: number): PathAnswer[] {
  const subnets = placement.subnetIds.map((id) => ({ id, read: network.subnet(id) }));
  const readable = subnets.filter(({ read }) => isOk(read)).map(({ id }) => id);
  const ports = portsOf(question);
  // All mappings of a cluster with the same ports share the paths to its brokers.
  const shared = JSON.stringify([
    index,
    question.polls,
    question.reportsNoEgress,
    placement.securityGroupIds,
    readable,
  ]);
  const asked = JSON.stringify(['brokers', question.connectionPorts === null, ports]);
  const needs = question.services.map((need) => ({ need, text: JSON.stringify(need) }));
  return subnets.flatMap(({ id, read }) => {
    const capacity = judgeCapacity(network, id, placement.securityGroupIds, question.polls);
    const vpcId = isOk(read) ? read.value.VpcId : undefined;
    if (vpcId === undefined)
      return withoutSubnet(
        question,
        { subnetId: id, placement: index },
        isOk(read) || read.outcome === 'not-found' ? capacity : unread(read),
      );
    const vpc = network.vpc(vpcId);
    // The creator of a VPC connection names its security groups (CreateVpcConnection): if the answer lacks them, they
    // are unknown.
    const groups =
      question.connectionPorts === null ? groupsOf(vpc, placement.securityGroupIds) : ok(placement.securityGroupIds);
    const caller: Caller = {
      network,
      vpc,
      placement: index,
      subnetId: id,
      subnetIds: readable,
      groupIds: isOk(groups) ? groups.value : [],
    };
    const groupsText = JSON.stringify(caller.groupIds);
    return [
      ...memo(vpc, `${asked}${shared}${id}`, () =>
        readable.map((broker) => brokerPath(caller, question, broker, capacity)),
      ),
      ...needs.map(({ need, text }) =>
        memo(
          vpc,
          `service path${shared}${id} ${text} ${groupsText}`,
          () => servicePath(caller, question, need, capacity),
          namesNoMapping,
        ),
      ),
    ];
  });
}

/**
 * Mappings with the same function and role share their paths to a service, except those with a fix, because a fix
 * may name the mapping.
 */
const namesNoMapping = ({ components }: PathAnswer): boolean => components.every(({ fixes }) => fixes.length === 0);

const portsOf = ({ connectionPorts, brokers }: NetworkQuestion): Ports => connectionPorts ?? brokers!.ports;

/** Brokers, and the ends of a VPC connection, are in the placement's own subnets with its security groups. */
function brokerPath(caller: Caller, question: NetworkQuestion, broker: string, capacity: Outcome): PathAnswer {
  const { vpc, subnetId } = caller;
  const ports = portsOf(question);
  const ends = question.connectionPorts === null ? 'the brokers' : 'the VPC connection';
  const acl = (id: string, direction: Direction, other: string, who: string) =>
    aclPasses(vpc, id, direction, ports, peerIn(vpc, [], [other], who));
  const hops = brokerHops(caller, broker, ports, ends);
  const to: Destination =
    question.connectionPorts === null ? { kind: 'broker', subnetId: broker } : { kind: 'connection', subnetId: broker };
  return pathAnswer(
    caller,
    to,
    ports.from,
    [
      ['subnet-capacity', capacity],
      ...(question.polls === 'failing' ? brokerNames(vpc, question) : []),
      [
        'broker-egress',
        every([
          betweenGroups(caller, 'out', ports, broker, ends),
          routesBetween(caller.network, vpc, subnetId, broker),
        ]),
      ],
      ['broker-ingress', betweenGroups(caller, 'in', ports, subnetId, 'the pollers')],
      // Network ACLs do not apply within one subnet.
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

/**
 * All subnets together where they have the same answer, so that the report shows it once; otherwise the answer for
 * this path's subnet.
 */
function betweenGroups(caller: Caller, direction: Direction, ports: Ports, peerSubnet: string, who: string): Outcome {
  const { network, vpc, groupIds, subnetIds } = caller;
  const judge = (ids: readonly string[]) =>
    groupsAdmit(network, vpc, groupIds, direction, ports, peerIn(vpc, groupIds, ids, who));
  const together = judge(subnetIds);
  const result = together.status === 'open' || together.status === 'blocked' ? together : judge([peerSubnet]);
  const [group] = groupIds;
  return result.status === 'blocked' && group !== undefined
    ? { ...result, fixes: [openGroup(group, direction, ports, group)] }
    : result;
}

/** No path starts in a deleted subnet; a path from an unread subnet is unknown. */
function withoutSubnet(
  question: NetworkQuestion,
  at: { subnetId: string; placement: number },
  capacity: Outcome,
): PathAnswer[] {
  const gone = capacity.status === 'blocked';
  const ports = portsOf(question);
  const broker = pathAnswer(
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
    pathAnswer(
      at,
      { kind: 'service', service: need.service },
      443,
      gone ? [['subnet-capacity', capacity]] : [['aws-path', capacity]],
      [],
    ),
  );
  return [broker, ...services];
}
