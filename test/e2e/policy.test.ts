import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import checkSchema from '../../schema/policy-check.v1.json' with { type: 'json' };
import { run } from './program.js';

const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2';
const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_orders-a1b2c3';
const meant = [
  '--cluster',
  cluster,
  '--topic',
  'orders',
  '--function',
  'arn:aws:lambda:eu-west-1:111122223333:function:handler',
  '--role',
  'arn:aws:iam::111122223333:role/team/handler',
];
// Nothing listens there: an answer shows that nothing was asked.
const offline = { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } };

describe('policy of a mapping that does not exist yet', () => {
  test.each([
    ['role', [], /kafka-cluster:ReadData/],
    ['creator', [], /CreateEventSourceMapping/],
    ['invoker', [], /lambda:InvokeFunction/],
    ['doctor', [], /kafka:DescribeClusterV2/],
    ['secret', ['--secret', secret], /GetSecretValue/],
    ['key', ['--secret', secret], /kms:ViaService/],
    ['cluster', [], /CreateVpcConnection/],
    ['lambda-endpoint', [], /lambda:InvokeFunction/],
    ['sts-endpoint', [], /sts:AssumeRole/],
    ['secretsmanager-endpoint', ['--secret', secret], /GetSecretValue/],
  ])('--for %s asks AWS nothing', async (whom, more, expected) => {
    const ran = await run(['policy', '--for', whom, ...meant, ...more], offline);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow' }, ...(JSON.parse(ran.stdout) as { Statement: object[] }).Statement.slice(1)],
    });
    expect(ran.stdout).toMatch(expected);
    const terraform = await run(['policy', '--for', whom, ...meant, ...more, '--output', 'terraform'], offline);
    expect(terraform.stdout).toContain('jsonencode({');
    const formation = await run(['policy', '--for', whom, ...meant, ...more, '--output', 'cloudformation'], offline);
    if (whom === 'key') expect(formation.exitCode).toBe(2);
    else
      expect(parse(formation.stdout)).toMatchObject({
        AWSTemplateFormatVersion: '2010-09-09',
        Resources: { MskTrigger: { Properties: {} } },
      });
  });

  test('--for acls gives lines to run, and none where IAM counts', async () => {
    const ran = await run(
      [
        'policy',
        '--for',
        'acls',
        '--cluster',
        cluster,
        '--topic',
        'orders',
        '--auth',
        'scram',
        '--principal',
        'User:ann',
        '--consumer-group',
        'g',
      ],
      offline,
    );
    expect(ran.stdout.trim().split('\n')).toHaveLength(3);
    expect(ran.stdout).toContain('--allow-principal User:ann');
    expect(await run(['policy', '--for', 'acls', ...meant, '--auth', 'iam'], offline)).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });

  test.each([
    [['policy'], /missing argument: the mapping that the policy is for\n {2}Give a mapping/],
    [['policy', '--cluster', cluster, '--topic', 'orders'], /--function/],
    [['policy', 'handler', ...meant], /exclude each other: keep only one of them/],
    [['policy', '--for', 'secret', ...meant], /--secret/],
    [['policy', ...meant, '--for', 'nobody'], /creator/],
    [['policy', ...meant.slice(0, 4), '--function', 'arn:aws:sqs:eu-west-1:1:q'], /--function must be an ARN/],
    [['policy', ...meant, '--auth', 'mtls'], /requires --secret/],
    [['policy', ...meant, '--kms-key', 'arn:aws:kms:eu-west-1:111122223333:key/1'], /requires --secret/],
    [['policy', ...meant, '--on-failure', 's3://dead'], /--on-failure must be the ARN of an SQS queue/],
  ])('%j is wrong usage', async (words, sentence) => {
    const ran = await run(words, offline);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(sentence);
  });

  test('names are looked up', async () => {
    const ran = await run(['policy', '--sandbox', 'iam-without-answers', '--cluster', 'orders-cluster'], offline);
    expect(ran.exitCode).toBe(2);
    const found = await run([
      'policy',
      '--sandbox',
      'group-forgotten',
      '--cluster',
      'orders-cluster',
      '--function',
      'order-handler',
      '--topic',
      'returns',
    ]);
    expect(found).toMatchObject({ exitCode: 0 });
    expect(found.stdout).toContain('/returns"');
  });
});

test('names that AWS cannot be asked for are exit 3, and no policy is printed', async () => {
  const ran = await run(
    ['policy', '--cluster', 'orders-cluster', '--function', 'order-handler', '--topic', 'orders', '--output', 'json'],
    offline,
  );
  expect(ran).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringMatching(/list of clusters.*could not be read/) as string,
  });
});

describe('policy --check', () => {
  const validate = new Ajv2020().compile(checkSchema);
  test('what is missing is exit 1, with the statement that looks like it', async () => {
    const ran = await run([
      'policy',
      '--sandbox',
      'topic-on-cluster-arn',
      'order-handler',
      '--check',
      'order-handler-role',
      '--output',
      'json',
    ]);
    const document = JSON.parse(ran.stdout) as { missing: { action: string; because: string[] }[] };
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(ran.exitCode).toBe(1);
    expect(document.missing.map(({ action }) => action)).toEqual([
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
    ]);
    expect(document.missing[0]!.because.join()).toContain('is a cluster ARN; this action needs a topic ARN');
  });
  test('a role that has all is exit 0, and what it may beyond is said', async () => {
    const ran = await run([
      'policy',
      '--sandbox',
      'rights-by-wildcard',
      'order-handler',
      '--check',
      'order-handler-role',
    ]);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toContain('Excess permissions');
  });
  test('a role that is not there is exit 2', async () => {
    expect(await run(['policy', '--sandbox', 'group-forgotten', 'order-handler', '--check', 'nobody'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('the role arn:aws:iam::111122223333:role/nobody does not exist') as string,
    });
  });
});
