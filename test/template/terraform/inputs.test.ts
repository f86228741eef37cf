/** Files that Terraform reads besides `.tf`, resources that adopt parts of a VPC, and modules outside the input. */
import { parse } from '@cdktf/hcl2json';
import { describe, expect, test } from 'vitest';
import type { LintResult } from '../../../src/template/lint-result.js';
import { TemplateError } from '../../../src/template/resource.js';
import { edited, firstFault, fixture, lintConfiguration } from './lint-configuration.js';

const stack = fixture('new-stack/main.tf');
const faultsOf = (result: LintResult): string[] =>
  [...result.findings, ...result.mappings.flatMap(({ findings }) => findings)]
    .filter(({ status, severity }) => status === 'fail' || (status === 'warn' && severity !== 'info'))
    .map(({ check }) => check);
const lint = (text: string, more: Record<string, string> = {}, options?: Parameters<typeof lintConfiguration>[1]) =>
  lintConfiguration({ 'main.tf': text, ...more }, options);
const verdict = (result: LintResult) => result.mappings.map((mapping) => mapping.verdict);

describe('the JSON syntax', () => {
  test.each(['new-stack/main.tf', 'scram-stack/main.tf'])('%s gives the same result', async (path) => {
    const text = JSON.stringify(await parse(path, fixture(path)), null, 2);
    const summary = ({ mappings }: LintResult) =>
      mappings.map(({ address, topic, verdict: of, findings }) => ({
        address,
        topic,
        of,
        findings: findings.map(({ check, status }) => `${check} ${status}`),
      }));
    const result = lintConfiguration({ 'main.tf.json': text });
    expect(summary(result)).toEqual(summary(lintConfiguration({ 'main.tf': fixture(path) })));
    const { line } = result.mappings[0]!.location;
    expect(
      text
        .split('\n')
        .slice(line - 2, line)
        .join(' '),
    ).toContain('"orders": [');
  });
  test('a fault, with its line', async () => {
    const broken = edited(stack, {
      '"kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"': '"kafka-cluster:DescribeGroup"',
    });
    const text = JSON.stringify(await parse('main.tf', broken), null, 2);
    const fault = firstFault({ 'main.tf.json': text });
    expect(fault).toMatchObject({ verdict: 'broken', check: 'access.kafka-group' });
    expect(fault.text).toContain('"actions"');
  });
  test('text that is not JSON is refused with its place', () => {
    expect(() => lintConfiguration({ 'main.tf.json': '{\n "resource": [\n' })).toThrow(TemplateError);
    expect(() => lintConfiguration({ 'main.tf.json': 'resource: {}' })).toThrow(TemplateError);
    expect(() => lintConfiguration({ 'main.tf.json': '[]' })).toThrow(TemplateError);
  });
});

describe('override files', () => {
  test('an argument and a nested block are replaced', () => {
    const fault = firstFault({
      'main.tf': stack,
      'override.tf':
        'resource "aws_security_group" "msk" {\n  ingress {\n    from_port = 9092\n    to_port = 9092\n    protocol = "tcp"\n    self = true\n  }\n}\n',
    });
    expect(fault).toMatchObject({ verdict: 'broken', check: 'network.broker-ingress' });
  });
  test('a local is replaced, and a fault of the other files is mended', () => {
    const broken = edited(stack, { 'starting_position = "TRIM_HORIZON"\n': '\n' });
    expect(faultsOf(lint(broken))).toContain('template.refused');
    const result = lint(broken, {
      'a_override.tf':
        'locals { topic = "payments" }\nresource "aws_lambda_event_source_mapping" "orders" { starting_position = "TRIM_HORIZON" }',
    });
    expect(faultsOf(result)).toEqual([]);
    expect(result.mappings.map(({ topic }) => topic)).toEqual(['payments']);
  });
});

describe('variables', () => {
  const text = `variable "topic" { default = "orders" }\n${edited(stack, { 'topic = "orders"': 'topic = var.topic' })}`;
  const topic = (files: Record<string, string>) => lint(text, files).mappings[0]!.topic;
  test.each<[string, Record<string, string>]>([
    ['orders', {}],
    ['a', { 'terraform.tfvars': 'topic = "a"' }],
    ['b', { 'terraform.tfvars.json': '{"topic": "b"}', 'terraform.tfvars': 'topic = "a"' }],
    ['c', { 'terraform.tfvars': 'topic = "a"', 'x.auto.tfvars.json': '{"topic": "c"}' }],
    ['orders', { 'prod.tfvars': 'topic = "a"' }],
  ])('%s', (expected, files) => expect(topic(files)).toBe(expected));
});

