/** The egress options for a mapping whose pollers cannot reach a service, with the needs and costs of each. */
import type { Change } from '../fixes/fix.js';
import type { Component, PathAnswer } from './answer.js';
import { joinedByKind, joinFixes } from './fixes/join.js';
import { providedByLambda } from './fixes/egress-options.js';
import { serviceNames, type NetworkQuestion, type NetworkReads, type ServiceName } from './question.js';
import { blocksInternetGateways } from './public-access.js';
import { enumerate } from '../text/enumerate.js';
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
        ? `the existing endpoints, after the fix for ${enumerate(obstacles)}`
        : [
            ...(interfaces.length > 0
              ? [
                  `${interfaces.length > 1 ? 'interface endpoints' : 'an interface endpoint'} for ${namesOf(interfaces)}, with private DNS, in a subnet of each Availability Zone (${zones}); the security group must allow inbound TCP 443 from the pollers’ groups`,
                ]
              : []),
            ...(services.includes('s3')
              ? ['a gateway endpoint for S3, associated with the subnets’ route tables']
              : []),
          ].join('; '),
      costs: endpointsExist
        ? 'nothing more'
        : interfaces.length === 0
          ? 'nothing'
          : `per hour for each endpoint and zone (${interfaces.length} × ${zones}), and per GB`,
    },
    {
      way: 'nat-gateway',
      services,
      changes: byKind.route?.changes ?? [],
      needs: isBlocked
        ? 'a public NAT gateway in a subnet that is excluded from VPC Block Public Access (allow-egress), or VPC Block Public Access in mode block-ingress'
        : arePublic
          ? 'private subnets: their default route must point to a NAT gateway in another, public subnet instead of the internet gateway'
          : 'a public NAT gateway with an Elastic IP address in a public subnet, preferably one in each Availability Zone, and the default route of each poller subnet to it',
      costs: 'per hour for each NAT gateway, and per GB',
    },
    ...(services.length === others.length
      ? []
      : [
          {
            way: 'provisioned-pollers' as const,
            services: services.filter((service) => providedByLambda.includes(service)),
            changes: byKind.mapping?.changes ?? [],
            needs: `nothing in the VPC${others.length === 0 ? '' : `; ${namesOf(others)} still ${others.length === 1 ? 'needs' : 'need'} a network path`}`,
            costs: 'per hour for each event poller unit',
          },
        ]),
  ];
}

const namesOf = (services: readonly ServiceName[]): string => enumerate(services.map((name) => serviceNames[name]));

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
