/** What changes of a network write. */
import { ruleTexts } from './security-group-rules.js';
import { vpcEndpoints } from './vpc-endpoint.js';
import {
  itemOf,
  settingsBeside,
  valueOf,
  type Ask,
  type Input,
  type WrittenPart,
  type WrittenParts,
} from './written-part.js';

type Item = Record<string, unknown>;

/** By rule of the call, whether the security group has it. Other rules of the group do not matter. */
const groupRules = (list: 'IpPermissions' | 'IpPermissionsEgress', isThere: boolean): WrittenPart => ({
  read: (ask, { GroupId, IpPermissions }) =>
    valueOf(ask.call('ec2', 'DescribeSecurityGroups', { GroupIds: [GroupId] }), (answer) => {
      const existing = new Set(ruleTexts(itemOf(answer, 'SecurityGroups', { GroupId })?.[list]));
      return Object.fromEntries(ruleTexts(IpPermissions).map((rule) => [rule, existing.has(rule)]));
    }),
  after: ({ IpPermissions }) => Object.fromEntries(ruleTexts(IpPermissions).map((rule) => [rule, isThere])),
});

const entryMembers = ['Protocol', 'RuleAction', 'CidrBlock', 'Ipv6CidrBlock', 'PortRange', 'IcmpTypeCode'] as const;
const entryOf = (item: Item): Item => Object.fromEntries(entryMembers.map((name) => [name, item[name] ?? null]));

const aclEntry = (after: WrittenPart['after']): WrittenPart => ({
  read: (ask, { NetworkAclId, RuleNumber: number, Egress: egress }) =>
    valueOf(ask.call('ec2', 'DescribeNetworkAcls', { NetworkAclIds: [NetworkAclId] }), (answer) => {
      const entries = (itemOf(answer, 'NetworkAcls', { NetworkAclId })?.['Entries'] ?? []) as Item[];
      const entry = entries.find((candidate) => candidate['RuleNumber'] === number && candidate['Egress'] === egress);
      return entry === undefined ? null : entryOf(entry);
    }),
  after,
});

const destinations = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'] as const;
/** The id that a route points to, by whichever member. A firewall endpoint is written as VpcEndpointId and listed as GatewayId. */
const targetOf = (route: Item): unknown =>
  Object.entries(route).find(
    ([name, value]) =>
      /^(\w+Id|CoreNetworkArn|OdbNetworkArn)$/.test(name) && !isKeyOfRoute(name) && value !== undefined,
  )?.[1];
const isKeyOfRoute = (name: string): boolean =>
  ['RouteTableId', 'DestinationPrefixListId', 'InstanceOwnerId'].includes(name);

const route = (after: WrittenPart['after']): WrittenPart => ({
  read: (ask, { RouteTableId, ...input }) =>
    valueOf(ask.call('ec2', 'DescribeRouteTables', { RouteTableIds: [RouteTableId] }), (answer) => {
      const routes = (itemOf(answer, 'RouteTables', { RouteTableId })?.['Routes'] ?? []) as Item[];
      const existing = routes.find((candidate) =>
        destinations.every((name) => (candidate[name] ?? null) === (input[name] ?? null)),
      );
      return existing === undefined ? null : { target: targetOf(existing) };
    }),
  after,
});

async function readVpcAttributes(ask: Ask, { VpcId, ...attributes }: Input): ReturnType<WrittenPart['read']> {
  const [name = ''] = Object.keys(attributes);
  const Attribute = name.charAt(0).toLowerCase() + name.slice(1);
  return valueOf(ask.call('ec2', 'DescribeVpcAttribute', { VpcId, Attribute }), (answer) => ({
    [name]: answer[name],
  }));
}

const networkInterface = (ask: Ask, { NetworkInterfaceId: id }: Input, pick: (item: Item) => unknown) =>
  valueOf(ask.call('ec2', 'DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] }), (answer) => {
    const item = itemOf(answer, 'NetworkInterfaces', { NetworkInterfaceId: id });
    return item === undefined ? null : pick(item);
  });

export const ec2: WrittenParts = {
  AuthorizeSecurityGroupIngress: groupRules('IpPermissions', true),
  RevokeSecurityGroupIngress: groupRules('IpPermissions', false),
  AuthorizeSecurityGroupEgress: groupRules('IpPermissionsEgress', true),
  RevokeSecurityGroupEgress: groupRules('IpPermissionsEgress', false),
  CreateNetworkAclEntry: aclEntry(entryOf),
  ReplaceNetworkAclEntry: aclEntry(entryOf),
  DeleteNetworkAclEntry: aclEntry(() => null),
  CreateRoute: route((input) => ({ target: targetOf(input) })),
  ReplaceRoute: route((input) => ({ target: targetOf(input) })),
  DeleteRoute: route(() => null),
  ...vpcEndpoints,
  // AWS changes one attribute of a VPC in a call (EC2 API: ModifyVpcAttribute).
  ModifyVpcAttribute: { read: readVpcAttributes, after: (input) => settingsBeside('VpcId', input) },
  ModifyNetworkInterfaceAttribute: {
    read: (ask, input) =>
      networkInterface(ask, input, ({ SourceDestCheck: Value }) => ({ SourceDestCheck: { Value } })),
    after: ({ SourceDestCheck }) => (SourceDestCheck === undefined ? undefined : { SourceDestCheck }),
  },
  DeleteNetworkInterface: { read: (ask, input) => networkInterface(ask, input, () => true), after: () => null },
};
