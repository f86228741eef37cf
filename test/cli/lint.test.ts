import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { faults } from '../template/support/faults.js';
import { healthy, ref, toYaml, type Template } from '../template/support/healthy.js';
import { runInProcess } from './in-process.js';

const root = mkdtempSync(join(tmpdir(), 'msk-lambda-lint-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
/** A folder with these files. */
function folder(files: Record<string, string>): string {
  const path = join(root, String(count++));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}
const stdin = (text: string) => ({ stdin: Readable.from([text]) as unknown as Io['stdin'] });
const lint = (...words: string[]) => runInProcess(['lint', ...words]);

function faulty(name: string): string {
  const { change, auth, network } = faults.find((fault) => fault.name === name)!;
  const template = healthy({ ...(auth === undefined ? {} : { auth }), ...(network === undefined ? {} : { network }) });
  change(template);
  return toYaml(template);
}

test('a healthy template: one line, exit 0', async () => {
  const path = folder({ 'template.yaml': toYaml(healthy()) });
  expect(await lint(path)).toEqual({ exitCode: 0, stdout: '✓ 1 mapping, 0 errors, 0 warnings\n', stderr: '' });
});

test('a missing permission: place, excerpt, the statement to add, and what Lambda would report', async () => {
  const path = join(folder({ 'template.yaml': faulty('AlterGroup is missing') }), 'template.yaml');
  const { exitCode, stdout } = await lint(path);
  expect(exitCode).toBe(1);
  const [first, second] = stdout.split('\n');
  expect(first).toMatch(new RegExp(`^${path}:\\d+:\\d+  error  access\\.kafka-group$`));
  expect(second).toContain('Mapping: ');
  expect(second).toContain('kafka-cluster:AlterGroup');
  expect(stdout).toMatch(/\n {3}\d+ \| +Action:\n/);
  expect(stdout).toContain(`
     - Effect: Allow
       Action: kafka-cluster:AlterGroup
       Resource:
         Fn::Sub: arn:aws:kafka:`);
  expect(stdout).toContain('Lambda would report: Cluster failed to authorize Lambda');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('✗ 1 mapping, 1 error, 0 warnings');
});

test('no symbol is shown', async () => {
  for (const { name } of faults) {
    const { stdout } = await runInProcess(['lint', '-', '--verbose'], stdin(faulty(name)));
    expect(stdout, name).not.toMatch(/zz0|00000000-0000|009900990099|zz-unknown/);
  }
});

describe('exit codes', () => {
  const risk = faulty('the whole internet may reach the brokers');
  const outside = toYaml({
    Resources: {
      Mapping: {
        ...healthy().Resources['Mapping']!,
        Properties: {
          ...healthy().Resources['Mapping']!.Properties,
          EventSourceArn: { 'Fn::ImportValue': 'cluster' },
          FunctionName: 'handler',
        },
      },
    },
  });
  test.each<[string, string, string[], number]>([
    ['a warning', risk, [], 0],
    ['a warning that counts', risk, ['--fail-on', 'warn'], 1],
    ['undecided', outside, [], 0],
    ['undecided that counts', outside, ['--fail-on', 'unknown'], 1],
    ['undecided is no warning', outside, ['--fail-on', 'warn'], 0],
    ['no mapping', 'Resources: {Queue: {Type: AWS::SQS::Queue}}', [], 0],
    ['a failing check that is left out', faulty('two topics'), ['--skip', 'template.refused'], 0],
    ['only another check', faulty('two topics'), ['--check', 'network.*'], 0],
  ])('%s', async (_, text, words, code) => {
    expect((await runInProcess(['lint', '-', ...words], stdin(text))).exitCode).toBe(code);
  });

  test('no mapping: a message', async () =>
    expect((await runInProcess(['lint', '-'], stdin('Resources: {Queue: {Type: AWS::SQS::Queue}}'))).stdout).toContain(
      'nothing to check',
    ));

  test.each([
    ['Resources: {a: 1', /-:2:1: /],
    ['- a\n- b', /-:1:1: it is not a template/],
    ['Resources:\n\tA: 1', /-:2:1: /],
  ])('%j is no template: file, line, column, exit 2', async (text, expected) => {
    const { exitCode, stdout, stderr } = await runInProcess(['lint', '-'], stdin(text));
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a path that does not exist, and an unknown check', async () => {
    expect((await lint(join(root, 'none.yaml'))).exitCode).toBe(2);
    expect((await lint('--check', 'template.nothing', root)).exitCode).toBe(2);
  });
});

test('several templates, joined by an export; parameters from a file', async () => {
  const { Role: role, Handler: handler, Mapping: mapping, ...network } = healthy().Resources;
  const app: Partial<Template> = {
    Parameters: { Topic: { Type: 'String' } },
    Resources: { Role: role!, Handler: handler!, Mapping: mapping! },
  };
  mapping!.Properties['EventSourceArn'] = { 'Fn::ImportValue': 'cluster-arn' };
  mapping!.Properties['Topics'] = [ref('Topic')];
  const text = toYaml(app).replaceAll(/Fn::GetAtt:\s+- Cluster\s+- Arn/g, "Fn::ImportValue: 'cluster-arn'");
  const path = folder({
    'app.yaml': text,
    'network.yaml': toYaml({
      Resources: network,
      Outputs: { Cluster: { Value: ref('Cluster'), Export: { Name: 'cluster-arn' } } },
    }),
    'given.json': JSON.stringify([{ ParameterKey: 'Topic', ParameterValue: 'orders' }]),
  });
  const { stdout, exitCode } = await lint(
    path,
    '--parameters',
    join(path, 'given.json'),
    '--output',
    'json',
    '--region',
    'eu-west-1',
  );
  const { mappings, summary } = JSON.parse(stdout) as {
    mappings: { verdict: string; topic: string; sourceAddress: string }[];
    summary: object;
  };
  expect(exitCode).toBe(0);
  expect(mappings).toMatchObject([{ verdict: 'healthy', topic: 'orders', sourceAddress: 'Cluster' }]);
  expect(summary).toEqual({ mappings: 1, broken: 0, atRisk: 0, unknown: 0, healthy: 1, suppressed: 0 });
});

describe('a parameter that no template declares', () => {
  const template = { ...healthy(), Parameters: { Stage: { Type: 'String' }, Topic: { Type: 'String' } } };
  const path = () => folder({ 'a.yaml': toYaml(healthy()), 'b.yaml': toYaml(template) });
  const warned = async (...words: string[]) => {
    const { stderr, exitCode } = await lint(...words);
    expect(exitCode).toBe(0);
    return stderr;
  };

  test('is named with the one that may be meant, and fails nothing', async () => {
    expect(await warned(path(), '--parameter', 'Stgae=prod')).toBe(
      'warning: no template declares the parameter “Stgae” (did you mean Stage?)\n',
    );
    expect(await warned(path(), '--parameter', 'Stgae=prod', '--parameter', 'Other=1')).toBe(
      'warning: no template declares these parameters: “Stgae” (did you mean Stage?), “Other”\n',
    );
  });
  test('is not one that another template of the run declares', async () =>
    expect(await warned(path(), '--parameter', 'Stage=prod', '--parameter', 'Topic=a')).toBe(''));
  test('variables of Terraform count, and a service may use any name', async () => {
    const terraform = folder({ 'main.tf': 'variable "stage" {}\n' });
    expect(await warned(terraform, '--parameter', 'stage=prod')).toBe('');
    expect(await warned(terraform, '--parameter', 'stgae=prod')).toContain('“stgae” (did you mean stage?)');
    const service = folder({ 'serverless.yml': 'service: a\nprovider:\n  name: aws\n' });
    expect(await warned(service, '--parameter', 'stgae=prod')).toBe('');
  });
});

test('a nested stack beside the template, but none outside its folder', async () => {
  const inner = toYaml(healthy());
  const outer = (url: string) =>
    toYaml({ Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } } });
  const path = folder({
    'a/outer.yaml': outer('inner.yaml'),
    'a/inner.yaml': inner,
    'b/outer.yaml': outer('../a/inner.yaml'),
  });
  expect((await lint(join(path, 'a/outer.yaml'), '--quiet')).stdout).toBe('healthy Inner/Mapping -\n');
  expect((await lint(join(path, 'b/outer.yaml'), '--quiet')).stdout).toBe('');
  symlinkSync(join(path, 'a/inner.yaml'), join(path, 'b/inner.yaml'));
  writeFileSync(join(path, 'b/outer.yaml'), outer('inner.yaml'));
  expect((await lint(join(path, 'b/outer.yaml'), '--quiet')).stdout).toBe('');
});

