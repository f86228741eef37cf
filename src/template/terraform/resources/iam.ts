/** Roles and policies. */
import { policyAttachment } from '../../deploy/iam.js';
import { blocks, hasUnknown, items, member, pick, type Translation } from './translation.js';

export const iam: Record<string, Translation> = {
  aws_iam_role: {
    type: 'AWS::IAM::Role',
    names: { RoleName: 'name', Path: 'path' },
    attributes: { name: 'id', unique_id: 'RoleId' },
    properties: (config, { id }) => ({
      ...pick(config, {
        Path: 'path',
        AssumeRolePolicyDocument: 'assume_role_policy',
        PermissionsBoundary: 'permissions_boundary',
        MaxSessionDuration: 'max_session_duration',
      }),
      RoleName: id,
      ...member('ManagedPolicyArns', config['managed_policy_arns']),
      Policies: blocks(config, 'inline_policy').flatMap((policy, index) => {
        const document = policy['policy'];
        if (document === undefined || document === null) return [];
        // What is no object counts as a policy that is not known.
        return hasUnknown(document)
          ? [document]
          : [{ PolicyName: policy['name'] ?? `policy-${index}`, PolicyDocument: document }];
      }),
    }),
    written: { AssumeRolePolicyDocument: ['assume_role_policy'], Policies: ['inline_policy'] },
  },
  aws_iam_role_policy: {
    type: 'AWS::IAM::RolePolicy',
    names: { PolicyName: 'name' },
    properties: (config) => ({
      ...pick(config, { RoleName: 'role', PolicyDocument: 'policy' }),
      PolicyName: config['name'] ?? 'inline',
    }),
    written: { PolicyDocument: ['policy'] },
  },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    names: { ManagedPolicyName: 'name', Path: 'path' },
    properties: (config) => pick(config, { ManagedPolicyName: 'name', Path: 'path', PolicyDocument: 'policy' }),
    written: { PolicyDocument: ['policy'] },
  },
  aws_iam_role_policy_attachment: {
    type: policyAttachment,
    properties: (config) => ({ Roles: items(config['role']), ...pick(config, { PolicyArn: 'policy_arn' }) }),
  },
  aws_iam_role_policy_attachments_exclusive: {
    type: 'Terraform::IAM::PolicyAttachments',
    properties: () => ({}),
    more: (config) =>
      items(config['policy_arns']).map((policy) => ({
        type: policyAttachment,
        properties: { Roles: items(config['role_name']), PolicyArn: policy },
      })),
  },
  aws_iam_policy_attachment: {
    type: policyAttachment,
    properties: (config) => ({ Roles: items(config['roles']), ...pick(config, { PolicyArn: 'policy_arn' }) }),
  },
};
