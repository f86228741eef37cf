/** Modules, instances, variables and what they give to resources. */
import { describe, expect, test } from 'vitest';
import { unknownAccount } from '../../../src/snapshot/symbols.js';
import { readTerraform } from '../../../src/template/terraform/read-terraform.js';
import type { Json } from '../../../src/template/resource.js';
import { edited, fixture, lintConfiguration } from './lint-configuration.js';

const pipelines = {
  'app/main.tf': fixture('pipelines/main.tf'),
  'app/modules/orders/main.tf': fixture('pipelines/modules/orders/main.tf'),
};

const read = (
  files: Record<string, string>,
  parameters: Record<string, Json> = {},
  beside: Record<string, string> = {},
) =>
  readTerraform(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    {
      scope: { partition: 'aws', region: 'eu-west-1', account: unknownAccount },
      parameters,
      readBeside: (path) => beside[path] ?? null,
    },
  ).resources;

const queues = (text: string, parameters: Record<string, Json> = {}, files: Record<string, string> = {}) =>
  Object.fromEntries(
    read({ 'main.tf': text, ...files }, parameters).map(({ address, properties }) => [
      address,
      properties['QueueName'],
    ]),
  );

describe('modules', () => {
  test('a module for each pipeline, with addresses as Terraform writes them', () => {
    const result = lintConfiguration(pipelines);
    expect(
      result.mappings.map(({ address, topic, functionAddress, sourceAddress, location }) => [
        address,
        topic,
        functionAddress,
        sourceAddress,
        location.line,
      ]),
    ).toEqual([
      [
        'module.pipeline["a"].aws_lambda_event_source_mapping.this',
        'orders',
        'module.pipeline["a"].aws_lambda_function.this',
        'aws_msk_serverless_cluster.this',
        47,
      ],
      [
        'module.pipeline["b"].aws_lambda_event_source_mapping.this',
        'payments',
        'module.pipeline["b"].aws_lambda_function.this',
        'aws_msk_serverless_cluster.this',
        47,
      ],
    ]);
    const faults = result.mappings.flatMap(({ findings }) =>
      findings.filter(({ status }) => status === 'fail' || status === 'warn'),
    );
    expect(faults).toEqual([]);
  });

  test('a fault in a module is found in its file', () => {
    const broken = {
      ...pipelines,
      'app/modules/orders/main.tf': edited(pipelines['app/modules/orders/main.tf'], {
        ', "kafka-cluster:AlterGroup"': '',
      }),
    };
    const [mapping] = lintConfiguration(broken).mappings;
    expect(mapping!.causes[0]!.check).toBe('access.kafka-group');
    expect(mapping!.findings.find(({ check }) => check === 'access.kafka-group')!.location.file).toBe(
      'app/modules/orders/main.tf',
    );
  });

  test('a module outside the input gives symbols, equal ones for equal outputs', () => {
    const names = Object.values(
      queues(`
      module "names" { source = "example/names/aws" }
      resource "aws_sqs_queue" "a" { name = module.names.queue }
      resource "aws_sqs_queue" "b" { name = "\${module.names.queue}" }
      resource "aws_sqs_queue" "c" { name = module.names.other }
    `),
    );
    expect(names[0]).toBe(names[1]);
    expect(names[0]).not.toBe(names[2]);
  });

  test('a module that terraform init has downloaded is read', () => {
    const files = {
      'main.tf':
        'module "names" {\n source = "example/names/aws"\n base = "orders"\n}\nresource "aws_sqs_queue" "a" { name = module.names.queue }',
      '.terraform/modules/names/main.tf': 'variable "base" {}\noutput "queue" { value = "${var.base}-failed" }',
    };
    const manifest = JSON.stringify({ Modules: [{ Key: 'names', Source: 'x', Dir: '.terraform/modules/names' }] });
    expect(read(files, {}, { '.terraform/modules/modules.json': manifest })[0]!.properties['QueueName']).toBe(
      'orders-failed',
    );
  });
});

