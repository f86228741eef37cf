/** `lint --live`: what templates reference is read from the account; nothing else is, and nothing is changed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { toYaml } from '../template/support/healthy.js';
import { runInProcess } from './in-process.js';

const root = mkdtempSync(join(tmpdir(), 'msk-lambda-lint-live-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders-cluster/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2';
const mapping = (properties: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: cluster,
    FunctionName: 'order-handler',
    Topics: ['orders'],
    StartingPosition: 'TRIM_HORIZON',
    ...properties,
  },
});
let count = 0;
const file = (text: string, ending = 'yaml') => {
  const path = join(root, `${count++}.${ending}`);
  writeFileSync(path, text);
  return path;
};
const template = (resources: object) => file(toYaml({ Resources: resources } as Parameters<typeof toYaml>[0]));
const live = (path: string, sandbox: string, ...words: string[]) =>
  runInProcess(['lint', path, '--live', '--sandbox', sandbox, ...words]);
const checksOf = async (path: string, sandbox: string): Promise<string[]> => {
  const { stdout } = await live(path, sandbox, '--output', 'json');
  const [only] = (JSON.parse(stdout) as { mappings: { findings: { check: string; status: string }[] }[] }).mappings;
  return only!.findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
};

describe('a mapping between a function and a cluster that exist', () => {
  test('a fault of the account, with the place in the template', async () => {
    const { exitCode, stdout } = await live(template({ Mapping: mapping() }), 'group-forgotten');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/\.yaml:2:3 {2}error {2}access\.kafka-group\n/);
    expect(stdout).toContain('order-handler-role');
    expect(stdout).toContain('kafka-cluster:AlterGroup');
  });
  test.each(['private-zones', 'central-endpoints', 'filter-of-rare-records'])('%s is healthy', async (name) => {
    expect(await live(template({ Mapping: mapping() }), name)).toEqual({
      exitCode: 0,
      stdout: '✓ 1 mapping, 0 errors, 0 warnings\n',
      stderr: '',
    });
  });
  test('without --live it is undecided', async () => {
    const { exitCode, stdout } = await runInProcess(['lint', template({ Mapping: mapping() }), '--quiet']);
    expect([exitCode, stdout]).toEqual([0, 'unknown Mapping -\n']);
  });
  test('a policy that the template adds to the role of the account counts', async () => {
    const Policy = {
      Type: 'AWS::IAM::RolePolicy',
      Properties: {
        RoleName: 'order-handler-role',
        PolicyName: 'groups',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], Resource: '*' },
          ],
        },
      },
    };
    expect(await checksOf(template({ Mapping: mapping(), Policy }), 'group-forgotten')).toEqual([]);
  });
  test('a rule that the template adds to a group of the account counts', async () => {
    const Rule = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: 'GROUP', IpProtocol: 'tcp', FromPort: 9098, ToPort: 9098, SourceSecurityGroupId: 'GROUP' },
    };
    const before = template({ Mapping: mapping() });
    expect(await checksOf(before, 'no-self-reference')).toContain('network.broker-ingress');
    const { stdout } = await runInProcess(['network', '--sandbox', 'no-self-reference', '--verbose']);
    const group = /sg-[0-9a-f]{17}/.exec(stdout)![0];
    const text = JSON.stringify({ Resources: { Mapping: mapping(), Rule } }).replaceAll('GROUP', group);
    expect(await checksOf(file(text, 'json'), 'no-self-reference')).toEqual([]);
  });
});

test('a cluster of a data source of Terraform is found by its name', async () => {
  const path = file(
    `data "aws_msk_cluster" "orders" { cluster_name = "orders-cluster" }
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn  = data.aws_msk_cluster.orders.arn
  function_name     = "order-handler"
  topics            = ["orders"]
  starting_position = "TRIM_HORIZON"
}
`,
    'tf',
  );
  expect(await checksOf(path, 'group-forgotten')).toEqual(['access.kafka-group']);
  rmSync(path);
});

describe('against what is deployed', () => {
  test('a check that passes today and will fail', async () => {
    const Handler = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'order-handler',
        Runtime: 'nodejs22.x',
        Timeout: 30,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    };
    const Role = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole'],
      },
    };
    const path = template({ Handler, Role, Mapping: mapping({ FunctionName: { Ref: 'Handler' } }) });
    const { exitCode, stdout } = await live(path, 'private-zones');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error  access.kafka-connect');
    expect(stdout).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}: passes this check today; the deployment makes it fail/);
    expect((await live(path, 'managed-policy-only')).stdout).not.toContain('passes this check today');
  });
  test('CloudFormation replaces a mapping of another starting position, and the old one blocks it', async () => {
    const path = template({ Mapping: mapping({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1 }) });
    expect(await checksOf(path, 'private-zones')).toEqual(['template.replacement']);
  });
  test('Terraform deletes the old mapping first, unless it is told otherwise', async () => {
    const text = (more = '') => `resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn            = "${cluster}"
  function_name               = "order-handler"
  topics                      = ["orders"]
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-01-01T00:00:00Z"
  ${more}
}
`;
    const first = file(text('lifecycle {\n create_before_destroy = true\n }'), 'tf');
    expect(await checksOf(first, 'private-zones')).toEqual(['template.replacement']);
    rmSync(first);
    const usual = file(text(), 'tf');
    expect(await checksOf(usual, 'private-zones')).toEqual([]);
    rmSync(usual);
  });
  test('another topic of the same function and cluster is a warning', async () => {
    const { stdout } = await live(template({ Mapping: mapping({ Topics: ['payments'] }) }), 'filter-of-rare-records');
    expect(stdout).toContain('warning  template.replacement');
    expect(stdout).toContain('its topic stays orders');
  });
});

describe('reads', () => {
  const callsOf = (stderr: string) => [
    ...new Set([...stderr.matchAll(/^([a-z0-9]+) ([A-Z]\w+) /gm)].map(([, service, call]) => `${service} ${call}`)),
  ];
  test('only what is referenced, and only reads', async () => {
    const { stderr } = await live(template({ Mapping: mapping() }), 'private-zones', '--debug');
    const calls = callsOf(stderr);
    expect(calls).toContain('kafka DescribeClusterV2');
    expect(calls.filter((call) => !/ (?:Get|List|Describe)/.test(call))).toEqual([]);
    expect(calls.filter((call) => /^(?:secretsmanager|kms|cloudwatch|sqs|sns) /.test(call))).toEqual([]);
  });
  test('a template without references: only the caller and the list of mappings', async () => {
    const { stderr } = await live(template({ Queue: { Type: 'AWS::SQS::Queue' } }), 'private-zones', '--debug');
    expect(callsOf(stderr).toSorted()).toEqual(['lambda ListEventSourceMappings', 'sts GetCallerIdentity']);
  });
  test('a refused read that hides the result: what is missing, and exit 3', async () => {
    const { exitCode, stderr } = await live(template({ Mapping: mapping() }), 'works-half-readable');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^Your credentials need: .*iam:GetRole/m);
  });
  test('AWS that does not answer: exit 3', async () => {
    const path = template({ Mapping: mapping() });
    const { exitCode, stderr } = await runInProcess(
      ['lint', path, '--live', '--region', 'eu-west-1', '--endpoint-url', 'http://127.0.0.1:9', '--timeout', '5'],
      { env: { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' } },
    );
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^error: /);
  });
});

test.each([
  [['--sandbox', 'private-zones'], '--sandbox goes with --live'],
  [['--profile', 'x'], '--profile goes with --live'],
  [['--live', '--snapshot', 'x.json'], 'cannot be used with'],
])('%j is refused', async (words, message) => {
  const { exitCode, stderr } = await runInProcess(['lint', template({ Mapping: mapping() }), ...words]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
