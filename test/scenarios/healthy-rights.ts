/** Rights, secrets and functions that work, though they look odd. */
import {
  account,
  clusterArn,
  clusterName,
  functionArn,
  keyArn,
  managedPolicyArn,
  region,
  roleArn,
  secretArn,
  topic,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { allow, cluster, deny, document, functionOf, inline, mapping, role, type Story } from './parts.js';

const kafka = (type: string, rest: string) => `arn:aws:kafka:${region}:${account}:${type}/${rest}`;
const trust =
  (...statements: object[]): Story =>
  (s) =>
    void (role(s).AssumeRolePolicyDocument = document(...statements));
const lambda = { Service: 'lambda.amazonaws.com' };
const secretRights = [allow('secretsmanager:GetSecretValue', secretArn), allow('kms:Decrypt', keyArn)];

/** Everything that names the function names its alias too. */
function byAlias(s: Snapshot, qualifier: string): void {
  const arn = `${functionArn}:${qualifier}`;
  mapping(s).FunctionArn = arn;
  s.functions[arn] = ok({ ...functionOf(s), FunctionArn: arn, Version: '7' });
}

export const healthyRights: readonly [string, HealthyOptions, Story][] = [
  [
    'one statement with the three ARNs',
    {},
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', [clusterArn, kafka('topic', `${clusterName}/*`), kafka('group', `${clusterName}/*`)]),
      ),
  ],
  [
    'wildcards in the middle of the actions',
    {},
    (s) =>
      inline(
        s,
        allow(
          ['kafka-cluster:Conn*', 'kafka-cluster:Describe*', 'kafka-cluster:?eadData', 'KAFKA-CLUSTER:altergroup'],
          '*',
        ),
      ),
  ],
  ['everything is allowed', {}, (s) => inline(s, allow('*', '*'))],
  [
    'NotAction allows all but what is not needed',
    {},
    (s) => inline(s, { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }),
  ],
  [
    'the rights are spread over several policies',
    {},
    (s) => {
      s.inlinePolicyNames[roleArn] = ok(['connect', 'read', 'group']);
      for (const [name, statement] of Object.entries({
        connect: allow(['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster*'], '*'),
        read: allow(['kafka-cluster:*Topic*', 'kafka-cluster:ReadData'], '*'),
        group: allow(['kafka-cluster:*Group'], '*'),
      }))
        s.inlinePolicies[`${roleArn}#${name}`] = ok(document(statement));
    },
  ],
  [
    'a single statement instead of a list of them',
    {},
    (s) => {
      inline(s);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(
        JSON.stringify({ Version: '2012-10-17', Statement: allow('kafka-cluster:*', '*') }),
      );
    },
  ],
  [
    'a boundary that allows what is needed',
    {},
    (s) => {
      role(s).PermissionsBoundary = { PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary` };
      s.managedPolicies[`arn:aws:iam::${account}:policy/boundary`] = ok(
        document(allow(['kafka:*', 'kafka-cluster:*', 'ec2:*', 'logs:*'], '*')),
      );
    },
  ],
  [
    'other regions are denied',
    {},
    (s) =>
      inline(s, allow('kafka-cluster:*', '*'), {
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': [region, 'us-east-1'] } },
      }),
  ],
  [
    'what is not encrypted is denied',
    {},
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*'),
        deny('*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ),
  ],
  [
    'another topic is denied',
    {},
    (s) =>
      inline(s, allow('kafka-cluster:*', '*'), deny('kafka-cluster:*', kafka('topic', `${clusterName}/*/payments`))),
  ],
  [
    'writing is denied',
    {},
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*'),
        deny(['kafka-cluster:WriteData', 'kafka-cluster:CreateTopic', 'kafka-cluster:Alter*Configuration'], '*'),
      ),
  ],
  [
    'an end of the right that has not come',
    {},
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } } }),
      ),
  ],
  [
    'the group’s ARN ends in a wildcard',
    {},
    (s) =>
      inline(
        s,
        allow('kafka-cluster:*', [
          clusterArn,
          kafka('topic', `${clusterName}/*/${topic}`),
          kafka('group', `${clusterName}/*/${uuid.slice(0, 8)}*`),
        ]),
      ),
  ],
  [
    'the role has a path',
    {},
    (s) => {
      const arn = `arn:aws:iam::${account}:role/service-role/order-handler-role`;
      functionOf(s).Role = arn;
      s.roles = { [arn]: ok({ ...role(s), Arn: arn, Path: '/service-role/' }) };
      s.inlinePolicyNames = { [arn]: s.inlinePolicyNames[roleArn]! };
      s.attachedPolicies = { [arn]: s.attachedPolicies[roleArn]! };
      s.inlinePolicies = { [`${arn}#kafka-access`]: s.inlinePolicies[`${roleArn}#kafka-access`]! };
    },
  ],
  [
    'the managed policy’s rights stand in an inline policy',
    {},
    (s) => {
      const managed = JSON.parse(value(s.managedPolicies, managedPolicyArn)) as { Statement: object[] };
      s.attachedPolicies[roleArn] = ok([]);
      inline(s, ...managed.Statement, allow('kafka-cluster:*', '*'));
    },
  ],
  [
    'only the second version of DescribeCluster is allowed',
    {},
    (s) =>
      void (s.managedPolicies[managedPolicyArn] = ok(
        document(allow(['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', 'ec2:*', 'logs:*'], '*')),
      )),
  ],
  [
    'only the first version of DescribeCluster is allowed',
    {},
    (s) =>
      void (s.managedPolicies[managedPolicyArn] = ok(
        document(allow(['kafka:DescribeCluster', 'kafka:GetBootstrapBrokers', 'ec2:*', 'logs:*'], '*')),
      )),
  ],
  [
    'the trust policy names several services',
    {},
    trust(
      allow('sts:AssumeRole', [], {
        Resource: undefined,
        Principal: { Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] },
      }),
    ),
  ],
  [
    'a second statement of the trust policy lets Lambda in',
    {},
    trust(
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
      { Effect: 'Allow', Principal: lambda, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    ),
  ],
  ['the trust policy allows sts:*', {}, trust({ Effect: 'Allow', Principal: lambda, Action: 'sts:*' })],
  [
    'the trust policy wants the account as source',
    {},
    trust({
      Effect: 'Allow',
      Principal: lambda,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  ],
  [
    'the secret’s ARN ends in question marks',
    { auth: 'scram' },
    (s) =>
      inline(
        s,
        allow('secretsmanager:GetSecretValue', `${secretArn.slice(0, -6)}??????`),
        allow('kms:Decrypt', keyArn),
      ),
  ],
  [
    'all secrets of MSK may be read',
    { auth: 'scram' },
    (s) =>
      inline(
        s,
        allow('secretsmanager:Get*', `arn:aws:secretsmanager:${region}:${account}:secret:AmazonMSK_*`),
        allow('kms:Decrypt', '*'),
      ),
  ],
  [
    'kms:Decrypt only through Secrets Manager',
    { auth: 'scram' },
    (s) =>
      inline(
        s,
        secretRights[0]!,
        allow('kms:Decrypt', '*', {
          Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
        }),
      ),
  ],
  [
    'the key’s own policy names the role',
    { auth: 'scram' },
    (s) => {
      inline(s, secretRights[0]!);
      s.keyPolicies[keyArn] = ok(
        document(
          { ...allow('kms:*', '*'), Principal: { AWS: `arn:aws:iam::${account}:user/admin` } },
          { ...allow('kms:Decrypt', '*'), Principal: { AWS: roleArn } },
        ),
      );
    },
  ],
  [
    'the key lets all of the account through Secrets Manager',
    { auth: 'scram' },
    (s) => {
      inline(s, secretRights[0]!);
      s.keyPolicies[keyArn] = ok(
        document({
          ...allow(['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
          Principal: { AWS: '*' },
          Condition: {
            StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
          },
        }),
      );
    },
  ],
  [
    'a grant on the key lets the role decrypt',
    { auth: 'scram' },
    (s) => {
      inline(s, secretRights[0]!);
      s.keyGrants[`${keyArn}#${roleArn}`] = ok([
        {
          GranteePrincipal: roleArn,
          Operations: ['Decrypt', 'GenerateDataKey'],
          Constraints: { EncryptionContextSubset: { SecretARN: secretArn } },
        },
      ]);
    },
  ],
  [
    'the secret’s own policy names the role',
    { auth: 'scram' },
    (s) => {
      inline(s, secretRights[1]!);
      s.secretPolicies[secretArn] = ok(
        document({ ...allow('secretsmanager:GetSecretValue', '*'), Principal: { AWS: roleArn } }),
      );
    },
  ],
  [
    'MSK’s own policy on the secret',
    { auth: 'scram' },
    (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document({
          ...allow('secretsmanager:getSecretValue', secretArn),
          Sid: 'AWSKafkaResourcePolicy',
          Principal: { Service: 'kafka.amazonaws.com' },
        }),
      )),
  ],
  [
    'the secret’s key is named by its alias',
    { auth: 'scram' },
    (s) => {
      value(s.secrets, secretArn).KmsKeyId = 'alias/orders';
      s.keys['alias/orders'] = s.keys[keyArn]!;
      s.keyPolicies['alias/orders'] = s.keyPolicies[keyArn]!;
    },
  ],
  [
    'another account’s secret, whose key is named by its id alone',
    { auth: 'scram' },
    (s) => {
      const [secret, key] = [secretArn, keyArn].map((arn) => arn.replace(account, '444455556666')) as [string, string];
      mapping(s).SourceAccessConfigurations[0]!.URI = secret;
      const opens = (Action: string) => ok(document({ ...allow(Action, '*'), Principal: { AWS: roleArn } }));
      Object.assign(s, {
        secrets: { [secret]: ok({ ARN: secret, Name: 'AmazonMSK_orders', KmsKeyId: key.split('/')[1] }) },
        secretPolicies: { [secret]: opens('secretsmanager:GetSecretValue') },
        secretProfiles: { [secret]: s.secretProfiles[secretArn] },
      });
      Object.assign(s, {
        keys: { [key]: ok({ KeyId: key, Arn: key, KeyState: 'Enabled', KeyManager: 'CUSTOMER' }) },
        keyPolicies: { [key]: opens('kms:Decrypt') },
      });
      s.scramSecrets[clusterArn] = ok([secret]);
      inline(s, allow('secretsmanager:GetSecretValue', secret), allow('kms:Decrypt', key));
    },
  ],
  [
    'all ways in are on, and the mapping names a SASL/SCRAM secret',
    { auth: 'scram' },
    (s) => {
      cluster(s).Provisioned!.ClientAuthentication = {
        Sasl: { Iam: { Enabled: true }, Scram: { Enabled: true } },
        Tls: { Enabled: true, CertificateAuthorityArnList: [] },
        Unauthenticated: { Enabled: true },
      };
      value(s.bootstrapBrokers, clusterArn).BootstrapBrokerStringSaslIam =
        'b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098';
    },
  ],
  [
    'IAM is on beside unauthenticated access',
    {},
    (s) =>
      void (cluster(s).Provisioned!.ClientAuthentication = {
        Sasl: { Iam: { Enabled: true } },
        Unauthenticated: { Enabled: true },
      }),
  ],
  [
    'a certificate’s secret without prefix, under the default key',
    { auth: 'mtls' },
    (s) => {
      const arn = secretArn.replace('AmazonMSK_orders', 'client-certificate');
      mapping(s).SourceAccessConfigurations[0]!.URI = arn;
      s.secrets = { [arn]: ok({ ARN: arn, Name: 'client-certificate' }) };
      s.secretPolicies = { [arn]: ok('') };
      s.secretProfiles = { [arn]: s.secretProfiles[secretArn]! };
      inline(s, allow('secretsmanager:GetSecretValue', arn));
    },
  ],
  [
    'AWS says nothing of authentication, which means TLS for all',
    { auth: 'tls' },
    (s) => {
      delete cluster(s).Provisioned!.ClientAuthentication;
      cluster(s).Provisioned!.EncryptionInfo = {};
    },
  ],
  [
    'TLS and plaintext are on',
    { auth: 'tls' },
    (s) => {
      cluster(s).Provisioned!.EncryptionInfo = { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } };
      value(s.bootstrapBrokers, clusterArn).BootstrapBrokerString =
        'b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9092';
    },
  ],
  ['the mapping calls an alias', {}, (s) => byAlias(s, 'live')],
  ['the mapping calls a version', {}, (s) => byAlias(s, '7')],
  [
    'the function is idle',
    {},
    (s) =>
      void Object.assign(functionOf(s), {
        State: 'Inactive',
        StateReasonCode: 'Idle',
        StateReason: 'The function is idle',
      }),
  ],
  [
    'a little concurrency is reserved',
    {},
    (s) => void (s.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 2 })),
  ],
  [
    'a consumer group of its own name',
    {},
    (s) => {
      mapping(s).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders-consumers' };
      inline(s, allow('kafka-cluster:*', '*'));
    },
  ],
  [
    'logs go to a group of another name',
    {},
    (s) => void (functionOf(s).LoggingConfig = { LogGroup: '/teams/orders', LogFormat: 'JSON' }),
  ],
];