describe('instances', () => {
  test.each<[string, string, Record<string, string>]>([
    ['count', 'count = 2\n name = "q${count.index}"', { 'aws_sqs_queue.q[0]': 'q0', 'aws_sqs_queue.q[1]': 'q1' }],
    ['none', 'count = false ? 1 : 0\n name = "q"', {}],
    [
      'a set',
      'for_each = toset(["b", "a"])\n name = each.key',
      { 'aws_sqs_queue.q["a"]': 'a', 'aws_sqs_queue.q["b"]': 'b' },
    ],
    ['a map', 'for_each = { x = "y" }\n name = "${each.key}-${each.value}"', { 'aws_sqs_queue.q["x"]': 'x-y' }],
    ['unknown', 'for_each = var.unknown\n name = "q"', { 'aws_sqs_queue.q[*]': 'q' }],
  ])('%s', (_, body, expected) => expect(queues(`resource "aws_sqs_queue" "q" {\n ${body}\n}`)).toEqual(expected));

  test('a resource whose number is not known may not exist', () => {
    const [queue] = read({ 'main.tf': 'resource "aws_sqs_queue" "q" {\n count = var.enabled ? 1 : 0\n}' });
    expect(queue!.isCertain).toBe(false);
  });
});

describe('variables', () => {
  const text = `
    variable "name" {
      type    = string
      default = "default"
    }
    resource "aws_sqs_queue" "q" { name = var.name }`;
  test('default', () => expect(queues(text)).toEqual({ 'aws_sqs_queue.q': 'default' }));
  test('given', () => expect(queues(text, { name: '1.0' })).toEqual({ 'aws_sqs_queue.q': '1.0' }));
  test('terraform.tfvars, then *.auto.tfvars', () => {
    expect(queues(text, {}, { 'terraform.tfvars': 'name = "a"' })).toEqual({ 'aws_sqs_queue.q': 'a' });
    expect(queues(text, {}, { 'terraform.tfvars': 'name = "a"', 'z.auto.tfvars': 'name = "z"' })).toEqual({
      'aws_sqs_queue.q': 'z',
    });
  });
  test('lists on the command line, optional members', () => {
    expect(
      queues(
        `variable "queues" {
          type = list(object({ name = string, suffix = optional(string, "dlq") }))
        }
        resource "aws_sqs_queue" "q" {
          for_each = { for q in var.queues : q.name => q }
          name     = "\${each.key}-\${each.value.suffix}"
        }`,
        { queues: '[{ name = "a" }, { name = "b", suffix = "c" }]' },
      ),
    ).toEqual({ 'aws_sqs_queue.q["a"]': 'a-dlq', 'aws_sqs_queue.q["b"]': 'b-c' });
  });
});

test('dependencies: references through locals and modules, and depends_on', () => {
  const resources = read({
    ...pipelines,
    'app/main.tf': `${pipelines['app/main.tf']}
      locals { first = module.pipeline["a"].uuid }
      resource "aws_sqs_queue" "a" { name = "q-\${local.first}" }
      resource "aws_sqs_queue" "b" { depends_on = [module.pipeline, aws_sqs_queue.a] }`,
  });
  const of = (address: string) => [...resources.find((resource) => resource.address === address)!.dependsOn].toSorted();
  expect(of('aws_sqs_queue.a')).toEqual(['module.pipeline["a"].aws_lambda_event_source_mapping.this']);
  expect(of('aws_sqs_queue.b')).toEqual(
    [
      'aws_sqs_queue.a',
      ...['a', 'b']
        .flatMap((key) =>
          ['event_source_mapping', 'function']
            .map((name) => `module.pipeline["${key}"].aws_lambda_${name}.this`)
            .concat(
              ['policy', 'role', 'role_policy_attachment'].map(
                (name) => `module.pipeline["${key}"].aws_iam_${name}.this`,
              ),
            ),
        )
        .toSorted(),
    ].toSorted(),
  );
});

test('files outside the root are not read', () => {
  const reads: string[] = [];
  readTerraform([{ path: 'app/main.tf', text: 'resource "aws_sqs_queue" "q" { name = file("/etc/hostname") }' }], {
    scope: { partition: 'aws', region: 'eu-west-1', account: unknownAccount },
    parameters: {},
    readBeside: (path) => {
      reads.push(path);
      return null;
    },
  });
  expect(reads).not.toContain('/etc/hostname');
});
