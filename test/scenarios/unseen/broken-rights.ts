/** Policies, keys and secrets that are broken in one way. */
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionArn,
  keyArn,
  region,
  roleArn,
  secretArn,
  topic,
  value,
} from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { allow, deny, document, inline } from '../parts.js';
import { cannotAssume, connection, invalidCertificate, notAuthenticated, saslFailed, unauthorized } from '../texts.js';
import { moveTo } from '../unusual-healthy.js';
import {
  all,
  kafka,
  kafkaAll,
  trust,
  boundary,
  scp,
  allowList,
  rcp,
  rootAll,
  keyPolicy,
  profile,
  type BrokenAccount,
  lambdaTrust,
} from './parts.js';

export const brokenRights: readonly BrokenAccount[] = [
  {
    name: 'topic ARN without the cluster’s UUID',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:Connect', clusterArn),
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafka('topic', `${clusterName}/${topic}`)),
        allow(['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'], kafka('group', `${clusterName}/*`)),
      ),
  },
  {
    name: 'group named by the function',
    text: unauthorized,
    first: 'access.kafka-group',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:Connect', clusterArn),
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafka('topic', `${clusterName}/*`)),
        allow(
          ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
          kafka('group', `${clusterName}/${clusterUuid}/order-handler`),
        ),
      ),
  },
  {
    name: 'kafka:* in place of kafka-cluster:*',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) => inline(s, allow('kafka:*', '*')),
  },
  {
    name: 'ARNs of another region',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) =>
      inline(
        s,
        allow(
          'kafka-cluster:*',
          [clusterArn, kafka('topic', `${clusterName}/*`), kafka('group', `${clusterName}/*`)].map((a) =>
            a.replace(region, 'us-east-1'),
          ),
        ),
      ),
  },
  {
    name: 'variables in a policy of 2008',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) => {
      inline(s, kafkaAll);
      s.inlinePolicies[`${roleArn}#kafka-access`] = ok(
        JSON.stringify({
          Version: '2008-10-17',
          Statement: [
            allow(['kafka-cluster:Connect', 'kafka-cluster:*Group'], '*'),
            allow(
              ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
              `arn:aws:kafka:${region}:\${aws:PrincipalAccount}:topic/*`,
            ),
          ],
        }),
      );
    },
  },
  {
    name: 'SCP region list lacks this one',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: scp(
      document({
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*', 'lambda:*', 'logs:*', 'ec2:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-central-1'] } },
      }),
    ),
  },
  {
    name: 'SCP allow list without kafka-cluster',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: allowList('kafka:*', 'lambda:*', 'ec2:*', 'logs:*', 'sts:*', 'iam:*', 'secretsmanager:*', 'kms:*'),
  },
  {
    name: 'SCP denies kafka-cluster to roles without a tag',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: all(
      (s) => inline(s, kafkaAll),
      scp(
        document(
          deny(['kafka-cluster:ReadData'], '*', {
            Condition: { StringNotEquals: { 'aws:PrincipalTag/data-access': 'yes' } },
          }),
        ),
      ),
    ),
  },
  {
    name: 'RCP for secrets of principals of another account',
    options: { auth: 'scram' },
    text: connection,
    first: 'access.secret',
    change: rcp({
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:GetSecretValue',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': '222233334444' } },
    }),
  },
  {
    name: 'boundary allows the managed policy’s actions only',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: boundary(allow(['kafka:*', 'ec2:*', 'logs:*', 's3:*', 'dynamodb:*'], '*')),
  },
  {
    name: 'deny for resources of projects without a tag',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) =>
      inline(
        s,
        kafkaAll,
        deny('kafka-cluster:ReadData', kafka('topic', '*'), {
          Condition: { StringNotEquals: { 'aws:PrincipalTag/project': 'orders' } },
        }),
      ),
  },
  {
    name: 'deny ReadData on all topics but a pattern',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) =>
      inline(s, kafkaAll, {
        Effect: 'Deny',
        Action: ['kafka-cluster:ReadData', 'kafka-cluster:WriteData'],
        NotResource: [kafka('topic', `${clusterName}/*/public-*`)],
      }),
  },
  {
    name: 'trust by PrincipalOrgID',
    text: cannotAssume,
    first: 'access.trust',
    change: trust({ ...lambdaTrust, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcd123456' } } }),
  },
  {
    name: 'trust by SourceAccount of another account',
    text: cannotAssume,
    first: 'access.trust',
    change: trust({ ...lambdaTrust, Condition: { StringEquals: { 'aws:SourceAccount': '222233334444' } } }),
  },
  {
    name: 'trust of the account only',
    text: cannotAssume,
    first: 'access.trust',
    change: trust({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }),
  },
  {
    name: 'trust of lambda.amazonaws.com.cn in China',
    text: cannotAssume,
    options: { wayOut: 'nat' },
    first: 'access.trust',
    change: (s) => {
      trust({ ...lambdaTrust, Principal: { Service: 'lambda.amazonaws.com.cn' } })(s);
      moveTo(s, 'aws-cn', 'cn-north-1', 'amazonaws.com.cn');
    },
  },
  {
    name: 'trust with a mistyped action',
    text: cannotAssume,
    first: 'access.trust',
    change: trust({ ...lambdaTrust, Action: 'sts:AssumeRoleWithWebIdentity' }),
  },
  {
    name: 'China policy copied with the aws partition',
    text: saslFailed,
    options: { wayOut: 'nat' },
    first: 'access.kafka-connect',
    change: (s) => {
      moveTo(s, 'aws-cn', 'cn-north-1', 'amazonaws.com.cn');
      for (const k of Object.keys(s.inlinePolicies)) {
        const r = s.inlinePolicies[k]!;
        if (r.outcome === 'ok') s.inlinePolicies[k] = ok(r.value.replaceAll('arn:aws-cn:', 'arn:aws:'));
      }
    },
  },
  {
    name: 'the policy was attached to nothing, role has basic execution',
    text: 'PROBLEM: Lambda does not have enough permission to process your event source. Please add kafka:DescribeClusterV2 permission to role.',
    first: 'access.msk-api',
    change: (s) => {
      const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
      s.attachedPolicies[roleArn] = ok([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: arn }]);
      s.managedPolicies[arn] = ok(
        document(allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*')),
      );
      inline(s, kafkaAll);
    },
  },
  {
    name: 'ec2 limited to a VPC by condition on subnets of another VPC',
    text: connection,
    first: null,
    change: (s) => {
      s.attachedPolicies[roleArn] = ok([]);
      inline(
        s,
        kafkaAll,
        allow(['kafka:*', 'ec2:Describe*', 'ec2:DeleteNetworkInterface'], '*'),
        allow('ec2:CreateNetworkInterface', [
          'arn:aws:ec2:*:*:network-interface/*',
          'arn:aws:ec2:*:*:security-group/*',
          'arn:aws:ec2:*:*:subnet/subnet-0fffffffffffffff1',
        ]),
      );
    },
    verdict: 'unknown',
  },
  {
    name: 'ViaService of another service',
    options: { auth: 'scram' },
    text: 'PROBLEM: SASL authentication failed.',
    first: 'access.kms',
    change: keyPolicy(
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/admin` }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': `ssm.${region}.amazonaws.com`, 'kms:CallerAccount': account } },
      },
    ),
  },
  {
    name: 'deny to all but admins',
    options: { auth: 'scram' },
    text: connection,
    first: 'access.kms',
    change: keyPolicy(rootAll, {
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: {
        ArnNotLike: {
          'aws:PrincipalArn': [`arn:aws:iam::${account}:role/admin-*`, `arn:aws:iam::${account}:role/msk-*`],
        },
      },
    }),
  },
  {
    name: 'unavailable in its custom key store',
    options: { auth: 'scram' },
    text: connection,
    first: 'secret.kms',
    change: (s) => Object.assign(value(s.keys, keyArn), { KeyState: 'Unavailable', Enabled: false }),
  },
  {
    name: 'trailing line break in the user name',
    options: { auth: 'scram' },
    text: saslFailed,
    first: 'secret.scram',
    change: (s) => {
      profile(s).username = { present: true, empty: false, edgeWhitespace: true, specialCharacters: false };
    },
  },
  {
    name: 'content is not JSON',
    options: { auth: 'scram' },
    text: saslFailed,
    first: 'secret.scram',
    change: (s) => {
      Object.assign(profile(s), { form: 'not-json', members: [], username: undefined, password: undefined });
    },
  },
  {
    name: 'certificate not valid yet',
    options: { auth: 'mtls' },
    text: notAuthenticated,
    first: 'secret.certificate',
    change: (s) => {
      profile(s).certificate!.chain[0]!.notBefore = '2026-12-24T00:00:00.000Z';
    },
  },
  {
    name: 'PBES2 key',
    options: { auth: 'mtls' },
    text: invalidCertificate,
    first: 'secret.private-key',
    change: (s) => {
      Object.assign(profile(s).privateKey!, {
        container: 'PKCS#8 encrypted',
        encryption: 'PBES2',
        passwordGiven: true,
        opens: 'yes',
      });
    },
  },
  {
    name: 'resource policy denies all but MSK',
    options: { auth: 'scram' },
    text: connection,
    first: null,
    change: (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document({
          Effect: 'Deny',
          NotPrincipal: { Service: 'kafka.amazonaws.com', AWS: [`arn:aws:iam::${account}:root`] },
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
        }),
      )),
    verdict: 'unknown',
  },
  {
    name: 'deleted, pending',
    options: { auth: 'scram' },
    text: connection,
    first: 'secret.exists',
    change: (s) => void (value(s.secrets, secretArn).DeletedDate = '2026-11-20T00:00:00.000Z'),
  },
  {
    name: 'kms:Decrypt on the ARN of an alias',
    options: { auth: 'scram' },
    text: connection,
    first: 'access.kms',
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(
          allow('secretsmanager:GetSecretValue', secretArn),
          allow('kms:Decrypt', `arn:aws:kms:${region}:${account}:alias/msk`),
        ),
      );
    },
  },
  {
    name: 'encryption context of another name',
    options: { auth: 'scram' },
    text: connection,
    first: null,
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(
          allow('secretsmanager:GetSecretValue', secretArn),
          allow('kms:Decrypt', keyArn, {
            Condition: { StringEquals: { 'kms:EncryptionContext:aws:secretsmanager:arn': secretArn } },
          }),
        ),
      );
    },
    verdict: 'unknown',
  },
  {
    name: 'the ARN without its suffix',
    options: { auth: 'scram' },
    text: connection,
    first: 'access.secret',
    change: (s) => {
      s.inlinePolicyNames[roleArn] = ok(['a']);
      s.inlinePolicies[`${roleArn}#a`] = ok(
        document(allow('secretsmanager:GetSecretValue', secretArn.slice(0, -7)), allow('kms:Decrypt', '*')),
      );
    },
  },
  {
    name: 'policy denies unless a source account is sent',
    options: { auth: 'scram' },
    text: connection,
    first: 'access.secret',
    change: (s) =>
      void (s.secretPolicies[secretArn] = ok(
        document({
          Effect: 'Deny',
          Principal: '*',
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:SourceAccount': account } },
        }),
      )),
  },
  {
    name: 'everything by tag of the session, which Lambda never sets',
    text: unauthorized,
    first: 'access.kafka-topic',
    change: (s) =>
      inline(
        s,
        allow(['kafka-cluster:Connect', 'kafka-cluster:*Group'], '*'),
        allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], '*', {
          Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } },
        }),
      ),
  },
  {
    name: 'allowed only with MFA',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) =>
      inline(s, allow('kafka-cluster:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
  },
  {
    name: 'allowed only via a service',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) => inline(s, allow('kafka-cluster:*', '*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })),
  },
  {
    name: 'allowed for the function as source',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', '*', { Condition: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } } }),
      ),
  },
  {
    name: 'the wrong account in every ARN, copied from a blog',
    text: saslFailed,
    first: 'access.kafka-connect',
    change: (s) =>
      inline(
        s,
        allow('kafka-cluster:*', [
          'arn:aws:kafka:eu-west-1:123456789012:cluster/*',
          'arn:aws:kafka:eu-west-1:123456789012:topic/*',
          'arn:aws:kafka:eu-west-1:123456789012:group/*',
        ]),
      ),
  },
];
