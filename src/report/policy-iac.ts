/** A policy as Terraform or CloudFormation code, with the resource that attaches it. */
import { lastSegment } from '../aws/arn.js';
import type { Policy } from '../access/policy.js';
import type { PolicySubject } from '../access/policy-subject.js';
import type { Audience } from '../access/policies/audience.js';
import { toJson } from './json.js';
import { toYaml } from './yaml.js';
import { UsageError } from '../errors.js';

type PolicyAudience = Exclude<Audience, 'acls'>;

/** Terraform: a resource with the policy. For a key, whose policy also holds other statements: a document to merge. */
export function toTerraform(whom: PolicyAudience, policy: Policy, trigger: PolicySubject | null): string {
  const json = escapeHcl(toJson(policy).trimEnd()).replaceAll('\n', '\n  ');
  const body = (type: string, ...lines: string[]) =>
    [`resource "${type}" "msk_trigger" {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');
  const inline = (member: string) => `${member} = jsonencode(${json})`;
  switch (whom) {
    case 'role':
      return body(
        'aws_iam_role_policy',
        'name   = "msk-trigger"',
        `role   = ${quoted(roleNameOf(trigger))}`,
        inline('policy'),
      );
    case 'creator':
    case 'invoker':
    case 'doctor':
    case 'probe':
      return body('aws_iam_policy', `name   = "msk-lambda-${whom}"`, inline('policy'));
    case 'secret':
      return body(
        'aws_secretsmanager_secret_policy',
        `secret_arn = ${quoted(trigger?.secretArn ?? 'SECRET_ARN')}`,
        inline('policy'),
      );
    case 'cluster':
      return body('aws_msk_cluster_policy', `cluster_arn = ${quoted(clusterArn(trigger))}`, inline('policy'));
    case 'key':
      return `# One statement to merge into the policy of the key, which must keep its others.\nlocals {\n  ${inline('msk_trigger_key_policy')}\n}`;
    default:
      return body('aws_vpc_endpoint_policy', 'vpc_endpoint_id = "vpce-…"', inline('policy'));
  }
}

/** JSON is valid HCL, except for template sequences in its strings. */
const escapeHcl = (json: string): string => json.replaceAll('${', '$${').replaceAll('%{', '%%{');
const quoted = (text: string): string => escapeHcl(toJson(text).trimEnd());

const clusterArn = (trigger: PolicySubject | null): string => {
  if (trigger === null) return 'CLUSTER_ARN';
  const { partition, region, account, name, uuid } = trigger.cluster;
  return `arn:${partition}:kafka:${region}:${account}:cluster/${name}/${uuid}`;
};

/** CloudFormation, as YAML. A key policy belongs into the template that creates the key. */
export function toCloudFormation(whom: PolicyAudience, policy: Policy, trigger: PolicySubject | null): string {
  const template = (Type: string, Properties: object, Parameters?: object) =>
    toYaml({
      AWSTemplateFormatVersion: '2010-09-09',
      ...(Parameters === undefined ? {} : { Parameters }),
      Resources: { MskTrigger: { Type, Properties } },
    });
  switch (whom) {
    case 'role':
      return template('AWS::IAM::RolePolicy', {
        PolicyName: 'msk-trigger',
        RoleName: roleNameOf(trigger),
        PolicyDocument: policy,
      });
    case 'creator':
    case 'invoker':
    case 'doctor':
    case 'probe':
      return template('AWS::IAM::ManagedPolicy', { ManagedPolicyName: `msk-lambda-${whom}`, PolicyDocument: policy });
    case 'secret':
      return template('AWS::SecretsManager::ResourcePolicy', {
        SecretId: trigger?.secretArn ?? 'SECRET_ARN',
        ResourcePolicy: policy,
      });
    case 'cluster':
      return template('AWS::MSK::ClusterPolicy', { ClusterArn: clusterArn(trigger), Policy: policy });
    case 'key':
      throw new UsageError(
        'CloudFormation has no resource for the policy of a key that is there',
        'Take --output json, and add the statement to the template that makes the key.',
      );
    default:
      return template(
        'AWS::EC2::VPCEndpoint',
        {
          VpcEndpointType: 'Interface',
          PrivateDnsEnabled: true,
          ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${whom.replace('-endpoint', '')}` },
          VpcId: { Ref: 'VpcId' },
          SubnetIds: { Ref: 'SubnetIds' },
          SecurityGroupIds: { Ref: 'SecurityGroupIds' },
          PolicyDocument: policy,
        },
        {
          VpcId: { Type: 'AWS::EC2::VPC::Id' },
          SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
          SecurityGroupIds: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
        },
      );
  }
}

const roleNameOf = (trigger: PolicySubject | null): string =>
  trigger?.roleArn == null ? 'ROLE_NAME' : lastSegment(trigger.roleArn);
