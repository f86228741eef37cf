import { describe, expect, test } from 'vitest';
import { readActions, doctorPolicy } from '../../src/access/policies/this-tool.js';
import { creatorPolicy, rolePolicy } from '../../src/access/policies/principals.js';
import {
  clusterPolicy,
  keyPolicy,
  lambdaEndpointPolicy,
  secretPolicy,
  secretsManagerEndpointPolicy,
  stsEndpointPolicy,
} from '../../src/access/policies/resources.js';
import { aclLines } from '../../src/access/policies/acls.js';
import { evaluateDocument } from '../../src/access/evaluate.js';
import { findOverlyPermissive } from '../../src/access/overly-permissive.js';
import type { Policy } from '../../src/access/policy.js';
import { callsOf } from '../../src/access/needed-calls.js';
import type { PolicySubject } from '../../src/access/policy-subject.js';
import { iamAction } from '../../src/account/failure.js';
import { services } from '../../src/account/services/index.js';
import type { Answerer } from '../../src/account/clients.js';
import { createClients } from '../../src/account/clients.js';
import { readOrganization } from '../../src/account/scopes/organization.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
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
} from '../accounts/account.js';
import { readThrough, recording } from '../account/support/read.js';

const trigger = (change: Partial<PolicySubject> = {}): PolicySubject => ({
  functionArn,
  logGroup: '/aws/lambda/order-handler',
  roleArn,
  cluster: { partition: 'aws', region, account, name: clusterName, uuid: clusterUuid },
  connectionArn: null,
  interfaces: { subnets: [], securityGroups: [] },
  topic,
  group: 'orders-group',
  auth: 'iam',
  secretArn: null,
  keyArn: null,
  destination: '',
  destinationOwner: null,
  destinationKeyArn: null,
  registry: '',
  registrySecrets: [],
  principal: null,
  broker: null,
  ...change,
});
const grants = (policy: Policy, action: string, resource: string, more: Record<string, string> = {}) =>
  evaluateDocument(
    JSON.stringify(policy),
    { action, resource, principal: { aws: roleArn }, context: more },
    { layer: 'identity', policy: 'p' },
  ).answer === 'allowed';

describe('the least policy of the role', () => {
  test.each<{ name: string; change: Partial<PolicySubject> }>([
    { name: 'IAM', change: {} },
    { name: 'SASL/SCRAM', change: { auth: 'scram', secretArn, keyArn } },
    { name: 'mutual TLS', change: { auth: 'mtls', secretArn } },
    { name: 'no authentication', change: { auth: 'tls' } },
    { name: 'a group not known yet', change: { group: '*' } },
    {
      name: 'a queue under a key',
      change: { destination: `arn:aws:sqs:${region}:${account}:dead`, destinationKeyArn: keyArn },
    },
    { name: 'a bucket', change: { destination: 'arn:aws:s3:::dead' } },
    { name: 'a Kafka topic', change: { destination: 'kafka://dead' } },
    { name: 'a Glue registry', change: { registry: `arn:aws:glue:${region}:${account}:registry/r` } },
    {
      name: 'another account’s cluster',
      change: {
        connectionArn: `arn:aws:kafka:${region}:${account}:vpc-connection/444455556666/c/u`,
        cluster: { partition: 'aws', region, account: '444455556666', name: 'c', uuid: '*' },
      },
    },
  ])('with $name allows every call', ({ change }) => {
    const policy = rolePolicy(trigger(change));
    for (const { anyOf, context } of callsOf(trigger(change)))
      expect(
        anyOf.some(({ action, resources }) =>
          resources.every((resource) => grants(policy, action, resource, context as Record<string, string>)),
        ),
        anyOf[0].action,
      ).toBe(true);
  });

  test('names nothing of Kafka where Kafka asks no IAM right, and no star beside what takes no ARN', () => {
    expect(JSON.stringify(rolePolicy(trigger({ auth: 'scram', secretArn })))).not.toContain('kafka-cluster');
    const wide = rolePolicy(trigger())
      .Statement.filter(({ Resource: resource }) => resource === '*')
      .flatMap(({ Action: actions }) => actions);
    expect(wide.filter((action) => !action.startsWith('ec2:'))).toEqual(['kafka:GetBootstrapBrokers']);
  });

  test('has nothing beyond what it needs', () => {
    expect(
      findOverlyPermissive(
        { identity: [{ name: 'least', kind: 'inline', arn: null, document: JSON.stringify(rolePolicy(trigger())) }] },
        callsOf(trigger()),
      ),
    ).toEqual([]);
  });
});

