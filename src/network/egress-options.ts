/** The egress options for a mapping whose pollers cannot reach a service, with the needs and costs of each. */
import type { Change } from '../fixes/fix.js';
import type { Component, PathAnswer } from './answer.js';
import { joinedByKind, joinFixes } from './fixes/join.js';
import { providedByLambda } from './fixes/egress-options.js';
import type { NetworkQuestion, NetworkReads, ServiceName } from './question.js';
import { blocksInternetGateways } from './public-access.js';
import { isOk } from '../snapshot/read.js';

export interface EgressOption {
  way: 'endpoints' | 'nat-gateway' | 'provisioned-pollers';
  /** Services that are blocked now and reachable with this option. */
  services: ServiceName[];
  needs: string;
  costs: string;
  /** The API calls; empty where something must be chosen first. */
  changes: Change[];
}

/** Empty where every required service is reachable, or cannot be decided. */
export function egressOptions(
  reads: NetworkReads,
  question: NetworkQuestion,
  paths: readonly PathAnswer[],
): EgressOption[] {
  const blocked = paths.filter(({ to, answer }) => to.kind === 'service' && answer === 'blocked');
  const services = [...new Set(blocked.flatMap(({ to }) => (to.kind === 'service' ? [to.service] : [])))];
  if (services.length === 0) return [];
  const byKind = joinedByKind(
    blocked.map(
      ({ components }) =>
        components.find(({ component, status }) => component === 'aws-path' && status === 'blocked')?.fixes ?? [],
    ),
  );
  // Existing endpoints, to which something on the path blocks.
  const obstacles = [...new Set(blocked.map(({ by }) => by!))].filter((component) => component !== 'aws-path');
  const endpointsExist = !blocked.some(({ by }) => by === 'aws-path');
  const subnets = question.placements
    .flatMap(({ subnetIds }) => subnetIds)
    .flatMap((id) => (reads.subnets[id] !== undefined && isOk(reads.subnets[id]) ? [reads.subnets[id].value] : []));
  const zones = new Set(subnets.map((subnet) => subnet.AvailabilityZone ?? subnet.SubnetId)).size;
  const arePublic = blocked.some(({ hops }) => hops.some(({ component }) => component === 'internet gateway'));
  const isBlocked = subnets.some(({ BlockPublicAccessStates: states }) => blocksInternetGateways(states));
  const others = services.filter((service) => !providedByLambda.includes(service));
  const interfaces = services.filter((service) => service !== 's3');
  return [
    {
      way: 'endpoints',
      services,
      changes: endpointsExist ? fixesOf(reads, blocked, obstacles) : (byKind.endpoint?.changes ?? []),
      needs: endpointsExist
        ? `what is there, with ${obstacles.join(' and ')} mended`
        : [
            ...(interfaces.length > 0
              ? [
                  `an interface endpoint for ${interfaces.length > 1 ? 'each of ' : ''}${interfaces.join(', ')}, with private DNS, in a subnet of each zone (${zones}), whose security group lets the pollers’ groups in on 443`,
                ]
              : []),
            ...(services.includes('s3') ? ['a gateway endpoint for s3 on the subnets’ route tables'] : []),
          ].join('; '),
      costs: endpointsExist
        ? 'nothing more'
        : interfaces.length === 0
          ? 'nothing'
          : `each endpoint by the hour and zone (${interfaces.length} × ${zones}), and by the gigabyte`,
    },
    {
      way: 'nat-gateway',
      services,
      changes: byKind.route?.changes ?? [],
      needs: isBlocked
        ? 'a public NAT gateway in a subnet that is excluded from VPC Block Public Access (allow-egress), or that block turned down to block-ingress'
        : arePublic
          ? 'subnets that stop to be public: a default route to a NAT gateway in another, public subnet takes the place of the one to the internet gateway'
          : 'a public NAT gateway with an Elastic IP address in a public subnet, best one in each zone, and each poller subnet’s default route to it',
      costs: 'each gateway by the hour, and by the gigabyte',
    },
    ...(services.length === others.length
      ? []
      : [
          {
            way: 'provisioned-pollers' as const,
            services: services.filter((service) => providedByLambda.includes(service)),
            changes: byKind.mapping?.changes ?? [],
            needs: `nothing in the VPC${others.length === 0 ? '' : `, but ${others.join(', ')} would still need a way of its own`}`,
            costs: 'each event poller unit by the hour',
          },
        ]),
  ];
}

/** The needs of all blocking components. */
function fixesOf(reads: NetworkReads, blocked: readonly PathAnswer[], obstacles: readonly Component[]): Change[] {
  const acls = Object.values(reads.networkAcls).flatMap((read) => (isOk(read) ? read.value : []));
  return obstacles.flatMap((component) => {
    const each = blocked.flatMap(({ components }) =>
      components
        .filter((answer) => answer.component === component && answer.status === 'blocked')
        .map(({ fixes }) => fixes),
    );
    return joinFixes(component, each, acls)[0]?.changes ?? [];
  });
}
