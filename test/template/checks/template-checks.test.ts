/** The checks on templates themselves: what they find, and what they let pass. */
import { describe, expect, test } from 'vitest';
import { healthyAccount } from '../../../src/sandbox/healthy.js';
import { ok } from '../../../src/snapshot/read.js';
import type { JsonObject } from '../../../src/template/resource.js';
import { statements } from '../support/faults.js';
import {
  allow,
  findingOf,
  get,
  healthy,
  inCluster,
  lintTemplate,
  lintTexts,
  policy,
  problems,
  ref,
  sub,
  toYaml,
  type Template,
} from '../support/healthy.js';

const properties = (template: Template, name: string): JsonObject => template.Resources[name]!.Properties;
function changed(change: (template: Template) => void, kind: Parameters<typeof healthy>[0] = {}) {
  const template = healthy(kind);
  change(template);
  return lintTemplate(template);
}

describe('template.policy-document', () => {
  test.each<[string, (statement: JsonObject) => void, string]>([
    ['no Resource', (statement) => void delete statement['Resource'], 'no Resource'],
    ['another Effect', (statement) => void (statement['Effect'] = 'allow it'), 'neither Allow nor Deny'],
    ['an action without service', (statement) => void (statement['Action'] = ['ReadData']), 'not an action'],
    ['Action and NotAction', (statement) => void (statement['NotAction'] = 's3:*'), 'both Action and NotAction'],
    ['a Principal', (statement) => void (statement['Principal'] = '*'), 'no Principal'],
    ['a Sid with a space', (statement) => void (statement['Sid'] = 'read it'), 'letters and digits'],
  ])('%s', (_, change, words) => {
    const result = changed((template) => change(statements(template)[1]!));
    const finding = findingOf(result, 'template.policy-document');
    expect(finding.status).toBe('fail');
    expect(finding.title).toContain(words);
    expect(result.mappings[0]!.causes[0]?.check).toBe('template.policy-document');
  });
  test('text that is not JSON', () => {
    const result = changed((template) => {
      (properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument'] = '{"Version": "2012-10-17",}';
    });
    expect(findingOf(result, 'template.policy-document').title).toContain('not JSON');
  });
  test('a policy of the secret', () => {
    const result = changed(
      (template) =>
        void (template.Resources['SecretPolicy'] = {
          Type: 'AWS::SecretsManager::ResourcePolicy',
          Properties: { SecretId: ref('Secret'), ResourcePolicy: { Version: '2012-10-18', Statement: [] } },
        }),
      { auth: 'scram' },
    );
    expect(findingOf(result, 'template.policy-document').title).toContain('2012-10-18');
  });
});

describe('template.void-action', () => {
  const withStatement = (statement: JsonObject, kind: Parameters<typeof healthy>[0] = {}) =>
    changed((template) => void statements(template).push(statement), kind);
  test.each<[string, JsonObject, string]>([
    ['GetBootstrapBrokers inside Kafka', allow('kafka-cluster:GetBootstrapBrokers', '*'), 'kafka:GetBootstrapBrokers'],
    ['a typing error', allow('kafka-cluster:AlterGrup', '*'), 'kafka-cluster:AlterGroup'],
    ['another prefix', allow('msk:DescribeCluster', '*'), 'kafka:DescribeCluster'],
    ['a pattern that matches nothing', allow('kafka-cluster:Consume*', '*'), ''],
    ['a group’s action on topics', allow('kafka-cluster:AlterGroup', inCluster('topic')), 'type topic'],
    ['a topic’s action on the cluster', allow('kafka-cluster:ReadData', get('Cluster')), 'type cluster'],
    [
      'an action of EC2 on an ARN',
      allow('ec2:DescribeVpcs', sub('arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:vpc/*')),
      'Resource "*"',
    ],
  ])('%s', (_, statement, words) => {
    const result = withStatement(statement);
    expect(problems(result)).toEqual(['template.void-action']);
    const finding = findingOf(result, 'template.void-action');
    expect(`${finding.title} ${finding.fixes[0]!.title}`).toContain(words);
  });
  test.each<[string, JsonObject]>([
    ['an unknown service', allow('example:Anything', '*')],
    [
      'a wildcard for the type',
      allow('kafka-cluster:ReadData', sub('arn:aws:kafka:${AWS::Region}:${AWS::AccountId}:*/orders/*')),
    ],
    [
      'several types for several actions',
      allow(['kafka-cluster:Connect', 'kafka-cluster:ReadData'], [get('Cluster'), inCluster('topic')]),
    ],
    ['an ARN that is not known', allow('kafka-cluster:ReadData', { 'Fn::ImportValue': 'topics' })],
    ['a Deny', { ...allow('kafka-cluster:Nothing', '*'), Effect: 'Deny' }],
  ])('nothing about %s', (_, statement) => expect(problems(withStatement(statement))).toEqual([]));
  test('with SCRAM, an action for another cluster is no fault', () => {
    const other = allow('kafka-cluster:*', sub('arn:aws:kafka:${AWS::Region}:${AWS::AccountId}:cluster/payments/*'));
    expect(problems(withStatement(other, { auth: 'scram' }))).toEqual([]);
  });
});

describe('template.creation-order', () => {
  const policyOfItsOwn = (template: Template): void => {
    const document = (properties(template, 'Role')['Policies'] as JsonObject[])[0]!['PolicyDocument']!;
    delete properties(template, 'Role')['Policies'];
    template.Resources['Policy'] = {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'consume', PolicyDocument: document, Roles: [ref('Role')] },
    };
  };
  test('names both resources and what to write', () => {
    const finding = findingOf(changed(policyOfItsOwn), 'template.creation-order');
    expect(finding.title).toBe('Mapping can be created before the policies of its execution role: Policy');
    expect(finding.fixes[0]!.title).toBe('Add DependsOn: Policy to Mapping.');
    expect(finding.related).toHaveLength(1);
  });
  test('several policies are one warning; a policy that the pollers do not need is none', () => {
    const result = changed((template) => {
      policyOfItsOwn(template);
      template.Resources['Again'] = structuredClone(template.Resources['Policy']!);
      template.Resources['Table'] = {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'table', PolicyDocument: policy(allow('dynamodb:*', '*')), Roles: [ref('Role')] },
      };
    });
    const finding = findingOf(result, 'template.creation-order');
    expect(finding.fixes[0]!.title).toBe('Add DependsOn: [Policy, Again] to Mapping.');
    expect(finding.related).toHaveLength(2);
  });
  test('DependsOn is enough, also of something before the mapping', () => {
    expect(
      problems(
        changed((template) => (policyOfItsOwn(template), void (template.Resources['Mapping']!.DependsOn = 'Policy'))),
      ),
    ).toEqual([]);
    expect(
      problems(
        changed((template) => (policyOfItsOwn(template), void (template.Resources['Handler']!.DependsOn = 'Policy'))),
      ),
    ).toEqual([]);
  });
});

