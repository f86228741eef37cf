/** Security groups with the rules of all resources that add to them. */
import type { IpPermission, SecurityGroup } from '../../snapshot/resources/index.js';
import { hasSymbol, isSymbol, isTextSymbol } from '../../snapshot/symbols.js';
import { defaultGroup } from '../cloudformation/identities.js';
import { isObject, type Json, type JsonObject, type TemplateResource } from '../resource.js';
import { addTo, listOf, numberOf, textOf, type Deploying } from './deploying.js';

/** CloudFormation and the API allow all outbound traffic unless the template has outbound rules. */
const allTraffic: IpPermission = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};

export function addSecurityGroups(deploying: Deploying): void {
  for (const group of groupsOf(deploying)) addTo(deploying.snapshot.securityGroups, group.VpcId, group);
}

/** All groups that the templates create, and the default group of each new VPC, whose members reach one another. */
export const groupsOf = (deploying: Deploying): SecurityGroup[] => [
  ...deploying.all('AWS::EC2::SecurityGroup').map((resource) => groupOf(deploying, resource)),
  ...deploying.all('AWS::EC2::VPC').map(({ id }) => defaultGroupOf(deploying, id)),
];

function defaultGroupOf(deploying: Deploying, vpcId: string): SecurityGroup {
  const groupId = defaultGroup(vpcId);
  const adopted = deploying.find(groupId, 'Terraform::EC2::DefaultSecurityGroup');
  // Terraform removes all rules of a default group that it adopts.
  if (adopted !== undefined)
    return groupOf(deploying, { ...adopted, properties: { ...adopted.properties, GroupName: 'default' } });
  return {
    GroupId: groupId,
    GroupName: 'default',
    VpcId: vpcId,
    OwnerId: deploying.scope.account,
    IpPermissions: [
      { ...allTraffic, IpRanges: [], UserIdGroupPairs: [{ GroupId: groupId }] },
      ...added(deploying, groupId, 'Ingress'),
    ],
    IpPermissionsEgress: [allTraffic, ...added(deploying, groupId, 'Egress')],
  };
}

/** The rules that other resources add to the group. */
const added = (deploying: Deploying, groupId: string, side: 'Ingress' | 'Egress'): IpPermission[] =>
  deploying
    .all(`AWS::EC2::SecurityGroup${side}`)
    .filter(({ properties }) => properties['GroupId'] === groupId)
    .flatMap(({ properties }) => permissions(deploying, properties, side === 'Ingress' ? 'Source' : 'Destination'));

function groupOf(deploying: Deploying, { id, properties, format }: TemplateResource): SecurityGroup {
  const rulesOf = (type: string) =>
    deploying
      .all(type)
      .filter(({ properties: { GroupId: group } }) => group === id || group === properties['GroupName']);
  const [ingress, egress] = [rulesOf('AWS::EC2::SecurityGroupIngress'), rulesOf('AWS::EC2::SecurityGroupEgress')];
  // Terraform removes the rule that allows all outbound traffic from every group that it creates.
  const hasDefault = format !== 'terraform' && properties['SecurityGroupEgress'] === undefined && egress.length === 0;
  return {
    GroupId: id,
    GroupName: textOf(properties['GroupName']),
    VpcId: textOf(properties['VpcId']),
    OwnerId: deploying.scope.account,
    IpPermissions: [
      ...listOf(properties['SecurityGroupIngress']).flatMap((rule) => permissions(deploying, rule, 'Source')),
      ...ingress.flatMap(({ properties: rule }) => permissions(deploying, rule, 'Source')),
    ],
    IpPermissionsEgress: [
      ...(hasDefault ? [allTraffic] : []),
      ...listOf(properties['SecurityGroupEgress']).flatMap((rule) => permissions(deploying, rule, 'Destination')),
      ...egress.flatMap(({ properties: rule }) => permissions(deploying, rule, 'Destination')),
    ],
  };
}

/** What a rule allows. A rule of which a part is not known allows all traffic, or what its known parts say. */
export function permissions(deploying: Deploying, rule: Json, side: 'Source' | 'Destination'): IpPermission[] {
  if (!isObject(rule)) return isSymbol(rule) && deploying.allowsUndecided() ? [allTraffic] : [];
  const isOpen = ['IpProtocol', 'FromPort', 'ToPort'].some((name) => isSymbol(rule[name]));
  const peers = ['CidrIp', 'CidrIpv6', `${side}SecurityGroupId`, `${side}PrefixListId`];
  if (!isOpen && !peers.some((name) => isUnknownPeer(rule[name]))) return [permission(rule, side)];
  if (deploying.allowsUndecided()) return [allTraffic];
  return isOpen ? [] : [permission(rule, side)];
}

/** The id of a new group is a symbol too, but one that is known. */
const isUnknownPeer = (value: Json | undefined): boolean =>
  typeof value === 'string' && (isSymbol(value) ? isTextSymbol(value) : hasSymbol(value) && value.includes('/'));

function permission(rule: JsonObject, side: 'Source' | 'Destination'): IpPermission {
  const group = textOf(rule[`${side}SecurityGroupId`]);
  const list = textOf(rule[`${side}PrefixListId`]);
  const [cidr, cidr6] = [textOf(rule['CidrIp']), textOf(rule['CidrIpv6'])];
  return {
    IpProtocol: protocolOf(rule['IpProtocol']),
    ...portsOf(rule),
    IpRanges: cidr === undefined ? [] : [{ CidrIp: cidr }],
    Ipv6Ranges: cidr6 === undefined ? [] : [{ CidrIpv6: cidr6 }],
    PrefixListIds: list === undefined ? [] : [{ PrefixListId: list }],
    UserIdGroupPairs: group === undefined ? [] : [{ GroupId: group }],
  };
}

const protocolOf = (value: Json | undefined): string => {
  const text = (textOf(value) ?? '-1').toLowerCase();
  return text === 'all' ? '-1' : text;
};

function portsOf(rule: JsonObject) {
  const [from, to] = [numberOf(rule['FromPort']), numberOf(rule['ToPort'])];
  return { ...(from === undefined ? {} : { FromPort: from }), ...(to === undefined ? {} : { ToPort: to }) };
}
