/** A few lines that describe too much end in a judgement or a sentence, not in an exhausted memory. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../src/template/resource.js';
import { lintTexts } from './support/healthy.js';
import { lintConfiguration } from './terraform/lint-configuration.js';

const mapping = (topic: string) => `
  resource "aws_lambda_event_source_mapping" "this" {
    event_source_arn  = "arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8d3f1c52-0000-4000-8000-000000000001-2"
    function_name     = "order-handler"
    topics            = [${topic}]
    starting_position = "TRIM_HORIZON"
  }`;
/** `first`, and sixty locals that each use the one before twice. */
const doubled = (first: string, next: (before: string) => string) => `
  locals {
    v0 = ${first}
    ${Array.from({ length: 60 }, (_, index) => `v${index + 1} = ${next(`local.v${index}`)}`).join('\n    ')}
  }`;

test.each<[string, Record<string, string>]>([
  ['texts that double', { 'main.tf': doubled('"orders"', (v) => `"\${${v}}\${${v}}"`) + mapping('local.v60') }],
  ['lists that double', { 'main.tf': doubled('["orders"]', (v) => `concat(${v}, ${v})`) + mapping('local.v60[0]') }],
  [
    'objects that double',
    { 'main.tf': doubled('{ a = 1 }', (v) => `{ a = ${v}, b = ${v} }`) + mapping('jsonencode(local.v60)') },
  ],
  [
    'modules in modules, many times each',
    {
      'main.tf': 'module "a" {\n source = "./a"\n count = 1000000\n}',
      'a/main.tf': 'module "b" {\n source = "./b"\n count = 1000000\n}',
      'a/b/main.tf': mapping('"orders"'),
    },
  ],
  ['a module that calls itself', { 'main.tf': `module "a" {\n source = "./"\n}\n${mapping('"orders"')}` }],
  [
    'loops in loops',
    { 'main.tf': mapping('[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]') },
  ],
])('Terraform: %s', (_, files) => {
  const { mappings } = lintConfiguration(files);
  expect(mappings.length).toBeGreaterThan(0);
  for (const { verdict } of mappings) expect(verdict).not.toBe('broken');
});

test('Terraform: texts in texts, too deep', () => {
  const deep = `${'"${'.repeat(20_000)}1${'}"'.repeat(20_000)}`;
  expect(() => lintConfiguration({ 'main.tf': mapping(deep) })).toThrow(TemplateError);
});

test('CloudFormation: loops in loops', () => {
  const items = (name: string) => Array.from({ length: 3000 }, (_, index) => `${name}${index}`);
  const template = {
    Transform: 'AWS::LanguageExtensions',
    Resources: {
      'Fn::ForEach::Outer': [
        'I',
        items('a'),
        { 'Fn::ForEach::Inner': ['J', items('b'), { 'Queue${I}${J}': { Type: 'AWS::SQS::Queue' } }] },
      ],
    },
  };
  expect(lintTexts({ 'template.json': JSON.stringify(template) }).mappings).toEqual([]);
});

test('CloudFormation: conditions that each ask twice', () => {
  const conditions = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [
      `C${index + 1}`,
      { 'Fn::And': [{ Condition: `C${index}` }, { Condition: `C${index}` }] },
    ]),
  );
  const template = {
    Parameters: { Flag: { Type: 'String' } },
    Conditions: { C0: { 'Fn::Equals': [{ Ref: 'Flag' }, 'on'] }, ...conditions },
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'C80' } },
  };
  expect(lintTexts({ 'template.json': JSON.stringify(template) }).mappings).toEqual([]);
});