describe('template.open-to-world', () => {
  const open = (port: number) => (template: Template) =>
    void (properties(template, 'BrokerGroup')['SecurityGroupIngress'] = [
      { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '0.0.0.0/0' },
    ]);
  test('a broker port', () => expect(problems(changed(open(9098)))).toEqual(['template.open-to-world']));
  test('another port is not about the mapping', () => expect(problems(changed(open(22)))).toEqual([]));
});

describe('template.replacement', () => {
  const arn = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/8d3f1c52-6a0e-4f0b-9f53-2f6f1a8a7f10-5';
  function against(existing: Partial<Record<string, unknown>>, changes: JsonObject = {}) {
    const standing = healthyAccount({ auth: 'iam' });
    const [uuid] = Object.keys(standing.mappings);
    const read = standing.mappings[uuid!]!;
    if (read.outcome !== 'ok') throw new Error('the mapping cannot be read');
    const mapping = { ...read.value, ...existing };
    standing.mappings[uuid!] = ok(mapping as typeof read.value);
    const template = {
      Resources: {
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: mapping.EventSourceArn ?? arn,
            FunctionName: mapping.FunctionArn ?? '',
            Topics: mapping.Topics,
            StartingPosition: mapping.StartingPosition ?? 'TRIM_HORIZON',
            ...changes,
          },
        },
      },
    };
    return lintTemplate(template, { standing });
  }
  test('the same mapping is updated in its own way', () => expect(problems(against({}))).toEqual([]));
  test('another starting position replaces it', () =>
    expect(problems(against({ StartingPosition: 'TRIM_HORIZON' }, { StartingPosition: 'LATEST' }))).toContain(
      'template.replacement!',
    ));
  test('another topic changes nothing', () => {
    const result = against({}, { Topics: ['payments'] });
    expect(findingOf(result, 'template.replacement')).toMatchObject({ status: 'warn' });
  });
});

