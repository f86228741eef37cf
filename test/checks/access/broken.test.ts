import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { checks } from '../../../src/checks/index.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  account,
  accountWith,
  capturedAt,
  clusterArn,
  clusterName,
  clusterUuid,
  denied,
  deny,
  functionArn,
  keyArn,
  managedPolicyArn,
  notFound,
  region,
  roleArn,
  secretArn,
  topic,
  uuid,
  value,
  type HealthyOptions,
} from '../../accounts/account.js';
import { expectMended } from '../judging.js';

const judge = (id: CheckId, change: (snapshot: Snapshot) => void, options: HealthyOptions = {}): Finding =>
  runCheck(
    checks.find((check) => check.id === id)!,
    subjectOf(accountWith(change, options), uuid),
  );
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const inline =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    snapshot.inlinePolicyNames[roleArn] = ok(['kafka-access']);
    snapshot.inlinePolicies[`${roleArn}#kafka-access`] = ok(document(...statements));
  };
const managed =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    snapshot.managedPolicies[managedPolicyArn] = ok(document(...statements));
  };
const trust = (text: string) => (snapshot: Snapshot) =>
  void (value(snapshot.roles, roleArn).AssumeRolePolicyDocument = text);
const facts = (finding: Finding) => finding.evidence.map(({ fact }) => fact).join('\n');
const topicArn = `arn:aws:kafka:${region}:${account}:topic/${clusterName}/${clusterUuid}/${topic}`;
const groupArn = `arn:aws:kafka:${region}:${account}:group/${clusterName}/${clusterUuid}/${uuid}`;
const everyKafka = allow('kafka-cluster:*', '*');
const lambdaTrust = (more: object) =>
  document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole', ...more });

