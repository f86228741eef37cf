/** Security groups and their rules. */
import type { Json, JsonObject } from '../../resource.js';
import { blocks, items, pick, type Piece, type Translation } from './translation.js';

type Side = 'Source' | 'Destination';

/** One rule of Terraform has several sources; one of CloudFormation has one. */
function rules(rule: JsonObject, side: Side, groupId: Json): JsonObject[] {
  const base = { IpProtocol: rule['protocol'] ?? '-1', ...ports(rule) };
  return [
    ...items(rule['cidr_blocks']).map((cidr) => ({ ...base, CidrIp: cidr })),
    ...items(rule['ipv6_cidr_blocks']).map((cidr) => ({ ...base, CidrIpv6: cidr })),
    ...items(rule['prefix_list_ids']).map((list) => ({ ...base, [`${side}PrefixListId`]: list })),
    ...[...items(rule['security_groups']), ...items(rule['source_security_group_id'])].map((group) => ({
      ...base,
      [`${side}SecurityGroupId`]: group,
    })),
    ...(rule['self'] === true || rule['self'] === 'true' ? [{ ...base, [`${side}SecurityGroupId`]: groupId }] : []),
  ];
}

/** With “all protocols”, ports say nothing. */
function ports(rule: JsonObject): JsonObject {
  const protocol = String(rule['protocol'] ?? rule['ip_protocol'] ?? '-1').toLowerCase();
  if (protocol === '-1' || protocol === 'all') return {};
  return pick(rule, { FromPort: 'from_port', ToPort: 'to_port' });
}

const groupRules = (type: 'Ingress' | 'Egress'): Translation => ({
  type: `AWS::EC2::SecurityGroup${type}`,
  properties: (rule) => {
    const side = type === 'Ingress' ? 'Source' : 'Destination';
    return {
      ...pick(rule, {
        GroupId: 'security_group_id',
        IpProtocol: 'ip_protocol',
        CidrIp: 'cidr_ipv4',
        CidrIpv6: 'cidr_ipv6',
        [`${side}SecurityGroupId`]: 'referenced_security_group_id',
        [`${side}PrefixListId`]: 'prefix_list_id',
      }),
      ...ports(rule),
    };
  },
});

function ruleOf(config: JsonObject): Piece[] {
  const isOutbound = config['type'] === 'egress';
  const group = config['security_group_id'] ?? '';
  return rules(config, isOutbound ? 'Destination' : 'Source', group).map((properties) => ({
    type: isOutbound ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress',
    properties: { GroupId: group, ...properties },
  }));
}

const group: Omit<Translation, 'type'> = {
  properties: (config, { id }) => ({
    ...pick(config, { GroupName: 'name', VpcId: 'vpc_id', GroupDescription: 'description' }),
    SecurityGroupIngress: blocks(config, 'ingress').flatMap((rule) => rules(rule, 'Source', id)),
    SecurityGroupEgress: blocks(config, 'egress').flatMap((rule) => rules(rule, 'Destination', id)),
  }),
  written: { SecurityGroupIngress: ['ingress'], SecurityGroupEgress: ['egress'], GroupName: ['name'] },
};

export const securityGroups: Record<string, Translation> = {
  aws_security_group: { type: 'AWS::EC2::SecurityGroup', ...group },
  aws_default_security_group: {
    type: 'Terraform::EC2::DefaultSecurityGroup',
    names: { VpcId: 'vpc_id' },
    ...group,
  },
  aws_security_group_rule: {
    type: 'Terraform::EC2::SecurityGroupRule',
    properties: () => ({}),
    more: ruleOf,
  },
  aws_vpc_security_group_ingress_rule: groupRules('Ingress'),
  aws_vpc_security_group_egress_rule: groupRules('Egress'),
};