describe('template.syntax', () => {
  test('a key that is written twice: both lines, exit for a failure', () => {
    const text = toYaml(healthy()).replace('\n  Mapping:', '\n  Cluster: {}\n  Mapping:');
    const finding = findingOf(lintTexts({ 'a.yaml': text }), 'template.syntax');
    expect(finding).toMatchObject({ status: 'fail', related: [{ file: 'a.yaml' }] });
    expect(finding.title).toMatch(/“Cluster” is written twice, in lines \d+ and \d+/);
  });
});

describe('suppressions', () => {
  const text = (comment: string, metadata?: JsonObject): string => {
    const template = healthy();
    properties(template, 'BrokerRule')['CidrIp'] = '0.0.0.0/0';
    delete properties(template, 'BrokerRule')['SourceSecurityGroupId'];
    if (metadata !== undefined) template.Resources['BrokerRule']!.Metadata = metadata;
    return toYaml(template).replace('\n  BrokerRule:', `${comment === '' ? '' : `\n  # ${comment}`}\n  BrokerRule:`);
  };
  const lintText = (comment: string, metadata?: JsonObject) => lintTexts({ 'a.yaml': text(comment, metadata) });

  test('a comment above the resource', () => {
    const result = lintText('msk-lambda-ignore: template.open-to-world no internet gateway until 2027-01-31');
    expect(problems(result)).toEqual([]);
    expect(result.mappings[0]!.verdict).toBe('healthy');
    expect(result.suppressed).toMatchObject([
      {
        check: 'template.open-to-world',
        reason: 'no internet gateway',
        until: '2027-01-31',
        location: { file: 'a.yaml' },
      },
    ]);
  });
  test('Metadata', () =>
    expect(
      lintText('', { 'msk-lambda': { ignore: [{ check: 'template.*', reason: 'known', until: '2027-01-31' }] } })
        .suppressed,
    ).toHaveLength(1));
  test.each([
    ['expired', 'template.open-to-world known until 2026-11-28', 'expired on 2026-11-28'],
    ['a day that does not exist', 'template.open-to-world known until 2027-13-45', 'has no date'],
    ['without a date', 'template.open-to-world known', 'has no date'],
    ['without a reason', 'template.open-to-world until 2027-01-31', 'has no reason'],
    ['of another check', 'network.nacl known until 2027-01-31', 'matches no finding'],
    ['of a check that does not exist', 'network.nothing known until 2027-01-31', 'matches no finding'],
  ])('%s: it counts for nothing, and is a warning', (_, words, title) => {
    const result = lintText(`msk-lambda-ignore: ${words}`);
    expect(problems(result)).toEqual(['template.suppression', 'template.open-to-world']);
    expect(findingOf(result, 'template.suppression').title).toContain(title);
    expect(result.suppressed).toEqual([]);
  });
  test('on the last day it still counts', () =>
    expect(lintText('msk-lambda-ignore: template.open-to-world known until 2026-11-29').suppressed).toHaveLength(1));
});
