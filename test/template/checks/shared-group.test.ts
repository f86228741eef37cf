/** Two mappings of one template with the same consumer group on the same topic. */
import { describe, expect, test } from 'vitest';
import type { LintResult } from '../../../src/template/lint-result.js';
import { edited, lintConfiguration } from '../terraform/lint-configuration.js';
import { stack } from '../terraform/cases.js';
import { healthy, lintTemplate, ref, sub, type Template } from '../support/healthy.js';

type Properties = Template['Resources'][string]['Properties'];

const inGroup = (group: Properties[string]): Properties => ({
  AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
});

/** Two functions on one topic with one consumer group, after a change. */
function sharing(change: (template: Template, first: Properties, second: Properties) => void = () => {}): Template {
  const template = healthy();
  const { Resources: resources } = template;
  resources['OtherHandler'] = structuredClone(resources['Handler']!);
  const first = resources['Mapping']!;
  Object.assign(first.Properties, inGroup('billing'));
  const second = structuredClone(first);
  resources['Second'] = second;
  second.Properties['FunctionName'] = ref('OtherHandler');
  change(template, first.Properties, second.Properties);
  return template;
}
const warnings = ({ mappings }: LintResult) =>
  mappings.flatMap(({ findings }) =>
    findings
      .filter(({ check, status }) => check === 'mapping.consumer-group' && status === 'warn')
      .map(({ title }) => title),
  );
const both = [
  'Mapping shares the consumer group billing with Second',
  'Second shares the consumer group billing with Mapping',
];

describe('mapping.consumer-group in a template', () => {
  test('each of the two mappings is warned about, at its group, with the place of the other', () => {
    const result = lintTemplate(sharing());
    expect(warnings(result)).toEqual(both);
    expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['at-risk', 'at-risk']);
    const finding = result.mappings[0]!.findings.find(({ check }) => check === 'mapping.consumer-group')!;
    expect(finding.location.path).toBe('Resources.Mapping.Properties.AmazonManagedKafkaEventSourceConfig');
    expect(finding.related.map(({ path }) => path)).toEqual(['Resources.Second']);
    expect(finding.evidence).toEqual([
      {
        resource: 'Second',
        fact: 'uses the same group on the same topic: each of the two mappings receives only a part of the records',
      },
    ]);
    expect(finding.fixes[0]!.title).toContain('ConsumerGroupId');
  });

  test('a part of the group that both take from the same parameter is equal', () => {
    const result = lintTemplate(
      sharing((template, first, second) => {
        template.Parameters['Stage'] = { Type: 'String' };
        for (const properties of [first, second]) Object.assign(properties, inGroup(sub('billing-${Stage}')));
      }),
    );
    expect(warnings(result)).toHaveLength(2);
  });

  test.each<[string, Parameters<typeof sharing>[0]]>([
    ['another group', (_, __, second) => void Object.assign(second, inGroup('shipping'))],
    ['another topic', (_, __, second) => void (second['Topics'] = ['payments'])],
    ['a mapping that is disabled', (_, __, second) => void (second['Enabled'] = false)],
    [
      'a mapping that a parameter enables',
      (template, _, second) => {
        template.Parameters['Switch'] = { Type: 'String' };
        second['Enabled'] = ref('Switch');
      },
    ],
    [
      'a mapping with a condition that is not known',
      (template) => {
        template.Parameters['Stage'] = { Type: 'String' };
        template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
        template.Resources['Second']!.Condition = 'IsProd';
      },
    ],
    [
      'a group that a condition can leave out',
      (template, first, second) => {
        template.Parameters['Stage'] = { Type: 'String' };
        template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
        const group = { 'Fn::If': ['IsProd', 'billing', ref('AWS::NoValue')] };
        for (const properties of [first, second]) Object.assign(properties, inGroup(group));
      },
    ],
    [
      'groups of two parameters',
      (template, first, second) => {
        for (const name of ['First', 'Other']) template.Parameters[name] = { Type: 'String' };
        Object.assign(first, inGroup(sub('billing-${First}')));
        Object.assign(second, inGroup(sub('billing-${Other}')));
      },
    ],
    [
      'the same function, which Lambda rejects',
      (_, first, second) => void (second['FunctionName'] = first['FunctionName']!),
    ],
  ])('%s: no warning', (_, change) => expect(warnings(lintTemplate(sharing(change)))).toEqual([]));
});

describe('mapping.consumer-group in Terraform', () => {
  const group = '\n  amazon_managed_kafka_event_source_config { consumer_group_id = "billing" }\n';
  const functionName = 'aws_lambda_function.handler.arn';
  const lintWith = (lines: string, name: string) =>
    warnings(
      lintConfiguration({
        'main.tf': edited(stack, {
          'starting_position = "TRIM_HORIZON"': `starting_position = "TRIM_HORIZON"${group}${lines}`,
          [functionName]: name,
          'resource "aws_lambda_function" "handler" {':
            'resource "aws_lambda_function" "handler" {\n  for_each = toset(["a", "b"])',
          '"order-handler"\n  role ': '"order-handler-${each.key}"\n  role ',
        }),
      }),
    );

  test.each([
    ['for_each', 'for_each = toset(["a", "b"])', 'aws_lambda_function.handler[each.key].arn', ['"a"', '"b"']],
    ['count', 'count = 2', 'values(aws_lambda_function.handler)[count.index].arn', ['0', '1']],
  ])('instances of %s that are all known', (_, lines, name, [first, second]) => {
    const address = (key: string | undefined) => `aws_lambda_event_source_mapping.orders[${key}]`;
    expect(lintWith(lines, name)).toEqual([
      `${address(first)} shares the consumer group billing with ${address(second)}`,
      `${address(second)} shares the consumer group billing with ${address(first)}`,
    ]);
  });

  test.each([
    ['a count that is not known', 'count = var.n', 'values(aws_lambda_function.handler)[count.index].arn'],
    ['keys that are not known', 'for_each = var.functions', 'aws_lambda_function.handler[each.key].arn'],
    ['a single instance', 'count = 1', 'aws_lambda_function.handler["a"].arn'],
  ])('%s: no warning', (_, lines, name) => expect(lintWith(lines, name)).toEqual([]));
});