describe('rights in Kafka, as people report them', () => {
  test('the managed policy alone is taken for enough: it has no right in Kafka', () => {
    const change = (snapshot: Snapshot) => void (snapshot.inlinePolicyNames[roleArn] = ok([]));
    for (const id of ['access.kafka-connect', 'access.kafka-topic', 'access.kafka-group'] as const)
      expect(judge(id, change).status, id).toBe('fail');
    expect(judge('access.kafka-cluster', change).status).toBe('warn');
    expect(judge('access.msk-api', change).status).toBe('pass');
  });

  test('one statement with only the cluster’s ARN: topic and group actions never match', () => {
    const change = inline(allow('kafka-cluster:*', clusterArn));
    expect(judge('access.kafka-connect', change).status).toBe('pass');
    expect(judge('access.kafka-topic', change).status).toBe('fail');
    expect(facts(judge('access.kafka-topic', change))).toContain('is a cluster ARN; this action needs a topic ARN');
    expect(facts(judge('access.kafka-group', change))).toContain(
      'is a cluster ARN; this action needs a consumer group ARN',
    );
  });

  test('the group action on the topic’s ARN', () => {
    const finding = judge('access.kafka-group', inline(allow('kafka-cluster:*', [clusterArn, topicArn])));
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('is a topic ARN; this action needs a consumer group ARN');
  });

  test('an ARN without the cluster’s UUID', () => {
    const finding = judge(
      'access.kafka-topic',
      inline(allow('kafka-cluster:*', `arn:aws:kafka:${region}:${account}:topic/${clusterName}/${topic}`)),
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('UUID');
  });

  test.each([
    ['account', topicArn.replace(account, '444455556666'), 'names account 444455556666'],
    ['region', topicArn.replace(region, 'us-east-1'), 'names region us-east-1'],
    ['partition', topicArn.replace('arn:aws:', 'arn:aws-cn:'), 'names partition aws-cn'],
    ['UUID', topicArn.replace(clusterUuid, '00000000-4e5f-6071-8293-a4b5c6d7e8f9-1'), 'another cluster'],
    ['topic', `${topicArn}-dead`, 'is not topic orders'],
  ])('the wrong %s is named', (_, resource, sentence) => {
    const finding = judge('access.kafka-topic', inline(allow('kafka-cluster:*', resource)));
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(sentence);
  });

  test('rights on another group than the mapping’s', () => {
    const finding = judge(
      'access.kafka-group',
      inline(allow('kafka-cluster:*', groupArn.replace(uuid, 'orders-group'))),
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(`is not consumer group ${uuid}`);
  });

  test('a custom group is the one that counts', () => {
    const change = (snapshot: Snapshot) => {
      value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'orders-group' };
      inline(allow('kafka-cluster:*', groupArn.replace(uuid, 'orders-*')))(snapshot);
    };
    expect(judge('access.kafka-group', change).status).toBe('pass');
  });

  test.each([
    ['*', '*'],
    ['kafka-cluster:*', `arn:aws:kafka:${region}:${account}:*/${clusterName}/*`],
    ['KAFKA-CLUSTER:read*', `arn:aws:kafka:*:${account}:topic/*`],
  ])('%s on %s is enough to read', (action, resource) => {
    const change = inline(allow([action, 'kafka-cluster:DescribeTopic'], resource));
    expect(judge('access.kafka-topic', change).status).toBe('pass');
  });

  test('an explicit deny is named with its statement, and granting more is not offered', () => {
    const finding = judge(
      'access.kafka-topic',
      inline(everyKafka, { Sid: 'NoReading', Effect: 'Deny', Action: 'kafka-cluster:Read*', Resource: '*' }),
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('NoReading');
    expect(finding.fixes.map(({ changes }) => changes.map(({ operation }) => operation))).toEqual([['PutRolePolicy']]);
  });

  test('a permissions boundary that does not allow', () => {
    const boundary = `arn:aws:iam::${account}:policy/boundary`;
    const change = (snapshot: Snapshot) => {
      value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: boundary };
      snapshot.managedPolicies[boundary] = ok(document(allow(['ec2:*', 'kafka:*', 'logs:*'], '*')));
    };
    expect(facts(judge('access.kafka-topic', change))).toContain('boundary');
    expect(judge('access.kafka-topic', change).status).toBe('fail');
    expect(judge('access.msk-api', change).status).toBe('pass');
    expect(
      judge('access.kafka-topic', (snapshot) => {
        change(snapshot);
        snapshot.managedPolicies[boundary] = denied('iam', 'GetPolicyVersion', boundary);
      }).status,
    ).toBe('unknown');
  });

  test('a service control policy that denies, where it was read', () => {
    const finding = judge('access.kafka-connect', (snapshot) => {
      snapshot.serviceControlPolicies[account] = ok({
        levels: [
          {
            target: 'r-root',
            policies: [
              {
                id: 'p-1',
                name: 'Guard',
                document: document(allow('*', '*'), {
                  Sid: 'NoKafka',
                  Effect: 'Deny',
                  Action: 'kafka-cluster:*',
                  Resource: '*',
                }),
              },
            ],
          },
        ],
      });
    });
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('Guard');
  });

  test('a condition that cannot be decided is no failure, and its key is named', () => {
    const finding = judge(
      'access.kafka-topic',
      inline(allow('kafka-cluster:*', '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })),
    );
    expect(finding.status).toBe('unknown');
    expect(facts(finding)).toContain('aws:SourceVpc');
  });

  test('tags of the role decide a condition on them', () => {
    const tagged = (value_: string) => (snapshot: Snapshot) => {
      value(snapshot.roles, roleArn).Tags = [{ Key: 'team', Value: value_ }];
      inline(allow('kafka-cluster:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'orders' } } }))(
        snapshot,
      );
    };
    expect(judge('access.kafka-topic', tagged('orders')).status).toBe('pass');
    expect(judge('access.kafka-topic', tagged('sales')).status).toBe('fail');
  });

  test('a condition on tags of the cluster grants nothing on its topics and groups, which have none', () => {
    const granting = inline(
      allow('kafka-cluster:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'orders' } } }),
    );
    const change = (snapshot: Snapshot) => {
      granting(snapshot);
      value(snapshot.mappings, uuid).LastProcessingResult = 'PROBLEM: Cluster failed to authorize Lambda.';
    };
    // Where the mapping reads all the same, that says more.
    expect(judge('access.kafka-topic', granting).status).toBe('unknown');
    expect(judge('access.kafka-connect', change).status).toBe('unknown');
    for (const id of ['access.kafka-topic', 'access.kafka-group'] as const)
      expect(judge(id, change).status, id).toBe('fail');
    expect(facts(judge('access.kafka-topic', change))).toContain('the request has no aws:ResourceTag/team');
  });

  test('a deny for who has no second factor: whether a role’s session shows that, AWS does not say', () => {
    const denying = (operator: string) =>
      inline(everyKafka, {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
      });
    expect(judge('access.kafka-topic', denying('BoolIfExists')).status).toBe('fail');
    expect(judge('access.kafka-topic', denying('Bool')).status).toBe('unknown');
  });

  test('sessions that were revoked long ago are no longer used, and pollers that start now are none of them', () => {
    const revoked = (before: string) =>
      judge(
        'access.kafka-topic',
        inline(everyKafka, {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { DateLessThan: { 'aws:TokenIssueTime': before } },
        }),
      ).status;
    expect(revoked('2026-11-20T08:00:00.000Z')).toBe('pass');
    expect(revoked(capturedAt)).toBe('unknown');
  });

  test('an unreadable policy may hold the right: nobody is blamed, and the action missing is named', () => {
    const finding = judge('access.kafka-topic', (snapshot) => {
      snapshot.inlinePolicies[`${roleArn}#kafka-access`] = denied('iam', 'GetRolePolicy');
    });
    expect(finding).toMatchObject({ status: 'unknown', missingActions: ['iam:GetRolePolicy'] });
  });

  test('another authentication asks no IAM right', () => {
    expect(judge('access.kafka-topic', () => {}, { auth: 'tls' }).status).toBe('skip');
  });

  test('a role that is gone is access.trust’s to say', () => {
    const gone = (snapshot: Snapshot) => void (snapshot.roles[roleArn] = notFound('iam', 'GetRole'));
    expect(judge('access.kafka-topic', gone).status).toBe('skip');
    expect(judge('access.trust', gone).status).toBe('fail');
  });

  test('the fix grants just what is missing and can be taken back', () => {
    const { fixes } = judge('access.kafka-group', inline(allow(['kafka-cluster:DescribeGroup'], groupArn)));
    expect(fixes).toHaveLength(1);
    const [change] = fixes[0]!.changes;
    expect(JSON.parse(change!.input['PolicyDocument'] as string).Statement).toEqual([
      { Effect: 'Allow', Action: ['kafka-cluster:AlterGroup'], Resource: groupArn },
    ]);
    expect(change!.undo).toEqual({
      service: 'iam',
      operation: 'DeleteRolePolicy',
      input: { RoleName: 'order-handler-role', PolicyName: 'msk-lambda-kafka-group' },
    });
  });
});

describe('MSK’s API and network interfaces', () => {
  const network = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeVpcs',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ];

  test('either version of DescribeCluster is enough', () => {
    for (const describeCluster of ['kafka:DescribeCluster', 'kafka:DescribeClusterV2'])
      expect(
        judge('access.msk-api', managed(allow([describeCluster, 'kafka:GetBootstrapBrokers'], clusterArn))).status,
      ).toBe('pass');
  });

  test('without GetBootstrapBrokers the managed policy or a small one is offered', () => {
    const finding = judge('access.msk-api', (snapshot) => {
      snapshot.attachedPolicies[roleArn] = ok([]);
      inline(allow('kafka:DescribeClusterV2', '*'))(snapshot);
    });
    expect(finding).toMatchObject({ status: 'fail', title: expect.stringContaining('kafka:GetBootstrapBrokers') });
    expect(finding.fixes.map(({ changes: [change] }) => change!.operation)).toEqual([
      'AttachRolePolicy',
      'PutRolePolicy',
    ]);
  });

  test('EC2 actions on the cluster’s ARN grant nothing', () => {
    const finding = judge('access.network-interfaces', managed(allow(network, clusterArn)));
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('Resource must be *');
  });

  test('EC2 describing actions on EC2 ARNs grant nothing either', () => {
    const finding = judge('access.network-interfaces', managed(allow(network, `arn:aws:ec2:${region}:${account}:*`)));
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('ec2:DescribeSubnets');
    expect(facts(finding)).not.toContain('CreateNetworkInterface');
  });

  test('interfaces made on some resources only cannot be told', () => {
    const change = managed(
      allow(
        network.filter((action) => action.includes('Describe')),
        '*',
      ),
      allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'], `arn:aws:ec2:*:*:network-interface/*`),
    );
    expect(judge('access.network-interfaces', change).status).toBe('unknown');
  });

  test('the deny that AWS recommends for the function’s own code does not touch the pollers', () => {
    const change = inline({
      Effect: 'Deny',
      Action: network,
      Resource: '*',
      Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [functionArn] } },
    });
    expect(judge('access.network-interfaces', change).status).toBe('pass');
  });

  test('logs are a warning, and rights on the function’s own group are enough', () => {
    const rest = allow([...network, 'kafka:*'], '*');
    expect(judge('access.logs', managed(rest)).status).toBe('warn');
    for (const resource of [
      '*',
      `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/order-handler:*`,
      `arn:aws:logs:*:*:log-group:/aws/lambda/*`,
    ])
      expect(judge('access.logs', managed(rest, allow('logs:*', resource))).status, resource).toBe('pass');
  });
});

describe('trust', () => {
  test.each([
    {
      name: 'another service',
      text: document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    },
    {
      name: 'only an account',
      text: document({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }),
    },
    {
      name: 'another action',
      text: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:TagSession' }),
    },
    {
      name: 'a source identity asked for',
      text: lambdaTrust({ Condition: { StringLike: { 'sts:SourceIdentity': '*' } } }),
    },
    { name: 'an external id asked for', text: lambdaTrust({ Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }) },
    {
      name: 'a second factor asked for',
      text: lambdaTrust({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    },
    {
      name: 'another account’s source',
      text: lambdaTrust({ Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }),
    },
    {
      name: 'the organization asked for',
      text: lambdaTrust({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    },
    {
      name: 'a deny',
      text: JSON.stringify({
        Statement: [
          JSON.parse(lambdaTrust({})).Statement[0],
          { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
        ],
      }),
    },
  ])('fails with $name', ({ text }) => expect(judge('access.trust', trust(text)).status).toBe('fail'));

  test.each([
    {
      name: 'several services',
      text: document({
        Effect: 'Allow',
        Principal: { Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: ['sts:AssumeRole'],
      }),
    },
    {
      name: 'every service',
      text: document({ Effect: 'Allow', Principal: { Service: '*' }, Action: 'sts:AssumeRole' }),
    },
    {
      name: 'a wildcard action',
      text: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:*' }),
    },
    {
      name: 'one statement as an object',
      text: JSON.stringify({
        Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
    },
    {
      name: 'a deny for others',
      text: JSON.stringify({
        Statement: [
          JSON.parse(lambdaTrust({})).Statement[0],
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sts:AssumeRole',
            Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
          },
        ],
      }),
    },
  ])('passes with $name', ({ text }) => expect(judge('access.trust', trust(text)).status).toBe('pass'));

  describe('conditions on the source, as AWS recommends them', () => {
    const bySource = (Condition: object) => trust(lambdaTrust({ Condition }));
    const ownFunction = { ArnLike: { 'aws:SourceArn': functionArn } };
    const ownAccount = { StringEquals: { 'aws:SourceAccount': account } };
    const otherFunction = { ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${account}:function:other` } };
    const cannotAssume = (snapshot: Snapshot) =>
      void (value(snapshot.mappings, uuid).LastProcessingResult =
        'PROBLEM: Lambda failed to assume your function execution role. Please check if the role trust Lambda service principal.');
    const both =
      (...changes: ((snapshot: Snapshot) => void)[]) =>
      (snapshot: Snapshot) =>
        changes.forEach((change) => change(snapshot));

    test.each<{ name: string; condition: object }>([
      { name: 'the account', condition: ownAccount },
      { name: 'the function', condition: ownFunction },
      { name: 'both', condition: { ...ownAccount, ...ownFunction } },
    ])('$name: healthy, and a risk only where Lambda says that it cannot assume the role', ({ condition }) => {
      expect(judge('access.trust', bySource(condition)).status).toBe('pass');
      const finding = judge('access.trust', both(bySource(condition), cannotAssume));
      expect(finding.status).toBe('warn');
    });
    test('another function is found first, its fix names this one, and it is healthy', () => {
      const change = both(bySource(otherFunction), cannotAssume);
      const finding = judge('access.trust', change);
      expect(finding.status).toBe('fail');
      const document = String(finding.fixes[0]!.changes[0]!.input['PolicyDocument']);
      expect((JSON.parse(document) as { Statement: object[] }).Statement.at(-1)).toMatchObject({
        Condition: { ...ownAccount, ...ownFunction },
      });
      expectMended('access.trust', change);
    });
    test('another function, though the mapping works, is not known: AWS does not say which ARN Lambda sends', () =>
      expect(judge('access.trust', bySource(otherFunction)).status).toBe('unknown'));
    test('the mapping’s own ARN is not known', () =>
      expect(
        judge(
          'access.trust',
          bySource({ ArnLike: { 'aws:SourceArn': `arn:aws:lambda:*:${account}:event-source-mapping:*` } }),
        ).status,
      ).toBe('unknown'));
  });

  test('a condition on the organization of the source is open, and the cause when Lambda says it cannot assume', () => {
    const asked = trust(lambdaTrust({ Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } }));
    expect(judge('access.trust', asked).status).toBe('unknown');
    expect(
      judge('access.trust', (snapshot) => {
        asked(snapshot);
        value(snapshot.mappings, uuid).LastProcessingResult =
          'PROBLEM: Lambda failed to assume your function execution role.';
      }).status,
    ).toBe('fail');
  });

  test('a source condition that counts only where the key is there may be met by its absence', () =>
    expect(
      judge(
        'access.trust',
        trust(lambdaTrust({ Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '444455556666' } } })),
      ).status,
    ).toBe('unknown'));

  describe('what an organization denies, where it was read', () => {
    const cannotAssume = (snapshot: Snapshot) =>
      void (value(snapshot.mappings, uuid).LastProcessingResult =
        'PROBLEM: Lambda failed to assume your function execution role.');
    const organization =
      (kind: 'serviceControlPolicies' | 'resourceControlPolicies', condition: object = {}) =>
      (snapshot: Snapshot) => {
        const text = document(
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          {
            Sid: 'OwnOnly',
            Effect: 'Deny',
            ...(kind === 'resourceControlPolicies' ? { Principal: '*' } : {}),
            Action: 'sts:AssumeRole',
            Resource: '*',
            ...condition,
          },
        );
        snapshot[kind][account] = ok({
          levels: [{ target: 'r-1', policies: [{ id: 'p-1', name: 'Perimeter', document: text }] }],
        });
      };
    const ofOthers = {
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    };
    const says = (...changes: ((snapshot: Snapshot) => void)[]) =>
      judge('access.trust', (snapshot) => changes.forEach((change) => change(snapshot)));
    test('a resource control policy that forgets the services', () => {
      const finding = says(
        organization('resourceControlPolicies', {
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
        }),
      );
      expect(finding.status).toBe('fail');
      expect(facts(finding)).toContain('statement OwnOnly of Perimeter');
    });
    test('one that leaves them out', () =>
      expect(says(organization('resourceControlPolicies', ofOthers), cannotAssume).status).toBe('pass'));
    test('a service control policy is one of the causes where Lambda says that it cannot assume the role, and never else', () => {
      expect(says(organization('serviceControlPolicies')).status).toBe('pass');
      expect(says(organization('serviceControlPolicies'), cannotAssume).status).toBe('warn');
    });
  });

  test('an unparsable trust policy is not blamed', () =>
    expect(judge('access.trust', trust('{')).status).toBe('unknown'));
  test('a role that could not be read is unknown', () =>
    expect(judge('access.trust', (snapshot) => deny(snapshot, 'roles', 'iam', 'GetRole'))).toMatchObject({
      status: 'unknown',
      missingActions: ['iam:GetRole'],
    }));

  test('the fix keeps the policy and can be taken back', () => {
    const before = document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
    const { fixes } = judge('access.trust', trust(before));
    const [change] = fixes[0]!.changes;
    expect(change!.undo!.input).toEqual({ RoleName: 'order-handler-role', PolicyDocument: before });
    expect(judge('access.trust', trust(change!.input['PolicyDocument'] as string)).status).toBe('pass');
  });
});

describe('secret, key and destination', () => {
  const scram = { auth: 'scram' } as const;
  const keyPolicy =
    (...statements: object[]) =>
    (snapshot: Snapshot) =>
      void (snapshot.keyPolicies[keyArn] = ok(document(...statements)));

  test('no right on the secret', () =>
    expect(judge('access.secret', inline(allow('kms:Decrypt', keyArn)), scram).status).toBe('fail'));
  test('the secret’s ARN without its suffix is none', () =>
    expect(
      judge('access.secret', inline(allow('secretsmanager:GetSecretValue', secretArn.slice(0, -7))), scram).status,
    ).toBe('fail'));
  test('the suffix by wildcard is enough', () =>
    expect(
      judge('access.secret', inline(allow('secretsmanager:GetSecretValue', `${secretArn.slice(0, -6)}??????`)), scram)
        .status,
    ).toBe('pass'));
  test('the secret’s own policy may grant to the role', () => {
    const finding = judge(
      'access.secret',
      (snapshot) => {
        inline(allow('kms:*', '*'))(snapshot);
        snapshot.secretPolicies[secretArn] = ok(
          document(allow('secretsmanager:GetSecretValue', '*', { Principal: { AWS: roleArn } })),
        );
      },
      scram,
    );
    expect(finding.status).toBe('pass');
  });
  test('the secret’s own policy may deny', () => {
    const finding = judge(
      'access.secret',
      (snapshot) => {
        snapshot.secretPolicies[secretArn] = ok(
          document({
            Sid: 'OnlyBob',
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Principal: '*',
            Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/bob` } },
          }),
        );
      },
      scram,
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('OnlyBob');
  });
  test('a secret that was not described is judged by the ARN that the mapping names, if that is whole', () => {
    const hidden =
      (...statements: object[]) =>
      (snapshot: Snapshot) => {
        deny(snapshot, 'secrets', 'secretsmanager', 'DescribeSecret');
        inline(...statements)(snapshot);
      };
    expect(judge('access.secret', hidden(allow('secretsmanager:GetSecretValue', secretArn)), scram).status).toBe(
      'pass',
    );
    expect(
      judge(
        'access.secret',
        hidden(allow('*', '*'), { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' }),
        scram,
      ).status,
    ).toBe('fail');
    expect(
      judge(
        'access.secret',
        (snapshot) => {
          hidden(allow('*', '*'))(snapshot);
          value(snapshot.mappings, uuid).SourceAccessConfigurations = [
            { Type: 'SASL_SCRAM_512_AUTH', URI: secretArn.slice(0, -7) },
          ];
          snapshot.secrets[secretArn.slice(0, -7)] = denied('secretsmanager', 'DescribeSecret');
        },
        scram,
      ),
    ).toMatchObject({ status: 'unknown', missingActions: ['secretsmanager:DescribeSecret'] });
  });
  test('a secret policy that could not be read leaves the question open', () =>
    expect(
      judge(
        'access.secret',
        (snapshot) => deny(snapshot, 'secretPolicies', 'secretsmanager', 'GetResourcePolicy'),
        scram,
      ).status,
    ).toBe('unknown'));

  test('no kms:Decrypt', () =>
    expect(judge('access.kms', inline(allow('secretsmanager:*', '*')), scram).status).toBe('fail'));
  test('a key policy that names the role needs no identity policy', () => {
    const finding = judge(
      'access.kms',
      (snapshot) => {
        inline(allow('secretsmanager:*', '*'))(snapshot);
        keyPolicy(allow('kms:Decrypt', '*', { Principal: { AWS: roleArn } }))(snapshot);
      },
      scram,
    );
    expect(finding.status).toBe('pass');
  });
  test('a key policy that names neither role nor account makes the role’s policies void', () => {
    const finding = judge(
      'access.kms',
      keyPolicy(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${account}:role/admin` } })),
      scram,
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(`key ${keyArn.split('/')[1]}`);
    expect(finding.fixes).toMatchObject([{ safety: 'care', changes: [{ operation: 'PutKeyPolicy' }] }]);
  });
  test('use through Secrets Manager only is how the pollers use it', () => {
    const change = inline(
      allow('secretsmanager:*', '*'),
      allow('kms:Decrypt', keyArn, {
        Condition: {
          StringEquals: {
            'kms:ViaService': `secretsmanager.${region}.amazonaws.com`,
            'kms:EncryptionContext:SecretARN': secretArn,
            'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
          },
        },
      }),
    );
    expect(judge('access.kms', change, scram).status).toBe('pass');
  });

  const withDestination = (destination: string) => (snapshot: Snapshot) =>
    void (value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: destination } });
  test.each([
    `arn:aws:sqs:${region}:${account}:dead`,
    `arn:aws:sns:${region}:${account}:dead`,
    'arn:aws:s3:::dead',
    'kafka://dead',
  ])('%s needs its right', (destination) => {
    expect(judge('access.destination', withDestination(destination)).status).toBe('fail');
    expect(
      judge('access.destination', (snapshot) => {
        withDestination(destination)(snapshot);
        inline(everyKafka, allow(['sqs:SendMessage', 'sns:Publish', 's3:*'], '*'))(snapshot);
      }).status,
    ).toBe('pass');
  });
  test('no destination, nothing to say', () => expect(judge('access.destination', () => {}).status).toBe('skip'));
});
