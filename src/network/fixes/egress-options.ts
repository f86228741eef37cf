/**
 * Fixes for an unreachable service, as alternatives: a NAT instance, an existing NAT gateway, an endpoint,
 * provisioned mode, a new NAT gateway.
 */
import type { Change, Fix } from '../../fixes/fix.js';
import type { VpcEndpoint } from '../../snapshot/resources/index.js';
import { shell } from '../../text/shell.js';
import { serviceNames, type ServiceName } from '../question.js';
import { addRouteTables, enableVpcDns } from './endpoints.js';
import { openGroup } from './groups.js';

/** The resources of the account that could help for a service that a poller subnet cannot reach. */
export interface Situation {
  service: ServiceName;
  serviceName: string;
  vpcId: string;
  /** One per zone: an interface endpoint accepts only one. */
  subnetIds: readonly string[];
  groups: readonly string[];
  /** Whether these security groups allow 443 between their members, inbound and outbound. */
  admitsItself: { in: boolean; out: boolean };
  dnsOff: readonly string[];
  /** Endpoints of the service that exist but are not available. */
  dead: readonly VpcEndpoint[];
  /** For S3: a gateway endpoint that is not associated with these route tables yet. */
  gateway: VpcEndpoint | undefined;
  tables: readonly string[];
  /** The subnet's route table, and the NAT gateway for its default route. */
  nat: { tableId: string; natGatewayId: string; replaces: Record<string, unknown> | null } | undefined;
  publicSubnets: boolean;
  /**
   * VPC Block Public Access also blocks NAT gateways: `nat` where one is on the path, `vpc` where one would be
   * blocked.
   */
  publicAccessBlock: 'nat' | 'vpc' | undefined;
  /** A NAT instance whose source/destination check is enabled. */
  checkedInterface: string | undefined;
  mappingUuid: string;
}

export const egressFixes = (situation: Situation): Fix[] => [
  ...withoutSourceCheck(situation),
  ...routeToNat(situation),
  byEndpoint(situation),
  ...byProvisionedPollers(situation),
  ...pastPublicAccessBlock(situation),
  ...byNewNat(situation),
];

function routeToNat({ nat }: Situation): Fix[] {
  if (nat === undefined) return [];
  const { tableId, natGatewayId, replaces } = nat;
  const route = { RouteTableId: tableId, DestinationCidrBlock: '0.0.0.0/0' };
  const input = { ...route, NatGatewayId: natGatewayId };
  const change: Change =
    replaces === null
      ? {
          service: 'ec2',
          operation: 'CreateRoute',
          input,
          undo: { service: 'ec2', operation: 'DeleteRoute', input: route },
        }
      : {
          service: 'ec2',
          operation: 'ReplaceRoute',
          input,
          undo: { service: 'ec2', operation: 'ReplaceRoute', input: { ...route, ...replaces } },
        };
  return [
    {
      title: `Point the default route of ${tableId} to NAT gateway ${natGatewayId} (billed per GB)`,
      safety: 'care',
      changes: [change],
    },
  ];
}

