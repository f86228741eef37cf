/** Two mappings of one template with the same cluster, function and topic. */
import { describe, expect, test } from 'vitest';
import type { LintResult } from '../../../src/template/lint-result.js';
import { healthy, lintTemplate, lintTexts, ref, toYaml, type Template } from '../support/healthy.js';

/** The healthy template with a second mapping like its first, after a change of that. */
function twins(change: (properties: Template['Resources'][string]['Properties'], template: Template) => void) {
  const template = healthy();
  const second = structuredClone(template.Resources['Mapping']!);
  template.Resources['Second'] = second;
  change(second.Properties, template);
  return template;
}
const refusals = ({ mappings }: LintResult) =>
  mappings.flatMap(({ findings }) =>
    findings.filter(({ check, status }) => check === 'template.refused' && status === 'fail').map(({ title }) => title),
  );

describe('template.refused, for twins', () => {
  test('the second mapping is refused, with the place of the first', () => {
    const result = lintTemplate(twins(() => {}));
    expect(refusals(result)).toEqual(['Lambda will reject Second: Mapping has the same cluster, function and topic']);
    const second = result.mappings.find(({ address }) => address === 'Second')!;
    expect(second.causes[0]?.check).toBe('template.refused');
    expect(second.findings.find(({ check }) => check === 'template.refused')!.related).toHaveLength(1);
    expect(result.mappings.find(({ address }) => address === 'Mapping')!.verdict).not.toBe('broken');
  });

  test.each<[string, Parameters<typeof twins>[0]]>([
    ['another topic', (properties) => void (properties['Topics'] = ['payments'])],
    [
      'an alias of the function',
      (properties, template) => {
        template.Resources['Live'] = {
          Type: 'AWS::Lambda::Alias',
          Properties: { FunctionName: ref('Function'), FunctionVersion: '7', Name: 'live' },
        };
        properties['FunctionName'] = ref('Live');
      },
    ],
    [
      'conditions that exclude each other',
      (_, template) => {
        template.Parameters['Stage'] = { Type: 'String' };
        template.Conditions['IsProd'] = { 'Fn::Equals': [ref('Stage'), 'prod'] };
        template.Conditions['IsTest'] = { 'Fn::Not': [{ Condition: 'IsProd' }] };
        template.Resources['Mapping']!.Condition = 'IsProd';
        template.Resources['Second']!.Condition = 'IsTest';
      },
    ],
  ])('%s is fine', (_, change) => expect(refusals(lintTemplate(twins(change)))).toEqual([]));

  test('two parameters that are not known may differ', () => {
    const template = twins((properties, { Parameters }) => {
      Parameters['First'] = { Type: 'String' };
      Parameters['Other'] = { Type: 'String' };
      properties['Topics'] = [ref('Other')];
    });
    template.Resources['Mapping']!.Properties['Topics'] = [ref('First')];
    expect(refusals(lintTemplate(template))).toEqual([]);
  });

  test('templates of several files may be for several regions', () => {
    const text = toYaml(healthy());
    expect(refusals(lintTexts({ 'eu.yaml': text, 'us.yaml': text }))).toEqual([]);
  });

  test('Terraform, in two files of a module', () => {
    const mapping = (name: string) =>
      `resource "aws_lambda_event_source_mapping" "${name}" {\n  event_source_arn  = "arn:aws:kafka:eu-west-1:111122223333:cluster/c/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2"\n  function_name     = "orders"\n  topics            = ["orders"]\n  starting_position = "TRIM_HORIZON"\n}\n`;
    const result = lintTexts({ 'a.tf': mapping('a'), 'b.tf': mapping('b') }, { format: 'terraform' });
    expect(refusals(result)).toEqual([
      'Lambda will reject aws_lambda_event_source_mapping.b: aws_lambda_event_source_mapping.a has the same cluster, function and topic',
    ]);
  });
});
