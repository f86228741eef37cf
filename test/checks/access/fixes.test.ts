/** Every fix of a check of rights, played on the account: then the check passes. And what was added to the checks' judgement. */
import { describe, expect, test } from 'vitest';
import { callsOfCheck } from '../../../src/access/needed-calls.js';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { checks } from '../../../src/checks/index.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import { canReplay, replayAll } from '../../../src/simulate/simulate.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  account,
  accountWith,
  clusterArn,
  denied,
  keyArn,
  managedPolicyArn,
  region,
  roleArn,
  secretArn,
  topic,
  uuid,
  value,
  type HealthyOptions,
} from '../../accounts/account.js';

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string | string[], Resource: string | string[], more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
const judge = (id: CheckId, snapshot: Snapshot): Finding =>
  runCheck(
    checks.find((check) => check.id === id)!,
    subjectOf(snapshot, uuid),
  );
const onlyInline =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    snapshot.attachedPolicies[roleArn] = ok([]);
    snapshot.inlinePolicyNames[roleArn] = ok(['own']);
    snapshot.inlinePolicies[`${roleArn}#own`] = ok(document(...statements));
  };
/** One more inline policy, which denies. */
const denies =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    value(snapshot.inlinePolicyNames, roleArn).push('guard');
    snapshot.inlinePolicies[`${roleArn}#guard`] = ok(document(...statements));
  };
const sharedDenial =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    const arn = `arn:aws:iam::${account}:policy/guard`;
    value(snapshot.attachedPolicies, roleArn).push({ PolicyName: 'guard', PolicyArn: arn });
    snapshot.managedPolicies[arn] = ok(document(...statements));
  };
const topicArn = `${clusterArn.replace(':cluster/', ':topic/')}/${topic}`;
const boundary =
  (...statements: object[]) =>
  (snapshot: Snapshot) => {
    const arn = `arn:aws:iam::${account}:policy/team/boundary`;
    value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: arn };
    snapshot.managedPolicies[arn] = ok(document(...statements));
  };
const both =
  (...changes: ((snapshot: Snapshot) => void)[]) =>
  (snapshot: Snapshot) =>
    void changes.forEach((change) => change(snapshot));
const keyPolicy =
  (...statements: object[]) =>
  (snapshot: Snapshot) =>
    void (snapshot.keyPolicies[keyArn] = ok(document(...statements)));
const queue = `arn:aws:sqs:${region}:${account}:dead`;
const destination =
  (arn: string, more: object = {}) =>
  (snapshot: Snapshot) => {
    value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: arn } };
    snapshot.destinations[arn] = ok({ arn, kind: arn.split(':')[2]!, ...more });
  };
const key =
  (id: string, policy: string | null = document(allow('kms:*', '*', { Principal: { AWS: account } }))) =>
  (snapshot: Snapshot) => {
    snapshot.keys[id] = ok({ KeyId: id.split('/')[1]!, Arn: id, KeyManager: 'CUSTOMER' });
    snapshot.keyPolicies[id] = policy === null ? denied('kms', 'GetKeyPolicy', id) : ok(policy);
  };
const other = `arn:aws:kms:${region}:${account}:key/ffffffff-12ab-34cd-56ef-1234567890ab`;
const filter = (snapshot: Snapshot) => void (value(snapshot.mappings, uuid).KMSKeyArn = other);
const text = (LastProcessingResult: string) => (snapshot: Snapshot) =>
  void (value(snapshot.mappings, uuid).LastProcessingResult = LastProcessingResult);