test('no starting position: said in the words of Terraform', () => {
  const result = lint(edited(stack, { 'starting_position = "TRIM_HORIZON"\n': '\n' }));
  const fault = result.mappings[0]!.findings.find(
    ({ check, status }) => check === 'template.refused' && status === 'fail',
  )!;
  expect(fault.title).toBe(
    'Lambda will reject aws_lambda_event_source_mapping.orders: it has no starting_position, which Kafka sources need',
  );
  expect(fault.fixes[0]!.title).toContain('starting_position = "TRIM_HORIZON"');
});

describe('what every VPC has', () => {
  const withMain = edited(stack, {
    'resource "aws_route_table_association" "private" {\n  count          = 3':
      'resource "aws_route_table_association" "private" {\n  count          = 0',
  });
  test('subnets without an association use the main route table, which has no route out', () => {
    const result = lint(withMain);
    expect(faultsOf(result)).toContain('network.aws-path');
    expect(JSON.stringify(result)).toContain('main route table of aws_vpc.this');
  });
  test.each([
    [
      'a table that becomes the main one',
      'resource "aws_main_route_table_association" "a" {\n vpc_id = aws_vpc.this.id\n route_table_id = aws_route_table.private.id\n}',
    ],
    [
      'a route of the main table',
      'resource "aws_route" "main" {\n route_table_id = aws_vpc.this.main_route_table_id\n destination_cidr_block = "0.0.0.0/0"\n nat_gateway_id = aws_nat_gateway.this.id\n}',
    ],
    [
      'an adopted main table',
      'resource "aws_default_route_table" "main" {\n default_route_table_id = aws_vpc.this.default_route_table_id\n route {\n cidr_block = "0.0.0.0/0"\n nat_gateway_id = aws_nat_gateway.this.id\n }\n}',
    ],
  ])('%s leads out', (_, more) => expect(faultsOf(lint(`${withMain}${more}\n`))).toEqual([]));
  test('the main table that another one replaced is not used', () => {
    const more =
      'resource "aws_route_table" "other" {\n vpc_id = aws_vpc.this.id\n}\nresource "aws_main_route_table_association" "a" {\n vpc_id = aws_vpc.this.id\n route_table_id = aws_route_table.other.id\n}\nresource "aws_route" "main" {\n route_table_id = aws_vpc.this.main_route_table_id\n destination_cidr_block = "0.0.0.0/0"\n nat_gateway_id = aws_nat_gateway.this.id\n}\n';
    expect(faultsOf(lint(withMain + more))).toContain('network.aws-path');
  });
  const withDefaultGroup = edited(stack, {
    'security_groups = [aws_security_group.msk.id]': 'security_groups = [aws_vpc.this.default_security_group_id]',
  });
  const group = (rules: string) =>
    `resource "aws_default_security_group" "this" {\n vpc_id = aws_vpc.this.id\n ${rules}\n}\n`;
  test('members of the default group reach one another', () => expect(faultsOf(lint(withDefaultGroup))).toEqual([]));
  test('an adopted default group has only the rules that are written', () => {
    expect(faultsOf(lint(withDefaultGroup + group('')))).toContain('network.broker-ingress');
    const rules =
      'ingress {\n protocol = -1\n self = true\n from_port = 0\n to_port = 0\n }\n egress {\n from_port = 0\n to_port = 0\n protocol = "-1"\n cidr_blocks = ["0.0.0.0/0"]\n }';
    expect(faultsOf(lint(withDefaultGroup + group(rules)))).toEqual([]);
  });
  const acl = (rules: string) =>
    `resource "aws_default_network_acl" "this" {\n default_network_acl_id = aws_vpc.this.default_network_acl_id\n ${rules}\n}\n`;
  test('an adopted default ACL denies what is not written', () => {
    expect(faultsOf(lint(stack + acl('')))).toContain('network.nacl');
    const rule = (side: string) =>
      `${side} {\n protocol = -1\n rule_no = 100\n action = "allow"\n cidr_block = "0.0.0.0/0"\n from_port = 0\n to_port = 0\n }\n`;
    expect(faultsOf(lint(stack + acl(rule('ingress') + rule('egress'))))).toEqual([]);
  });
  test('the default VPC and its subnets are not known: no failure', () => {
    const adopted = edited(stack, {
      'aws_vpc.this.id': 'aws_default_vpc.this.id',
      'aws_subnet.private[*].id': '[aws_default_subnet.a.id, aws_default_subnet.b.id]',
    });
    const result = lint(
      `${adopted}resource "aws_default_vpc" "this" {}\nresource "aws_default_subnet" "a" {\n availability_zone = "eu-west-1a"\n}\nresource "aws_default_subnet" "b" {\n availability_zone = "eu-west-1b"\n}\n`,
    );
    expect(faultsOf(result)).toEqual([]);
    expect(verdict(result)).toEqual(['unknown']);
  });
});

