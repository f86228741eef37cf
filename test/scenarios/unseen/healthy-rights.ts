/** Policies, keys and secrets that work, written from AWS’s documentation: nothing in them may be blamed. */
import {
  account,
  clusterArn,
  clusterName,
  keyArn,
  region,
  roleArn,
  secretArn,
  topic,
  value,
  vpcId,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { allow, deny, document, inline, role } from '../parts.js';
import {
  kafka,
  kafkaAll,
  denyAlso,
  trust,
  boundary,
  scp,
  rcp,
  root,
  keyPolicy,
  type HealthyAccount,
  lambdaTrust,
} from './parts.js';

export const healthyRights: readonly HealthyAccount[] = [
  {
    name: 'NotAction and NotResource',
    change: denyAlso(
      deny([], [], {
        Action: undefined,
        NotAction: ['kafka-cluster:*', 'kafka:*', 'ec2:*', 'logs:*', 'sts:*', 'secretsmanager:*'],
        Resource: '*',
      }),
      {
        Effect: 'Deny',
        Action: 'kafka-cluster:*',
        NotResource: [clusterArn, kafka('topic', `${clusterName}/*`), kafka('group', `${clusterName}/*`)],
      },
    ),
  },
  {
    name: 'calls only from the corporate network, except through services',
    change: denyAlso(
      deny('*', '*', {
        Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] }, Bool: { 'aws:ViaAWSService': 'false' } },
      }),
    ),
  },
  {
    name: 'deny without the VPC endpoint, IfExists',
    change: denyAlso(deny('*', '*', { Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': vpcId } } })),
  },
  {
    name: 'allow only from the VPC endpoint',
    change: (s) =>
      inline(s, allow('kafka-cluster:*', '*', { Condition: { StringEquals: { 'aws:SourceVpc': vpcId } } })),
  },
  {
    name: 'deny for resources outside the organization',
    change: denyAlso(
      deny('*', '*', { Condition: { StringNotEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } } }),
    ),
  },
  {
    name: 'variables in ARNs',
    change: (s) => {
      role(s).Tags = [{ Key: 'topic', Value: topic }];
      inline(
        s,
        allow('kafka-cluster:Connect', 'arn:aws:kafka:*:${aws:PrincipalAccount}:cluster/*'),
        allow(
          ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
          `arn:aws:kafka:\${aws:RequestedRegion}:${account}:topic/*/*/\${aws:PrincipalTag/topic}`,
        ),
        allow(['kafka-cluster:*Group'], 'arn:aws:kafka:*:*:group/*'),
      );
    },
  },
  {
    name: 'ForAllValues on absent tag keys',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*', {
          Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'env'] } },
        }),
      ),
  },
  {
    name: 'allow by account in several spellings of operators',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*', {
          Condition: {
            StringEqualsIfExists: { 'aws:resourceaccount': account },
            'ForAnyValue:StringLike': { 'AWS:PrincipalArn': 'arn:aws:iam::*:role/*' },
            ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/order-*` },
          },
        }),
      ),
  },
  {
    name: 'AdministratorAccess only',
    change: (s) => {
      const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      s.attachedPolicies[roleArn] = ok([{ PolicyName: 'AdministratorAccess', PolicyArn: arn }]);
      s.managedPolicies[arn] = ok(document(allow('*', '*')));
      s.inlinePolicyNames[roleArn] = ok([]);
      s.inlinePolicies = {};
    },
  },
  {
    name: 'PowerUserAccess only',
    change: (s) => {
      const arn = 'arn:aws:iam::aws:policy/PowerUserAccess';
      s.attachedPolicies[roleArn] = ok([{ PolicyName: 'PowerUserAccess', PolicyArn: arn }]);
      s.managedPolicies[arn] = ok(
        document(
          { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
          allow(['iam:CreateServiceLinkedRole', 'organizations:DescribeOrganization'], '*'),
        ),
      );
      s.inlinePolicyNames[roleArn] = ok([]);
      s.inlinePolicies = {};
    },
  },
  {
    name: 'boundary with NotAction',
    change: boundary({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }, deny('iam:*', '*')),
  },
  {
    name: 'boundary allows services within the region',
    change: boundary(
      allow(['kafka:*', 'kafka-cluster:*', 'ec2:*', 'logs:*'], '*', {
        Condition: { StringEquals: { 'aws:RequestedRegion': [region, 'us-east-1'] } },
      }),
    ),
  },
  {
    name: 'SCPs deny regions, root and IMDS, with exceptions',
    change: scp(
      document({
        Sid: 'Region',
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*', 'organizations:*', 'route53:*', 'cloudfront:*', 'support:*'],
        Resource: '*',
        Condition: {
          StringNotEquals: { 'aws:RequestedRegion': [region, 'eu-central-1'] },
          ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/OrganizationAccountAccessRole' },
        },
      }),
      document({
        Sid: 'Root',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
      }),
      document({
        Sid: 'Imds',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } },
      }),
      document({
        Sid: 'Mfa',
        Effect: 'Deny',
        Action: ['ec2:StopInstances'],
        Resource: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    ),
  },
  {
    name: 'SCP denies secrets and kafka but to the platform roles and roles with a tag',
    change: (s) => {
      role(s).Tags = [{ Key: 'data-access', Value: 'yes' }];
      scp(
        document(
          deny(['kafka-cluster:*', 'secretsmanager:*'], '*', {
            Condition: { StringNotEquals: { 'aws:PrincipalTag/data-access': 'yes' } },
          }),
        ),
      )(s);
    },
  },
  {
    name: 'RCP identity perimeter on secrets and keys',
    options: { auth: 'scram' },
    change: rcp({
      Effect: 'Deny',
      Principal: '*',
      Action: ['secretsmanager:*', 'kms:*', 'sts:AssumeRole'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcd123456' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  },
  {
    name: 'RCP confused deputy',
    options: { auth: 'scram' },
    change: rcp({
      Effect: 'Deny',
      Principal: '*',
      Action: ['secretsmanager:*', 'kms:*', 'sts:AssumeRole', 'sqs:*', 's3:*'],
      Resource: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceOrgID': 'o-abcd123456' },
        Null: { 'aws:SourceAccount': 'false' },
        Bool: { 'aws:PrincipalIsAWSService': 'true' },
      },
    }),
  },
  {
    name: 'trust by account wildcard of functions',
    change: trust({
      ...lambdaTrust,
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${account}:function:*` },
      },
    }),
  },
  {
    name: 'trust with tags, a deny for others and edge',
    change: trust(
      {
        Effect: 'Allow',
        Principal: { Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'], AWS: root.AWS },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRole',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcd123456' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ),
  },
  {
    name: 'trust by organization of the source',
    change: trust({ ...lambdaTrust, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-abcd123456' } } }),
  },
  {
    name: 'trust for everybody with the service as condition',
    change: trust({
      Effect: 'Allow',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:PrincipalServiceName': 'lambda.amazonaws.com' } },
    }),
  },
  {
    name: 'ARNs with wildcards for account and UUID',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:Connect', kafka('cluster', `${clusterName}/*`)),
        allow(
          ['kafka-cluster:Describe*', 'kafka-cluster:ReadData', 'kafka-cluster:AlterGroup'],
          [
            `arn:aws:kafka:*:*:topic/*/*/${topic}`,
            `arn:*:kafka:${region}:${account}:group/${clusterName}/????????-????-????-????-????????????-?/*`,
          ],
        ),
      ),
  },
  {
    name: 'cluster policy denies plain transport and foreign accounts',
    change: (s) =>
      void (s.clusterPolicies[clusterArn] = ok(
        document(
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'kafka-cluster:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': [account, '222233334444'] } },
          },
        ),
      )),
  },
  {
    name: 'cluster policy denies all but named roles',
    change: (s) =>
      void (s.clusterPolicies[clusterArn] = ok(
        document({
          Effect: 'Deny',
          NotPrincipal: {
            AWS: [roleArn, root.AWS, `arn:aws:sts::${account}:assumed-role/order-handler-role/order-handler`],
          },
          Action: 'kafka-cluster:*',
          Resource: '*',
        }),
      )),
  },
  {
    name: 'old policy version without variables',
    change: (s) => {
      inline(s, kafkaAll);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(
        JSON.stringify({
          Version: '2008-10-17',
          Statement: { Sid: 'x', Effect: 'Allow', Action: 'kafka-cluster:*', Resource: '*' },
        }),
      );
    },
  },
  {
    name: 'actions in other case',
    change: (s) =>
      inline(
        s,
        allow(
          [
            'KAFKA-CLUSTER:connect',
            'Kafka-Cluster:describetopic',
            'kafka-cluster:readdata',
            'kafka-cluster:DESCRIBEGROUP',
            'kafka-cluster:altergroup',
          ],
          '*',
        ),
      ),
  },
  {
    name: 'deny writes on group of others with StringNotLike',
    change: denyAlso(
      deny('kafka-cluster:AlterGroup', kafka('group', '*/other-*')),
      deny(
        ['kafka-cluster:Delete*', 'kafka-cluster:Write*', 'kafka-cluster:Alter*Cluster*', 'kafka-cluster:AlterTopic*'],
        '*',
      ),
    ),
  },
  {
    name: 'by ViaService and CallerAccount to everyone',
    options: { auth: 'scram' },
    change: keyPolicy(
      { Effect: 'Allow', Principal: root, Action: ['kms:Describe*', 'kms:Put*'], Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:CallerAccount': account },
        },
      },
    ),
  },
  {
    name: 'ViaService with a wildcard, encryption context by ARN',
    options: { auth: 'scram' },
    change: keyPolicy({
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        StringLike: {
          'kms:ViaService': 'secretsmanager.*.amazonaws.com',
          'kms:EncryptionContext:SecretARN': `arn:aws:secretsmanager:*:${account}:secret:AmazonMSK_*`,
        },
      },
    }),
  },
  {
    name: 'multi-region replica',
    options: { auth: 'scram' },
    change: (s) => {
      const mrk = `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
      s.keys[mrk] = ok({ ...value(s.keys, keyArn), KeyId: 'mrk-1234abcd12ab34cd56ef1234567890ab', Arn: mrk });
      s.keyPolicies[mrk] = s.keyPolicies[keyArn]!;
      Object.assign(value(s.secrets, secretArn), { KmsKeyId: mrk, PrimaryRegion: 'us-east-1' });
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(allow('secretsmanager:GetSecretValue', `${secretArn.slice(0, -6)}??????`), allow('kms:Decrypt', mrk)),
      );
    },
  },
  {
    name: 'allow by alias condition',
    options: { auth: 'scram' },
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(
          allow('secretsmanager:*', secretArn),
          allow('kms:Decrypt', '*', {
            Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/msk' } },
          }),
        ),
      );
    },
  },
  {
    name: 'role allowed by tag of the key',
    options: { auth: 'scram' },
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(
          allow('secretsmanager:GetSecretValue', '*', {
            Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } },
          }),
          allow('kms:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } }),
        ),
      );
    },
  },
  {
    name: 'resource policy denies outside the endpoint, except services',
    options: { auth: 'scram' },
    change: (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document({
          Effect: 'Deny',
          Principal: '*',
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
          Condition: {
            StringNotEquals: { 'aws:sourceVpce': 'vpce-0a1b2c3d4e5f60003' },
            Bool: { 'aws:ViaAWSService': 'false' },
          },
        }),
      )),
  },
  {
    name: 'block public policy and MSK statement',
    options: { auth: 'scram' },
    change: (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document(
          {
            Sid: 'AWSKafkaResourcePolicy',
            Effect: 'Allow',
            Principal: { Service: 'kafka.amazonaws.com' },
            Action: 'secretsmanager:getSecretValue',
            Resource: secretArn,
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'secretsmanager:*',
            Resource: '*',
            Condition: {
              StringNotEquals: { 'aws:PrincipalAccount': account },
              Bool: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ),
      )),
  },
  {
    name: 'only versions in stage current may be read',
    options: { auth: 'scram' },
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(
          allow('secretsmanager:GetSecretValue', secretArn, {
            Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
          }),
          allow('kms:Decrypt', keyArn, {
            Condition: {
              StringEquals: { 'kms:EncryptionContext:SecretARN': secretArn },
              'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'] },
            },
          }),
        ),
      );
    },
  },
  {
    name: 'ten secrets are associated',
    options: { auth: 'scram' },
    change: (s) =>
      void (s.scramSecrets[clusterArn] = ok([
        ...Array.from({ length: 9 }, (_, i) => secretArn.replace('orders-Xy12Ab', `team${i}-Ab12C${i}`)),
        secretArn,
      ])),
  },
  {
    name: 'condition on source account of the secret’s policy for MSK only',
    options: { auth: 'scram' },
    change: (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document(
          {
            Effect: 'Allow',
            Principal: { Service: 'kafka.amazonaws.com' },
            Action: 'secretsmanager:GetSecretValue',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
          {
            Effect: 'Deny',
            Principal: { Service: 'kafka.amazonaws.com' },
            Action: '*',
            Resource: '*',
            Condition: { StringNotEqualsIfExists: { 'aws:SourceAccount': account } },
          },
        ),
      )),
  },
  {
    name: 'tag-enforcing SCP for created resources',
    change: scp(
      document({
        Effect: 'Deny',
        Action: ['ec2:RunInstances', 'ec2:CreateVolume', 'kafka:CreateCluster*', 'lambda:CreateFunction'],
        Resource: '*',
        Condition: { Null: { 'aws:RequestTag/CostCenter': 'true' } },
      }),
    ),
  },
  {
    name: 'deny when called by CloudFormation, and to federated users',
    change: denyAlso(
      deny('*', '*', {
        Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] } },
      }),
      deny('*', '*', { Condition: { StringLike: { 'aws:FederatedProvider': '*' } } }),
    ),
  },
  {
    name: 'policy by PrincipalOrgID and root delegation with ViaService deny for others',
    options: { auth: 'scram' },
    change: keyPolicy(
      { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: {
          StringNotEquals: {
            'kms:ViaService': [`secretsmanager.${region}.amazonaws.com`, `sqs.${region}.amazonaws.com`],
          },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ),
  },
];
