/** The smallest changes that let a flow through, as data. */
import type { Fix } from '../fixes/fix.js';
import type { NetworkAcl, VpcEndpoint } from '../snapshot/resources/index.js';
import type { NetworkQuestion, ServiceName } from './question.js';
import { portsText, type Direction, type Ports } from './security-groups.js';

/** A rule that lets a group's members in, or out to another group's. */
export function openGroup(groupId: string, direction: Direction, ports: Ports, peerGroupId: string): Fix {
  const operation = direction === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const input = {
    GroupId: groupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: ports.from, ToPort: ports.to, UserIdGroupPairs: [{ GroupId: peerGroupId }] }],
  };
  return {
    title: `Let ${direction === 'in' ? `${peerGroupId} in to` : `members of`} ${groupId} ${direction === 'in' ? '' : `out to ${peerGroupId} `}on TCP ${portsText(ports)}`.replace(/ {2,}/g, ' '),
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
export function waysToService(
  question: NetworkQuestion,
  service: ServiceName,
  { vpcId, subnetIds, groups, admitsItself, publicSubnets }: { vpcId: string; subnetIds: readonly string[]; groups: readonly string[]; admitsItself: boolean; publicSubnets: boolean },
): Fix[] {
  const prefix = question.partition === 'aws-cn' ? 'cn.com.amazonaws' : 'com.amazonaws';
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
        ...(admitsItself ? [] : groups.slice(0, 1)).flatMap((group) => openGroup(group, 'in', { from: 443, to: 443 }, group).changes),
      ],
    },
    ...(service === 'lambda' || service === 'sts' || service === 'secretsmanager'
      ? [
          {
            title: 'Switch to provisioned pollers, which need no way to Lambda, STS and Secrets Manager (billed by the hour)',
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
      : [{ title: 'Give each of the subnets a default route to a public NAT gateway (billed by the hour and by what it carries)', safety: 'by-hand' as const, changes: [] }]),
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

/** A rule before all others of the ACL. Several of them for one ACL are given numbers of their own by `joinAclFixes`. */
export function allowThrough(acl: NetworkAcl, direction: Direction, ports: Ports, cidr: string): Fix {
  const Egress = direction === 'out';
  const taken = acl.Entries.filter((entry) => (entry.Egress === true) === Egress).map((entry) => entry.RuleNumber ?? 1);
  const input = { NetworkAclId: acl.NetworkAclId, Egress, RuleNumber: Math.min(32_767, ...taken) - 1, Protocol: '6', RuleAction: 'allow', CidrBlock: cidr, PortRange: { From: ports.from, To: ports.to } };
  return {
    title: `Let TCP ${portsText(ports)} ${direction === 'in' ? 'in from' : 'out to'} ${cidr} through ${acl.NetworkAclId}`,
    safety: 'care',
    changes: [{ service: 'ec2', operation: 'CreateNetworkAclEntry', input, undo: null }],
  };
}

/** Several missing rules as one fix: a number of an ACL is taken once. By hand where the ACL has no number left before its first rule. */
export function joinAclFixes(fixes: readonly Fix[]): Fix[] {
  const rules = [...new Map(fixes.flatMap((fix) => fix.changes).map((change) => [JSON.stringify(change.input), change])).values()];
  const next = new Map<string, number>();
  const changes = rules.map((rule) => {
    const { NetworkAclId, Egress, RuleNumber } = rule.input as { NetworkAclId: string; Egress: boolean; RuleNumber: number };
    const number = next.get(`${NetworkAclId} ${Egress}`) ?? RuleNumber;
    next.set(`${NetworkAclId} ${Egress}`, number - 1);
    const undo = { service: 'ec2', operation: 'DeleteNetworkAclEntry', input: { NetworkAclId, Egress, RuleNumber: number } };
    return { ...rule, input: { ...rule.input, RuleNumber: number }, undo };
  });
  if (fixes.length === 0) return [];
  const title = fixes.length === 1 ? fixes[0]!.title : `Add the missing rules to the network ACL ${[...new Set(rules.map((rule) => String(rule.input['NetworkAclId'])))].join(', ')}`;
  return changes.every((change) => Number(change.input['RuleNumber']) > 0) ? [{ title, safety: 'care', changes }] : [{ title, safety: 'by-hand', changes: [] }];
}

/** Endpoints for several services as one fix: with one of them missing the pollers still stand still. */
export function joinEndpointFixes(fixes: readonly Fix[]): Fix[] {
  const endpoints = fixes.filter((fix) => fix.changes.some(({ operation }) => operation === 'CreateVpcEndpoint'));
  if (endpoints.length < 2) return [...fixes];
  const changes = [...new Map(endpoints.flatMap((fix) => fix.changes).map((change) => [JSON.stringify(change), change])).values()];
  const services = changes.flatMap(({ input }) => (typeof input['ServiceName'] === 'string' ? [input['ServiceName'].split('.').at(-1)!] : []));
  const title = `Create interface endpoints for ${services.join(', ')} (each billed by the hour and zone; their security group must let the pollers’ groups in on 443)`;
  return [{ title, safety: 'care', changes }, ...fixes.filter((fix) => !endpoints.includes(fix))];
}