test('a cloud assembly of the CDK', async () => {
  const path = folder({
    'manifest.json': JSON.stringify({
      version: '36.0.0',
      artifacts: {
        Orders: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/eu-west-1',
          properties: { templateFile: 'Orders.template.json' },
        },
      },
    }),
    'Orders.template.json': JSON.stringify(healthy()),
  });
  const { stdout, exitCode } = await lint(path, '--output', 'json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [{ format: 'cdk' }],
    mappings: [{ address: 'Mapping', verdict: 'healthy' }],
  });
});

test('a package of the Serverless Framework', async () => {
  const path = folder({
    'cloudformation-template-create-stack.json': '{"Resources":{}}',
    'cloudformation-template-update-stack.json': JSON.stringify(healthy()),
  });
  expect(JSON.parse((await lint(path, '--output', 'json')).stdout)).toMatchObject({
    files: [{ format: 'serverless' }],
    mappings: [{ verdict: 'healthy' }],
  });
});

describe('a folder of the Serverless Framework', () => {
  const service = toYaml({
    service: 'orders',
    provider: { name: 'aws', runtime: 'nodejs22.x' },
    functions: {
      handler: { handler: 'a.b', events: [{ msk: { arn: { 'Fn::ImportValue': 'cluster' }, topic: 'orders' } }] },
    },
  });
  const formats = async (path: string): Promise<{ path: string; format: string }[]> =>
    (JSON.parse((await lint(path, '--output', 'json')).stdout) as { files: { path: string; format: string }[] }).files;
  test('serverless.yml is read', async () => {
    const path = folder({ 'serverless.yml': service });
    expect(await formats(path)).toEqual([{ path: join(path, 'serverless.yml'), format: 'serverless' }]);
    expect((await lint(path, '--quiet')).stdout).toBe('unknown HandlerEventSourceMappingMSKClusterOrders -\n');
  });
  test('what serverless package wrote is read instead', async () => {
    const packaged = '.serverless/cloudformation-template-update-stack.json';
    const path = folder({ 'serverless.yml': service, [packaged]: JSON.stringify(healthy()) });
    expect(await formats(path)).toEqual([{ path: join(path, packaged), format: 'serverless' }]);
  });
});