function byEndpoint(situation: Situation): Fix {
  const { service, serviceName, vpcId, dead, gateway, tables, groups, admitsItself, dnsOff } = situation;
  if (service === 's3') {
    if (gateway !== undefined) return addRouteTables(gateway, tables);
    return {
      title: `Create a gateway endpoint for S3 in ${vpcId} (free)`,
      safety: 'care',
      changes: [
        {
          service: 'ec2',
          operation: 'CreateVpcEndpoint',
          input: { VpcEndpointType: 'Gateway', VpcId: vpcId, ServiceName: serviceName, RouteTableIds: [...tables] },
          undo: null,
        },
      ],
    };
  }
  const ids = dead.map(({ VpcEndpointId }) => VpcEndpointId);
  const isIn = (state: string) => dead.some(({ State }) => (State ?? '').toLowerCase() === state);
  if (isIn('pending'))
    return {
      title: `Wait until ${ids.join(', ')} is available`,
      safety: 'by-hand',
      changes: [],
      commands: ids.map((id) => shell`aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${id}`),
    };
  if (isIn('pendingacceptance'))
    return {
      title: `Ask the owner of the endpoint service to accept ${ids.join(', ')}`,
      safety: 'by-hand',
      changes: [],
    };
  const failed = dead
    .filter(({ State }) => !(State ?? '').toLowerCase().startsWith('delet'))
    .map(({ VpcEndpointId }) => VpcEndpointId);
  const [group] = groups;
  const between = (direction: 'in' | 'out') =>
    admitsItself[direction] || group === undefined
      ? []
      : openGroup(group, direction, { from: 443, to: 443 }, group).changes;
  return {
    title: `${failed.length === 0 ? 'Create an' : 'Recreate the'} interface endpoint for ${serviceNames[service]} (${interfaceCost})`,
    safety: 'care',
    changes: [
      ...(dnsOff.length === 0 ? [] : enableVpcDns(vpcId, dnsOff).changes),
      // Two endpoints of one service cannot both have private DNS.
      ...(failed.length === 0
        ? []
        : [{ service: 'ec2', operation: 'DeleteVpcEndpoints', input: { VpcEndpointIds: failed }, undo: null }]),
      {
        service: 'ec2',
        operation: 'CreateVpcEndpoint',
        undo: null,
        input: {
          VpcEndpointType: 'Interface',
          VpcId: vpcId,
          ServiceName: serviceName,
          SubnetIds: [...situation.subnetIds],
          SecurityGroupIds: [...groups],
          PrivateDnsEnabled: true,
        },
      },
      ...between('in'),
      ...between('out'),
    ],
  };
}

export const interfaceCost = 'billed per hour, zone and GB';

/** In provisioned mode the pollers need no path to these (AWS: configuring network security for MSK). */
export const providedByLambda: readonly ServiceName[] = ['lambda', 'sts', 'secretsmanager'];

function byProvisionedPollers({ service, mappingUuid }: Situation): Fix[] {
  if (!providedByLambda.includes(service)) return [];
  const call = (pollers: object) => ({
    service: 'lambda',
    operation: 'UpdateEventSourceMapping',
    input: { UUID: mappingUuid, ProvisionedPollerConfig: pollers },
  });
  return [
    {
      title:
        'Use provisioned mode, which needs no network path to Lambda, STS or Secrets Manager (billed per event poller unit and hour)',
      safety: 'care',
      changes: [{ ...call({ MinimumPollers: 1, MaximumPollers: 2 }), undo: call({}) }],
    },
  ];
}

function withoutSourceCheck({ checkedInterface: id }: Situation): Fix[] {
  if (id === undefined) return [];
  const call = (on: boolean) => ({
    service: 'ec2',
    operation: 'ModifyNetworkInterfaceAttribute',
    input: { NetworkInterfaceId: id, SourceDestCheck: { Value: on } },
  });
  return [
    {
      title: `Disable the source/destination check of ${id}, so that the NAT instance forwards traffic (free)`,
      safety: 'care',
      changes: [{ ...call(false), undo: call(true) }],
    },
  ];
}

const pastPublicAccessBlock = ({ publicAccessBlock }: Situation): Fix[] =>
  publicAccessBlock === 'nat'
    ? [
        {
          title:
            'Exclude the NAT gateways’ subnets from VPC Block Public Access (allow-egress), or set its mode to block-ingress, which allows NAT gateways',
          safety: 'by-hand',
          changes: [],
        },
      ]
    : [];

/** A subnet with a route to an internet gateway would no longer be public. */
const byNewNat = ({ publicSubnets, publicAccessBlock, nat }: Situation): Fix[] =>
  publicSubnets || publicAccessBlock !== undefined || nat !== undefined
    ? []
    : [
        {
          title:
            'Create a public NAT gateway and point the default routes of the subnets to it (billed per hour and GB)',
          safety: 'by-hand',
          changes: [],
        },
      ];