describe('more than a trigger needs', () => {
  const beyond = (...statements: object[]) =>
    findOverlyPermissive(
      { identity: [{ name: 'own', kind: 'inline', arn: null, document: JSON.stringify({ Statement: statements }) }] },
      callsOf(trigger()),
    )
      .map(({ fact }) => fact)
      .join('\n');
  test.each([
    {
      statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
      sentence: 'allows s3:GetObject, which the trigger does not need',
    },
    {
      statement: { Effect: 'Allow', Action: 'kafka-cluster:*', Resource: clusterArn },
      sentence: 'allows kafka-cluster:* (19 actions); the trigger needs only kafka-cluster:Connect',
    },
    {
      statement: { Effect: 'Allow', Action: 'kafka-cluster:Connect', Resource: '*' },
      sentence: 'on * although an ARN is possible',
    },
    { statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, sentence: 'allows everything but iam:*' },
    { statement: { Effect: 'Allow', Action: '*', Resource: '*' }, sentence: 'allows *; the trigger needs only' },
  ])('$statement', ({ statement, sentence }) => expect(beyond(statement)).toContain(sentence));
  test('a deny and what is needed are none', () => {
    expect(
      beyond(
        { Effect: 'Deny', Action: '*', Resource: '*' },
        { Effect: 'Allow', Action: ['ec2:DescribeVpcs', 'logs:CreateLogGroup'], Resource: '*' },
      ),
    ).toBe('');
  });
});

describe('policies of resources', () => {
  const asService = (policy: Policy, action: string, resource: string) =>
    evaluateDocument(
      JSON.stringify(policy),
      { action, resource, principal: { service: 'lambda.amazonaws.com' }, context: {} },
      { layer: 'endpoint', policy: 'p' },
    ).answer;
  const asRole = (
    policy: Policy,
    action: string,
    resource: string,
    role = roleArn,
    context: Record<string, string> = {},
  ) =>
    evaluateDocument(
      JSON.stringify(policy),
      { action, resource, principal: { aws: role }, context },
      { layer: 'resource', policy: 'p' },
    ).answer;

  test('endpoints let the service, or the role, do just its call', () => {
    expect(asService(lambdaEndpointPolicy(trigger()), 'lambda:InvokeFunction', functionArn)).toBe('allowed');
    expect(
      asService(
        lambdaEndpointPolicy(trigger({ functionArn: `${functionArn}:live` })),
        'lambda:InvokeFunction',
        `${functionArn}:live`,
      ),
    ).toBe('allowed');
    expect(asService(lambdaEndpointPolicy(trigger()), 'lambda:InvokeFunction', `${functionArn}2`)).toBe('denied');
    expect(asService(stsEndpointPolicy(trigger()), 'sts:AssumeRole', roleArn)).toBe('allowed');
    expect(
      asRole(secretsManagerEndpointPolicy(trigger({ secretArn })), 'secretsmanager:GetSecretValue', secretArn),
    ).toBe('allowed');
    expect(
      asService(secretsManagerEndpointPolicy(trigger({ secretArn })), 'secretsmanager:GetSecretValue', secretArn),
    ).toBe('denied');
  });
  test('secret and key open to the role, the key only through Secrets Manager', () => {
    expect(asRole(secretPolicy(trigger()), 'secretsmanager:GetSecretValue', secretArn)).toBe('allowed');
    const via = (service: string) =>
      asRole(keyPolicy(trigger({ secretArn, keyArn })), 'kms:Decrypt', keyArn, roleArn, { 'kms:ViaService': service });
    expect([via(`secretsmanager.${region}.amazonaws.com`), via(`s3.${region}.amazonaws.com`)]).toEqual([
      'allowed',
      'denied',
    ]);
    expect(
      JSON.stringify(
        keyPolicy(
          trigger({
            secretArn: secretArn.replace('arn:aws:', 'arn:aws-cn:'),
            cluster: { ...trigger().cluster, partition: 'aws-cn' },
          }),
        ),
      ),
    ).toContain('.amazonaws.com.cn');
  });
  test('a cluster opens to the other account, and inside Kafka only with IAM', () => {
    const policy = clusterPolicy(trigger());
    expect(asRole(policy, 'kafka:CreateVpcConnection', clusterArn)).toBe('allowed');
    expect(
      asRole(
        policy,
        'kafka-cluster:ReadData',
        `arn:aws:kafka:${region}:${account}:topic/${clusterName}/${clusterUuid}/${topic}`,
      ),
    ).toBe('allowed');
    expect(
      asRole(
        policy,
        'kafka-cluster:ReadData',
        `arn:aws:kafka:${region}:${account}:topic/${clusterName}/${clusterUuid}/${topic}`,
        `${roleArn}2`,
      ),
    ).toBe('denied');
    expect(JSON.stringify(clusterPolicy(trigger({ auth: 'scram' })))).not.toContain('kafka-cluster:');
  });
  test('who makes the mapping may do so for this function only', () => {
    const policy = creatorPolicy(trigger());
    expect(grants(policy, 'lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': functionArn })).toBe(true);
    expect(grants(policy, 'lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': `${functionArn}2` })).toBe(
      false,
    );
    expect(grants(policy, 'kafka:DescribeClusterV2', clusterArn)).toBe(true);
  });
  test('ACLs: topic, group, cluster, and the topic that failed records go to; odd names are quoted', () => {
    const lines = aclLines({
      principal: 'User:CN=a b,O=x',
      topic: 't',
      group: 'g*',
      broker: 'b-1:9094',
      writes: 'dead',
    });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      "kafka-acls --bootstrap-server b-1:9094 --command-config client.properties --add --allow-principal 'User:CN=a b,O=x' --operation Describe --operation Read --topic t",
    );
    expect(lines[1]).toContain("--group 'g*'");
    expect(lines[3]).toContain('--operation Write --topic dead');
  });
});

