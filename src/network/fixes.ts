/** The smallest changes that let a flow through, as data. */
import type { Fix } from '../fixes/fix.js';
import type { VpcEndpoint } from '../snapshot/resources/index.js';
import { formatRange, type Range } from './intervals.js';
import type { NetworkQuestion, ServiceName } from './question.js';

/** A rule that lets a group's members in, or out to another group's. */
export function openGroup(groupId: string, direction: 'in' | 'out', ports: Range, peerGroupId: string): Fix {
  const operation = direction === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const input = {
    GroupId: groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: ports.from, ToPort: ports.to, UserIdGroupPairs: [{ GroupId: peerGroupId }] }],
  };
  return {
    title: `Let ${direction === 'in' ? `${peerGroupId} in to` : `members of`} ${groupId} ${direction === 'in' ? '' : `out to ${peerGroupId} `}on TCP ${formatRange(ports)}`.replace(/ {2,}/g, ' '),
    safety: 'safe',
    changes: [{ service: 'ec2', operation, input, undo: { service: 'ec2', operation: operation.replace('Authorize', 'Revoke'), input } }],
  };
}

export function openHttps(groupId: string): Fix {
  const input = { GroupId: groupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] };
  return {
    title: `Let members of ${groupId} out on TCP 443`,
    safety: 'safe',
    changes: [
      { service: 'ec2', operation: 'AuthorizeSecurityGroupEgress', input, undo: { service: 'ec2', operation: 'RevokeSecurityGroupEgress', input } },
    ],
  };
}

/** The ways to a service side by side: an endpoint, provisioned pollers, a NAT gateway. */
export function waysToService(question: NetworkQuestion, service: ServiceName, vpcId: string, subnetIds: readonly string[], publicSubnets: boolean): Fix[] {
  const prefix = question.partition === 'aws-cn' ? 'cn.com.amazonaws' : 'com.amazonaws';
  const groups = question.placements[0]?.securityGroupIds ?? [];
  return [
    {
      title: `Create an interface endpoint for ${service} in ${vpcId} (billed by the hour and zone; its security group must let the pollers’ groups in on 443)`,
      safety: 'care',
      changes: [
        {
          service: 'ec2',
          operation: 'CreateVpcEndpoint',
          input: {
            VpcEndpointType: 'Interface', VpcId: vpcId, ServiceName: `${prefix}.${question.region}.${service}`,
            SubnetIds: [...subnetIds], SecurityGroupIds: [...groups], PrivateDnsEnabled: true,
          },
          undo: null,
        },
        ...groups.slice(0, 1).flatMap((group) => openGroup(group, 'in', { from: 443, to: 443 }, group).changes),
      ],
    },
    ...(service === 'lambda' || service === 'sts' || service === 'secretsmanager'
      ? [
          {
            title: 'Or switch to provisioned pollers, which need no way to Lambda, STS and Secrets Manager (billed by the hour)',
            safety: 'care' as const,
            changes: [
              {
                service: 'lambda', operation: 'UpdateEventSourceMapping',
                input: { UUID: question.mappingUuid, ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } },
                undo: { service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: question.mappingUuid, ProvisionedPollerConfig: {} } },
              },
            ],
          },
        ]
      : []),
    ...(publicSubnets
      ? []
      : [{ title: 'Or give each of the subnets a default route to a public NAT gateway (billed by the hour and by what it carries)', safety: 'by-hand' as const, changes: [] }]),
  ];
}

export const enablePrivateDns = ({ VpcEndpointId: id }: VpcEndpoint): Fix => ({
  title: `Turn private DNS on for ${id}`,
  safety: 'care',
  changes: [
    {
      service: 'ec2', operation: 'ModifyVpcEndpoint', input: { VpcEndpointId: id, PrivateDnsEnabled: true },
      undo: { service: 'ec2', operation: 'ModifyVpcEndpoint', input: { VpcEndpointId: id, PrivateDnsEnabled: false } },
    },
  ],
});

/** One attribute a call: EC2 takes no two together. */
export const enableVpcDns = (vpcId: string, attributes: readonly string[]): Fix => ({
  title: `Turn ${attributes.join(' and ')} on for ${vpcId}`,
  safety: 'care',
  changes: attributes.map((attribute) => {
    const member = attribute === 'enableDnsSupport' ? 'EnableDnsSupport' : 'EnableDnsHostnames';
    const call = (on: boolean) => ({ service: 'ec2', operation: 'ModifyVpcAttribute', input: { VpcId: vpcId, [member]: { Value: on } } });
    return { ...call(true), undo: call(false) };
  }),
});

export const openEndpointPolicy = ({ VpcEndpointId: id, PolicyDocument: policy }: VpcEndpoint): Fix => ({
  title: `Give ${id} the default policy, which lets every call pass`,
  safety: 'care',
  changes: [
    {
      service: 'ec2', operation: 'ModifyVpcEndpoint', input: { VpcEndpointId: id, ResetPolicy: true },
      undo: { service: 'ec2', operation: 'ModifyVpcEndpoint', input: { VpcEndpointId: id, PolicyDocument: policy ?? '' } },
    },
  ],
});