describe('a fix, played on the account, is enough', () => {
  test.each<[CheckId, string, (snapshot: Snapshot) => void, HealthyOptions]>([
    [
      'access.trust',
      'trusts EC2',
      (snapshot) =>
        void (value(snapshot.roles, roleArn).AssumeRolePolicyDocument = document({
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        })),
      {},
    ],
    ['access.msk-api', 'nothing at all', onlyInline(), {}],
    ['access.msk-api', 'MSK on another cluster', onlyInline(allow('kafka:*', `${clusterArn}x`)), {}],
    ['access.network-interfaces', 'nothing at all', onlyInline(), {}],
    [
      'access.network-interfaces',
      'a boundary without EC2',
      boundary(allow(['kafka:*', 'kafka-cluster:*', 'logs:*'], '*')),
      {},
    ],
    ['access.logs', 'nothing at all', onlyInline(), {}],
    ['access.kafka-connect', 'nothing at all', onlyInline(), {}],
    ['access.kafka-connect', 'nothing at all, and a boundary', both(onlyInline(), boundary(allow('sqs:*', '*'))), {}],
    ['access.kafka-cluster', 'nothing at all', onlyInline(), {}],
    ['access.kafka-topic', 'only the cluster', onlyInline(allow('kafka-cluster:*', clusterArn)), {}],
    [
      'access.kafka-group',
      'only the topic',
      onlyInline(allow('kafka-cluster:*', `${clusterArn.replace(':cluster/', ':topic/')}/${topic}`)),
      {},
    ],
    ['access.secret', 'nothing at all', onlyInline(), { auth: 'scram' }],
    ['access.kms', 'nothing at all', onlyInline(), { auth: 'scram' }],
    [
      'access.kms',
      'a key that speaks of neither',
      keyPolicy(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${account}:role/admin` } })),
      { auth: 'scram' },
    ],
    [
      'access.kms',
      'a key that speaks of neither, and nothing of the role',
      both(onlyInline(), keyPolicy(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${account}:role/admin` } }))),
      { auth: 'scram' },
    ],
    [
      'access.kms',
      'a filter under a key that Lambda may not use',
      both(
        filter,
        key(other),
        (snapshot) => void (value(snapshot.mappings, uuid).FilterCriteriaError = { ErrorCode: 'KMSAccessDenied' }),
      ),
      {},
    ],
    ['access.destination', 'nothing at all', both(onlyInline(), destination(queue)), {}],
    ['access.destination', 'nothing at all, and a bucket', both(onlyInline(), destination('arn:aws:s3:::dead')), {}],
    [
      'access.destination',
      'nothing at all, and a queue under a key',
      both(onlyInline(), destination(queue, { kmsKeyId: other }), key(other)),
      {},
    ],
    [
      'access.destination',
      'a queue under a key',
      both(onlyInline(allow('sqs:*', '*')), destination(queue, { kmsKeyId: other }), key(other)),
      {},
    ],
    ['access.kafka-topic', 'a Deny of the action on everything', denies(deny('kafka-cluster:ReadData', '*')), {}],
    ['access.kafka-topic', 'a Deny with a wildcard', denies(deny('kafka-cluster:*', '*')), {}],
    ['access.kafka-topic', 'a Deny of a part of the name', denies(deny('kafka-cluster:Read*', topicArn)), {}],
    ['access.kafka-topic', 'a Deny on a pattern of topics', denies(deny('kafka-cluster:*', `${topicArn}*`)), {}],
    [
      'access.kafka-topic',
      'a Deny with NotResource',
      denies({ Effect: 'Deny', Action: 'kafka-cluster:*', NotResource: [clusterArn, `${topicArn}-v2`] }),
      {},
    ],
    [
      'access.kafka-topic',
      'a Deny with NotAction',
      denies({ Effect: 'Deny', NotAction: ['kafka-cluster:Connect', 'ec2:*', 'kafka:*', 'logs:*'], Resource: '*' }),
      {},
    ],
    [
      'access.kafka-topic',
      'a Deny with NotAction and NotResource',
      denies({ Effect: 'Deny', NotAction: 'kafka-cluster:Connect', NotResource: `${clusterArn}*` }),
      {},
    ],
    ['access.kafka-connect', 'a Deny of everything', denies(deny('*', '*')), {}],
    ['access.network-interfaces', 'a Deny of calls without a resource', denies(deny('ec2:DescribeVpcs', '*')), {}],
    ['access.network-interfaces', 'a Deny of all of EC2', denies(deny('ec2:*', '*')), {}],
    [
      'access.kafka-group',
      'two Denies',
      denies(deny('kafka-cluster:*', '*'), deny('kafka-cluster:*Group', '*', { Sid: 'B' })),
      {},
    ],
    ['access.kafka-topic', 'a Deny in a policy of the account', sharedDenial(deny('kafka-cluster:*', '*')), {}],
    [
      'access.kafka-topic',
      'a Deny in two policies',
      both(denies(deny('kafka-cluster:R*', '*')), sharedDenial(deny('kafka-cluster:D*', '*'))),
      {},
    ],
    ['access.kafka-topic', 'a Deny in the boundary', boundary(allow('*', '*'), deny('kafka-cluster:*', '*')), {}],
    [
      'access.secret',
      'a Deny in the secret’s policy',
      (snapshot) =>
        void (snapshot.secretPolicies[secretArn] = ok(document(deny('secretsmanager:*', '*', { Principal: '*' })))),
      { auth: 'scram' },
    ],
    [
      'access.secret',
      'a Deny for all but an administrator in the secret’s policy',
      (snapshot) =>
        void (snapshot.secretPolicies[secretArn] = ok(
          document(
            deny('secretsmanager:GetSecretValue', '*', {
              Principal: '*',
              Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/admin` } },
            }),
          ),
        )),
      { auth: 'scram' },
    ],
    [
      'access.secret',
      'a Deny for the role alone in the secret’s policy',
      (snapshot) =>
        void (snapshot.secretPolicies[secretArn] = ok(
          document(deny('secretsmanager:GetSecretValue', '*', { Principal: { AWS: roleArn } })),
        )),
      { auth: 'scram' },
    ],
    [
      'access.kms',
      'a Deny in the key’s policy',
      keyPolicy(
        allow('kms:*', '*', { Principal: { AWS: account } }),
        deny('kms:Decrypt', '*', { Principal: { AWS: '*' } }),
      ),
      { auth: 'scram' },
    ],
    [
      'access.kms',
      'a filter under a key that denies everybody',
      both(
        filter,
        key(
          other,
          document(allow('kms:*', '*', { Principal: { AWS: account } }), deny('kms:Decrypt', '*', { Principal: '*' })),
        ),
        (snapshot) => void (value(snapshot.mappings, uuid).FilterCriteriaError = { ErrorCode: 'KMSAccessDenied' }),
      ),
      {},
    ],
    [
      'access.trust',
      'a Deny for everybody',
      (snapshot) => {
        const role = value(snapshot.roles, roleArn);
        role.AssumeRolePolicyDocument = document(
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          { Sid: 'NoOne', Effect: 'Deny', Principal: '*', Action: 'sts:*' },
        );
      },
      {},
    ],
    [
      'access.trust',
      'a Deny for Lambda, and nothing that allows it',
      (snapshot) => {
        const role = value(snapshot.roles, roleArn);
        role.AssumeRolePolicyDocument = document({
          Effect: 'Deny',
          Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        });
      },
      {},
    ],
  ])('%s: %s', (id, _, change, options) => {
    const snapshot = accountWith(change, options);
    const finding = judge(id, snapshot);
    expect(['fail', 'warn'], finding.title).toContain(finding.status);
    // Where AWS's own policy is offered, it or the small one is enough; else all that is proposed is needed.
    const managed = finding.fixes.find(({ changes }) =>
      changes.some(({ operation }) => operation === 'AttachRolePolicy'),
    );
    const rest = finding.fixes.filter((fix) => fix !== managed);
    for (const fixes of managed === undefined ? [rest] : [[managed], rest]) {
      const calls = fixes.flatMap(({ changes }) => changes);
      expect(calls.length).toBeGreaterThan(0);
      expect(calls.every(canReplay)).toBe(true);
      expect(judge(id, replayAll(snapshot, calls)).status).toBe('pass');
      const undo = calls.flatMap((call) => call.undo ?? []);
      if (undo.length === calls.length)
        expect(judge(id, replayAll(replayAll(snapshot, calls), undo)).status).toBe(finding.status);
    }
  });

  test('a statement that denies in a policy of the organization is for its administrator, and named', () => {
    const finding = judge(
      'access.kafka-topic',
      accountWith(
        (snapshot) =>
          void (snapshot.serviceControlPolicies[account] = ok({
            levels: [
              {
                target: 'ou-root',
                policies: [
                  { id: 'p-1', name: 'FullAWSAccess', document: document(allow('*', '*')) },
                  { id: 'p-2', name: 'NoKafka', document: document(deny('kafka-cluster:*', '*', { Sid: 'NoOne' })) },
                ],
              },
            ],
          })),
      ),
    );
    expect(finding.fixes).toMatchObject([
      { safety: 'by-hand', changes: [], title: expect.stringContaining('NoOne in policy NoKafka') as string },
    ]);
  });

  test('a wildcard over a service whose actions are not listed is for a person', () =>
    expect(
      judge('access.kafka-topic', accountWith(denies(deny('kafka-clust*:*', '*', { Sid: 'NoKafka' })))).fixes,
    ).toMatchObject([{ safety: 'by-hand', changes: [], title: expect.stringContaining('NoKafka') as string }]));

  test('AWS’s own policy cannot be edited: it is detached', () => {
    const arn = 'arn:aws:iam::aws:policy/AWSDenyAll';
    const broken = accountWith((snapshot) => {
      value(snapshot.attachedPolicies, roleArn).push({ PolicyName: 'AWSDenyAll', PolicyArn: arn });
      snapshot.managedPolicies[arn] = ok(document(deny('*', '*')));
    });
    const [fix] = judge('access.kafka-connect', broken).fixes;
    expect(fix).toMatchObject({
      safety: 'risky',
      changes: [{ operation: 'DetachRolePolicy', undo: { operation: 'AttachRolePolicy' } }],
    });
    expect(judge('access.kafka-connect', replayAll(broken, fix!.changes)).status).toBe('pass');
  });

  test('another account’s secret: its owner gets the statement to paste', () => {
    const foreign = secretArn.replace(account, '444455556666');
    const finding = judge(
      'access.secret',
      accountWith(
        (snapshot) => {
          value(snapshot.mappings, uuid).SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_512_AUTH', URI: foreign }];
          snapshot.secrets[foreign] = ok({ ARN: foreign });
          snapshot.secretPolicies[foreign] = ok('');
          onlyInline(allow('secretsmanager:*', '*'))(snapshot);
        },
        { auth: 'scram' },
      ),
    );
    expect(finding.status).toBe('fail');
    expect(finding.fixes).toMatchObject([
      { safety: 'by-hand', statements: [expect.stringContaining(`"AWS":"${roleArn}"`)] },
    ]);
  });

  test('a statement of its own name each, beside those that are there', () => {
    const other = allow('kms:Decrypt', '*', {
      Sid: 'MskTriggerRole',
      Principal: { AWS: `arn:aws:iam::${account}:role/other` },
    });
    const [fix] = judge(
      'access.kms',
      accountWith(both(onlyInline(allow('secretsmanager:*', '*')), keyPolicy(other)), { auth: 'scram' }),
    ).fixes;
    expect(JSON.parse(fix!.changes[0]!.input['Policy'] as string)).toMatchObject({
      Statement: [{ Sid: 'MskTriggerRole' }, { Sid: 'MskTriggerRole2', Principal: { AWS: roleArn } }],
    });
  });

  test('policies and boundary must both allow: one fix makes both', () => {
    const broken = accountWith(both(onlyInline(), boundary(allow('sqs:*', '*'))));
    const { fixes } = judge('access.kafka-connect', broken);
    expect(fixes.map(({ safety, changes }) => [safety, changes.map(({ operation }) => operation)])).toEqual([
      ['risky', ['PutRolePolicy', 'CreatePolicyVersion']],
    ]);
  });
  test('AWS’s own boundary cannot be changed', () => {
    const finding = judge(
      'access.kafka-connect',
      accountWith((snapshot) => {
        const arn = 'arn:aws:iam::aws:policy/PowerUserAccess';
        value(snapshot.roles, roleArn).PermissionsBoundary = { PermissionsBoundaryArn: arn };
        snapshot.managedPolicies[arn] = ok(document(allow('sqs:*', '*')));
      }),
    );
    expect(finding.fixes).toMatchObject([
      { safety: 'by-hand', statements: [expect.stringContaining('kafka-cluster:Connect')] },
    ]);
  });
});

describe('destinations, keys and registries', () => {
  test('a Kafka topic asks an IAM right only where Lambda logs in by IAM', () => {
    const toKafka = (snapshot: Snapshot) =>
      void (value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: 'kafka://dead' } });
    for (const auth of ['scram', 'mtls', 'tls'] as const)
      expect(judge('access.destination', accountWith(both(onlyInline(), toKafka), { auth })).status, auth).toBe('skip');
    expect(judge('access.destination', accountWith(both(onlyInline(), toKafka))).status).toBe('fail');
  });

  test('the right of an idempotent producer is asked for only where something is wrong', () => {
    const change = both(
      onlyInline(allow(['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'], '*')),
      (snapshot) =>
        void (value(snapshot.mappings, uuid).DestinationConfig = { OnFailure: { Destination: 'kafka://dead' } }),
    );
    expect(judge('access.destination', accountWith(change)).status).toBe('pass');
    expect(
      judge('access.destination', accountWith(both(change, text('PROBLEM: Cluster failed to authorize Lambda.')))),
    ).toMatchObject({ status: 'warn', title: expect.stringContaining('WriteDataIdempotently') as string });
  });

  test('a queue’s key that was not read, or is AWS’s own, is no doubt', () => {
    const sends = onlyInline(allow('sqs:SendMessage', queue));
    expect(
      judge('access.destination', accountWith(both(sends, destination(queue, { kmsKeyId: 'alias/aws/sqs' })))).status,
    ).toBe('pass');
    expect(judge('access.destination', accountWith(both(sends, destination(queue, { kmsKeyId: other })))).status).toBe(
      'pass',
    );
    expect(
      judge('access.destination', accountWith(both(sends, destination(queue, { kmsKeyId: other }), key(other, null))))
        .status,
    ).toBe('pass');
    expect(
      judge('access.destination', accountWith(both(sends, destination(queue, { kmsKeyId: other }), key(other)))),
    ).toMatchObject({ status: 'warn', title: expect.stringContaining('kms:GenerateDataKey') as string });
  });

  test('objects of a bucket by the prefix that Lambda writes under, or by any other that nobody knows', () => {
    const bucket = 'arn:aws:s3:::dead';
    const puts = (resource: string) =>
      judge(
        'access.destination',
        accountWith(
          both(onlyInline(allow('s3:PutObject', resource), allow('s3:ListBucket', bucket)), destination(bucket)),
        ),
      ).status;
    expect(puts(`${bucket}/aws/lambda/*`)).toBe('pass');
    expect(puts(`${bucket}/failed/*`)).toBe('unknown');
    expect(puts(bucket)).toBe('fail');
  });

  test('a condition on the bucket’s account, which S3 shows its policy to', () => {
    const bucket = 'arn:aws:s3:::dead';
    const within = (key: string, owner: string, more: object) =>
      judge(
        'access.destination',
        accountWith(
          both(
            onlyInline({
              ...allow(['s3:PutObject', 's3:ListBucket'], [bucket, `${bucket}/*`]),
              Condition: { StringEquals: { [key]: owner } },
            }),
            destination(bucket, more),
          ),
        ),
      ).status;
    for (const key of ['s3:ResourceAccount', 'aws:ResourceAccount']) {
      expect(within(key, account, { policy: '' }), key).toBe('pass');
      expect(within(key, '999988887777', { policy: '' }), key).toBe('fail');
      expect(within(key, account, {}), `${key}, policy not shown`).toBe('unknown');
    }
  });

  test('secrets of a Confluent registry', () => {
    const registry = (snapshot: Snapshot) => {
      value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = {
        SchemaRegistryConfig: {
          SchemaRegistryURI: 'https://registry.example',
          AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secretArn }],
          SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        },
      };
      snapshot.secretPolicies[secretArn] = ok('');
    };
    expect(
      judge(
        'access.destination',
        accountWith(both(registry, onlyInline(allow('secretsmanager:GetSecretValue', secretArn)))),
      ).status,
    ).toBe('pass');
    expect(judge('access.destination', accountWith(both(registry, onlyInline()))).status).toBe('fail');
    expect(
      judge(
        'access.destination',
        accountWith(
          both(
            registry,
            onlyInline(),
            (snapshot) => void (snapshot.secretPolicies[secretArn] = denied('secretsmanager', 'GetResourcePolicy')),
          ),
        ),
      ).status,
    ).toBe('unknown');
  });

  test('a filter under a key: Lambda itself must open it, and a filter that works is no risk', () => {
    const opened = key(other, document(allow('kms:Decrypt', '*', { Principal: { Service: 'lambda.amazonaws.com' } })));
    const closed = key(other);
    const broken = text('PROBLEM: Connection error. Please check your event source connection configuration.');
    expect(judge('access.kms', accountWith(both(filter, opened))).status).toBe('pass');
    expect(judge('access.kms', accountWith(both(filter, closed))).status).toBe('pass');
    expect(judge('access.kms', accountWith(both(filter, closed, broken))).status).toBe('warn');
    expect(judge('access.kms', accountWith(both(filter, key(other, null), broken))).status).toBe('pass');
  });
});

describe('what no policy shows', () => {
  test('a secret of another account under the default key', () => {
    const foreign = secretArn.replace(account, '444455556666');
    const change = (snapshot: Snapshot) => {
      value(snapshot.mappings, uuid).SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_512_AUTH', URI: foreign }];
      snapshot.secrets[foreign] = ok({ ARN: foreign });
    };
    const refused = text('PROBLEM: Connection error. Please check your event source connection configuration.');
    expect(judge('access.kms', accountWith(both(change, refused), { auth: 'scram' }))).toMatchObject({
      status: 'fail',
      fixes: [{ safety: 'by-hand' }],
    });
    expect(judge('access.kms', accountWith(change, { auth: 'scram' })).status).toBe('skip');
    expect(
      judge(
        'access.kms',
        accountWith(
          both((snapshot) => void (snapshot.secrets[secretArn] = ok({ ARN: secretArn })), refused),
          { auth: 'scram' },
        ),
      ).status,
    ).toBe('skip');
  });

  test('a role made again after the function took it, where Lambda says that it cannot assume it', () => {
    const younger = (snapshot: Snapshot) =>
      void (value(snapshot.roles, roleArn).CreateDate = '2026-11-20T08:00:00.000Z');
    const older = (snapshot: Snapshot) =>
      void Object.values(snapshot.functions).forEach(
        (read) => read.outcome === 'ok' && Object.assign(read.value, { LastModified: '2026-10-01T08:00:00.000+0000' }),
      );
    const refused = text('PROBLEM: Lambda failed to assume your function execution role.');
    expect(judge('access.trust', accountWith(both(younger, older, refused)))).toMatchObject({
      status: 'warn',
      title: expect.stringContaining('was recreated') as string,
      fixes: [{ safety: 'by-hand' }],
    });
    expect(judge('access.trust', accountWith(both(younger, older))).status).toBe('pass');
    expect(judge('access.trust', accountWith(both(older, refused))).status).toBe('pass');
  });

  test('a role of the same name under another path, where Lambda says that it cannot assume it', () => {
    const moved = (snapshot: Snapshot) =>
      void Object.assign(value(snapshot.roles, roleArn), {
        Arn: roleArn.replace(':role/', ':role/teams/'),
        Path: '/teams/',
      });
    const refused = text('PROBLEM: Lambda failed to assume your function execution role.');
    expect(judge('access.trust', accountWith(both(moved, refused)))).toMatchObject({
      status: 'fail',
      fixes: [{ safety: 'care', changes: [{ input: { Role: roleArn.replace(':role/', ':role/teams/') } }] }],
    });
    expect(judge('access.trust', accountWith(moved)).status).toBe('pass');
  });
});

describe('another account’s key', () => {
  const foreignKey = keyArn.replace(account, '444455556666');
  const under = (caller: string) => (snapshot: Snapshot) => {
    value(snapshot.secrets, secretArn).KmsKeyId = foreignKey;
    const policy = document(
      allow('kms:Decrypt', '*', {
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: { 'kms:CallerAccount': caller, 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        },
      }),
    );
    key(foreignKey, policy)(snapshot);
    onlyInline(allow(['kms:Decrypt', 'secretsmanager:GetSecretValue'], '*'))(snapshot);
  };
  test('the caller is the role’s account, not the key’s', () => {
    expect(judge('access.kms', accountWith(under(account), { auth: 'scram' })).status).toBe('pass');
    expect(judge('access.kms', accountWith(under('444455556666'), { auth: 'scram' })).status).toBe('fail');
  });
  test('in other partitions the name of the service in between is not known', () => {
    const [call] = callsOfCheck('access.kms', { keyArn: keyArn.replace('arn:aws:', 'arn:aws-cn:'), secretArn });
    expect(call!.context).not.toHaveProperty('kms:ViaService');
  });
});

describe('what looks like a right', () => {
  test.each([
    {
      id: 'access.kafka-topic',
      statement: allow('kafka-cluster:Consume', '*'),
      sentence: 'which is not an AWS action',
    },
    {
      id: 'access.kafka-topic',
      statement: allow('kafka:ReadData', '*'),
      sentence: 'which is not an action; the action is kafka-cluster:',
    },
    {
      id: 'access.kafka-topic',
      statement: allow('kafka:*', '*'),
      sentence: 'actions in the cluster are kafka-cluster:*',
    },
    {
      id: 'access.network-interfaces',
      statement: allow('ec2:DescribeSubnet', '*'),
      sentence: 'which is not an AWS action',
    },
    {
      id: 'access.kafka-topic',
      statement: allow('kafka-cluster:*', `${clusterArn.replace(':cluster/', ':topic/')}/${topic.toUpperCase()}`),
      sentence: 'upper and lower case',
    },
    {
      id: 'access.kafka-topic',
      statement: allow('kafka-cluster:*', `${clusterArn.replace(':cluster/', ':topic/').slice(0, -2)}/${topic}`),
      sentence: 'another cluster',
    },
  ] as const)('$id with $statement', ({ id, statement, sentence }) => {
    expect(
      judge(id, accountWith(onlyInline(statement)))
        .evidence.map(({ fact }) => fact)
        .join('\n'),
    ).toContain(sentence);
  });
  test('a secret’s ARN without the ending that AWS adds', () => {
    const finding = judge(
      'access.secret',
      accountWith(onlyInline(allow('secretsmanager:GetSecretValue', secretArn.slice(0, -7))), { auth: 'scram' }),
    );
    expect(finding.evidence.map(({ fact }) => fact).join()).toContain('-?????? matches any suffix');
  });
  test('a key’s alias in place of the key', () => {
    const finding = judge(
      'access.kms',
      accountWith(
        onlyInline(allow('secretsmanager:*', '*'), allow('kms:Decrypt', keyArn.replace(/key\/.*/, 'alias/orders'))),
        { auth: 'scram' },
      ),
    );
    expect(finding.evidence.map(({ fact }) => fact).join()).toContain('is an alias; permissions must name the key ARN');
  });
  test('a bucket in place of its objects', () => {
    const finding = judge(
      'access.destination',
      accountWith(both(onlyInline(allow('s3:*', 'arn:aws:s3:::dead')), destination('arn:aws:s3:::dead'))),
    );
    expect(finding.evidence.map(({ fact }) => fact).join()).toContain('the objects in it');
  });
  test('interfaces on the cluster’s own subnets and groups are enough', () => {
    const snapshot = accountWith(() => {});
    const { ClientSubnets: subnets = [], SecurityGroups: groups = [] } = value(snapshot.clusters, clusterArn)
      .Provisioned!.BrokerNodeGroupInfo!;
    const arns = [
      ...subnets.map((id) => `arn:aws:ec2:${region}:${account}:subnet/${id}`),
      ...groups.map((id) => `arn:aws:ec2:${region}:${account}:security-group/${id}`),
      `arn:aws:ec2:${region}:${account}:network-interface/*`,
    ];
    snapshot.managedPolicies[managedPolicyArn] = ok(
      document(allow('ec2:Describe*', '*'), allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'], arns)),
    );
    expect(judge('access.network-interfaces', snapshot).status).toBe('pass');
  });
});
