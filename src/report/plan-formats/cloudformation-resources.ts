/** An API call as resources of CloudFormation. */
import type { Change } from '../../fixes/fix.js';
import { changesExisting } from './changes-existing.js';
import { rulesOf } from '../../aws/security-group-rules.js';

export interface CloudFormationResource {
  Type: string;
  Properties: Record<string, unknown>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the input of any AWS operation
type Input = Record<string, any>;

/** The operations that create something which is a resource of its own. */
const resources: Record<string, (input: Input) => CloudFormationResource[]> = {
  'iam PutRolePolicy': ({ RoleName, PolicyName, PolicyDocument }) => [
    { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName, PolicyName, PolicyDocument: JSON.parse(PolicyDocument) } },
  ],
  'secretsmanager PutResourcePolicy': ({ SecretId, ResourcePolicy }) => [
    {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: { SecretId, ResourcePolicy: JSON.parse(ResourcePolicy) },
    },
  ],
  'kafka PutClusterPolicy': ({ ClusterArn, Policy }) => [
    { Type: 'AWS::MSK::ClusterPolicy', Properties: { ClusterArn, Policy: JSON.parse(Policy) } },
  ],
  'kafka BatchAssociateScramSecret': ({ ClusterArn, SecretArnList }) => [
    { Type: 'AWS::MSK::BatchScramSecret', Properties: { ClusterArn, SecretArnList } },
  ],
  // `Configs` is encoded in base64 in both.
  'kafka CreateTopic': (input) => [{ Type: 'AWS::MSK::Topic', Properties: input }],
  'lambda PublishVersion': ({ FunctionName, PublishTo }) =>
    PublishTo === undefined ? [{ Type: 'AWS::Lambda::Version', Properties: { FunctionName } }] : [],
  'ec2 AuthorizeSecurityGroupIngress': (input) => groupRules('Ingress', input),
  'ec2 AuthorizeSecurityGroupEgress': (input) => groupRules('Egress', input),
  'ec2 CreateNetworkAclEntry': ({ Protocol, ...entry }) => [
    { Type: 'AWS::EC2::NetworkAclEntry', Properties: { ...(entry as object), Protocol: Number(Protocol) } },
  ],
  'ec2 CreateRoute': (route) => [{ Type: 'AWS::EC2::Route', Properties: route }],
  'ec2 CreateVpcEndpoint': ({ PolicyDocument, ...endpoint }) => [
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ...(endpoint as object),
        ...(PolicyDocument === undefined ? {} : { PolicyDocument: JSON.parse(PolicyDocument) }),
      },
    },
  ],
};

/** The resources for a call; empty where CloudFormation can only change it by importing an existing resource. */
export const cloudFormationOf = (change: Change): CloudFormationResource[] =>
  changesExisting(change) ? [] : (resources[`${change.service} ${change.operation}`]?.(change.input as Input) ?? []);

const groupRules = (
  direction: 'Ingress' | 'Egress',
  { GroupId, IpPermissions: permissions }: Input,
): CloudFormationResource[] =>
  rulesOf(permissions).map(({ protocol, fromPort, toPort, peer, description }) => ({
    Type: `AWS::EC2::SecurityGroup${direction}`,
    Properties: {
      GroupId,
      IpProtocol: protocol,
      ...(fromPort === undefined ? {} : { FromPort: fromPort }),
      ...(toPort === undefined ? {} : { ToPort: toPort }),
      ...peerOf(direction, peer),
      ...(description === undefined ? {} : { Description: description }),
    },
  }));

function peerOf(direction: 'Ingress' | 'Egress', { kind, value, account }: ReturnType<typeof rulesOf>[number]['peer']) {
  const side = direction === 'Ingress' ? 'Source' : 'Destination';
  switch (kind) {
    case 'cidr':
      return { CidrIp: value };
    case 'cidr-v6':
      return { CidrIpv6: value };
    case 'prefix-list':
      return { [`${side}PrefixListId`]: value };
    case 'group':
      return {
        [`${side}SecurityGroupId`]: value,
        ...(account === undefined || direction === 'Egress' ? {} : { SourceSecurityGroupOwnerId: account }),
      };
  }
}