describe('a folder of Terraform', () => {
  const mapping =
    'resource "aws_lambda_event_source_mapping" "a" {\n  topics = [var.topic]\n  starting_position = "LATEST"\n}\nvariable "topic" {}\n';
  const topic = async (...words: string[]) =>
    (JSON.parse((await lint(...words, '--output', 'json')).stdout) as { mappings: { topic: string }[] }).mappings[0]!
      .topic;
  test('JSON syntax is read', async () => {
    const text = JSON.stringify({ resource: { aws_lambda_event_source_mapping: { a: { topics: ['orders'] } } } });
    expect(await topic(folder({ 'main.tf.json': text }))).toBe('orders');
  });
  test('a file with variables that the user names comes last', async () => {
    const path = folder({ 'main.tf': mapping, 'terraform.tfvars': 'topic = "a"', 'prod.tfvars': 'topic = "orders"' });
    expect(await topic(path)).toBe('a');
    expect(await topic(path, '--parameters', join(path, 'prod.tfvars'))).toBe('orders');
    expect(await topic(path, '--parameters', join(path, 'prod.tfvars'), '--parameter', 'topic=b')).toBe('b');
  });
  test('a module that is not read: one line, not silently healthy', async () => {
    const path = folder({ 'main.tf': 'module "orders" {\n  source = "../orders"\n}\n' });
    const { exitCode, stdout } = await lint(path);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Not read: module.orders (../orders).');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'The templates contain no event source mapping with a Kafka source.',
    );
    expect((await lint(path, '--fail-on', 'unknown')).exitCode).toBe(1);
  });
});

test('a mapping on self-managed Kafka is counted, with what is left out', async () => {
  const template = healthy();
  const { EventSourceArn: _arn, ...rest } = template.Resources['Mapping']!.Properties;
  template.Resources['Mapping']!.Properties = {
    ...rest,
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['b1.example.org:9092'] } },
  };
  const { stdout } = await lint(folder({ 'template.yaml': toYaml(template) }));
  expect(stdout).toBe(
    '✓ 1 mapping, 0 errors, 0 warnings, 1 on self-managed Kafka (only function and settings checked)\n',
  );
});