describe('what this tool itself may read', () => {
  const listed = Object.entries(readActions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));
  const reads = /^(Get|List|Describe|Head|Filter|Search|Simulate)/;

  test('holds every reading operation that the clients know, and nothing else', async () => {
    const known = await Promise.all(
      Object.entries(services).map(async ([service, load]) =>
        Object.keys((await load()).commands)
          .filter((name) => reads.test(name))
          .map((name) => iamAction(service, name)),
      ),
    );
    // The content of a secret is a right of its own, on named secrets.
    expect(listed.toSorted()).toEqual(
      [...new Set(known.flat())].filter((action) => action !== 'secretsmanager:GetSecretValue').toSorted(),
    );
  });

  test('holds every operation that reading the sandbox’s accounts makes', async () => {
    const made = await Promise.all(
      sandboxAccounts.map(async ({ name }) => {
        const { answerer, calls } = recording(openAccount(name)!.answer as Answerer);
        const { snapshot } = await readThrough(answerer);
        await readOrganization(createClients({ region, answerer }), snapshot, account);
        return calls.map(({ service, operation }) => iamAction(service, operation));
      }),
    );
    const distinct = [...new Set(made.flat())];
    expect(distinct.filter((action) => !listed.includes(action))).toEqual(['secretsmanager:GetSecretValue']);
    expect(distinct.length).toBeGreaterThan(30);
  });

  test('grants all of it and nothing that changes; contents of secrets only by name', () => {
    const policy = doctorPolicy([secretArn], [keyArn]);
    for (const action of listed) expect(grants(policy, action, '*'), action).toBe(true);
    for (const action of [
      'lambda:UpdateEventSourceMapping',
      'iam:PutRolePolicy',
      'ec2:AuthorizeSecurityGroupIngress',
      'secretsmanager:PutSecretValue',
    ])
      expect(grants(policy, action, '*'), action).toBe(false);
    expect(grants(policy, 'secretsmanager:GetSecretValue', secretArn)).toBe(true);
    expect(grants(policy, 'secretsmanager:GetSecretValue', `${secretArn}x`)).toBe(false);
    expect(JSON.stringify(doctorPolicy([], []))).not.toContain('GetSecretValue');
  });
});