describe('attachments and associations', () => {
  test('policies that one resource attaches exclusively', () => {
    const without = edited(stack, {
      'resource "aws_iam_role_policy_attachment" "msk" {\n  role       = aws_iam_role.handler.name\n  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"':
        'resource "aws_iam_role_policy_attachments_exclusive" "msk" {\n  role_name   = aws_iam_role.handler.name\n  policy_arns = ["arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"]',
      'aws_iam_role_policy_attachment.msk]': 'aws_iam_role_policy_attachments_exclusive.msk]',
    });
    expect(faultsOf(lint(without))).toEqual([]);
    expect(
      faultsOf(lint(edited(without, { '["arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"]': '[]' }))),
    ).toContain('access.msk-api');
  });
  test('two single associations of secrets do not own the whole list', () => {
    const association = (name: string, secret: string) =>
      `resource "aws_msk_single_scram_secret_association" "${name}" {\n cluster_arn = aws_msk_cluster.this.arn\n secret_arn = "${secret}"\n}\n`;
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_';
    const both = association('a', `${arn}a-AbCdEf`) + association('b', `${arn}b-AbCdEf`);
    expect(faultsOf(lint(stack + both))).not.toContain('template.refused');
  });
});

describe('a module outside the input', () => {
  const called = `module "network" {\n  source = "../network"\n}\nmodule "bus" {\n  source  = "terraform-aws-modules/eventbridge/aws"\n}\n`;
  test('is named in one line, and is no failure', () => {
    const { findings, mappings } = lint(stack + called);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      check: 'template.syntax',
      status: 'unknown',
      title:
        'Not read: module.network (../network), module.bus (terraform-aws-modules/eventbridge/aws). Its resources and values are unknown',
    });
    expect(mappings.map((mapping) => mapping.verdict)).toEqual(['healthy']);
  });
  test('what it gives is unknown, never a failure', () => {
    const text = edited(stack, {
      'client_subnets  = aws_subnet.private[*].id': 'client_subnets  = module.network.private_subnets',
      'security_groups = [aws_security_group.msk.id]': 'security_groups = [module.network.group]',
    });
    const result = lint(text + called);
    expect(faultsOf(result)).toEqual([]);
    expect(verdict(result)).toEqual(['unknown']);
  });
  test('a module beside the input is read', () => {
    const result = lintConfiguration({
      'live/main.tf': 'module "orders" {\n source = "../stack"\n}\n',
      'stack/main.tf': stack,
    });
    expect(result.findings).toEqual([]);
    expect(result.mappings.map(({ address }) => address)).toEqual([
      'module.orders.aws_lambda_event_source_mapping.orders',
    ]);
  });
});

test('a timeout that is not known decides nothing', () => {
  const text = edited(stack, { 'timeout       = 60': 'timeout       = var.seconds' });
  expect(verdict(lint(`variable "seconds" {}\n${text}`))).toEqual(['healthy']);
});

test('a role without a name is shown by its own address, not by that of its policy', () => {
  const text = edited(stack, {
    '  name = "order-handler"\n': '',
    '"kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"': '"kafka-cluster:DescribeGroup"',
  });
  const findings = lint(text).mappings.flatMap((mapping) => mapping.findings);
  expect(findings.find(({ check }) => check === 'access.kafka-group')?.title).toMatch(/^Role aws_iam_role\.handler /);
});

test('a policy that AWS manages, found by its name', () => {
  const text = edited(stack, {
    '"arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"': 'data.aws_iam_policy.msk.arn',
  });
  const policy = 'data "aws_iam_policy" "msk" {\n  name = "AWSLambdaMSKExecutionRole"\n}\n';
  expect(verdict(lint(policy + text))).toEqual(['healthy']);
});
