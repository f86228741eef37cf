/** The resolver against direct evaluation: what it calls known is what a deployment gives. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasSymbol } from '../../../src/snapshot/symbols.js';
import { noValue } from '../../../src/template/cloudformation/resolver.js';
import { Stack } from '../../../src/template/cloudformation/stack.js';
import { isObject, type Json, type JsonObject } from '../../../src/template/resource.js';

const scope = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };

function stackOf(template: JsonObject, parameters: Record<string, Json> = {}): Stack {
  const resources = isObject(template['Resources']) ? template['Resources'] : {};
  return new Stack(
    template,
    {
      scope,
      key: 'k',
      name: 'orders-stack',
      parameters,
      exported: (name) => (name === 'known' ? 'exported' : undefined),
      nestedOutput: () => undefined,
      note: () => {},
    },
    () =>
      new Map(
        Object.entries(resources).map(([name, raw]) => [name, { raw: raw as JsonObject, path: ['Resources', name] }]),
      ),
  );
}

const template: JsonObject = {
  Parameters: {
    Stage: { Type: 'String', Default: 'test' },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Free: { Type: 'String' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
  },
  Mappings: { Sizes: { test: { small: '1', list: ['x', 'y'] } } },
  Conditions: {
    IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] },
    IsFree: { 'Fn::Equals': [{ Ref: 'Free' }, 'x'] },
    NotFree: { 'Fn::Not': [{ Condition: 'IsFree' }] },
    Any: { 'Fn::Or': [{ Condition: 'IsFree' }, { Condition: 'IsTest' }] },
    None: { 'Fn::And': [{ Condition: 'IsFree' }, { 'Fn::Not': [{ Condition: 'IsTest' }] }] },
    Circle: { Condition: 'Circle' },
  },
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', Path: '/app/' } },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Loop: { Type: 'AWS::IAM::Role', Properties: { RoleName: { Ref: 'Loop' } } },
  },
};

describe('known', () => {
  test.each<[Json, Json]>([
    [{ Ref: 'Stage' }, 'test'],
    [{ Ref: 'Names' }, ['a', 'b', 'c']],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::AccountId' }, '111122223333'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::StackName' }, 'orders-stack'],
    [{ Ref: 'Role' }, 'reader'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111122223333:role/app/reader'],
    [{ 'Fn::GetAtt': 'Role.Arn' }, 'arn:aws:iam::111122223333:role/app/reader'],
    [
      { 'Fn::Sub': '${Stage}-${!Stage}-${AWS::Region}-${Role.Arn}' },
      'test-${Stage}-eu-west-1-arn:aws:iam::111122223333:role/app/reader',
    ],
    [{ 'Fn::Sub': ['${a}${Stage}', { a: { Ref: 'Stage' } }] }, 'testtest'],
    [{ 'Fn::Join': ['-', [{ Ref: 'Stage' }, 'b', 3]] }, 'test-b-3'],
    [{ 'Fn::Join': ['/', { Ref: 'Names' }] }, 'a/b/c'],
    [{ 'Fn::Split': ['|', 'a|b'] }, ['a', 'b']],
    [{ 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] }, 'arn'],
    [{ 'Fn::If': ['IsTest', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['IsFree', 'same', 'same'] }, 'same'],
    [{ 'Fn::If': ['Any', 1, 2] }, 1],
    [{ 'Fn::If': ['None', 1, 2] }, 2],
    [['a', { 'Fn::If': ['IsTest', { Ref: 'AWS::NoValue' }, 'b'] }], ['a']],
    [{ a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'small'] }, '1'],
    [{ 'Fn::FindInMap': ['Sizes', 'test', 'list'] }, ['x', 'y']],
    [{ 'Fn::FindInMap': ['Sizes', 'prod', 'small', { DefaultValue: '9' }] }, '9'],
    [{ 'Fn::ImportValue': 'known' }, 'exported'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
    [{ 'Fn::Base64': 'a' }, 'YQ=='],
    [{ 'Fn::Length': { Ref: 'Names' } }, 3],
    [{ 'Fn::ToJsonString': { a: [{ Ref: 'Stage' }] } }, '{"a":["test"]}'],
    [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ])('%j', (expression, value) => expect(stackOf(template).resolve(expression)).toEqual(value));
});

describe('not known', () => {
  test.each<[Json]>([
    [{ Ref: 'Free' }],
    [{ Ref: 'Image' }],
    [{ Ref: 'Nothing' }],
    [{ 'Fn::GetAtt': ['Key', 'Arn'] }],
    [{ 'Fn::GetAtt': ['Role', 'Nothing'] }],
    [{ 'Fn::If': ['IsFree', 'a', 'b'] }],
    [{ 'Fn::If': ['Nothing', 'a', 'b'] }],
    [{ 'Fn::If': ['Circle', 'a', 'b'] }],
    [{ 'Fn::Select': ['7', { Ref: 'Names' }] }],
    [{ 'Fn::Split': ['-', { Ref: 'Free' }] }],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Free' }, 'small'] }],
    [{ 'Fn::ImportValue': 'other' }],
    [{ 'Fn::Transform': { Name: 'X' } }],
    ['{{resolve:ssm:/a}}'],
    [{ 'Fn::GetAtt': ['Loop', 'Arn'] }],
    [{ 'Fn::Sub': 'a-${Free}' }],
  ])('%j', (expression) => {
    expect(hasSymbol(JSON.stringify(stackOf(template).resolve(expression)))).toBe(true);
    // The same expression is the same value.
    expect(stackOf(template).resolve(expression)).toEqual(stackOf(template).resolve(expression));
  });
  test.each(['IsFree', 'NotFree', 'Circle', 'Nothing'])('the condition %s', (name) =>
    expect(stackOf(template).condition(name)).toBe('unknown'),
  );
});

/** Expressions with the value that CloudFormation gives for parameters A and B. */
const expressions = fc.letrec<{ text: Json; list: Json }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('x', 'y', ''),
    fc.constantFrom({ Ref: 'A' }, { Ref: 'B' }, { Ref: 'AWS::Region' }),
    fc.record({ 'Fn::Join': fc.tuple(fc.constantFrom('-', ''), tie('list')) }),
    fc.record({ 'Fn::If': fc.tuple(fc.constantFrom('SameAB', 'AisX'), tie('text'), tie('text')) }),
    fc.record({ 'Fn::Sub': fc.constantFrom('${A}', '${A}/${B}', '${!A}') }),
    fc.record({ 'Fn::Select': fc.tuple(fc.constant(0), fc.tuple(tie('text'), tie('text'))) }),
  ),
  list: fc.array(tie('text'), { maxLength: 3 }) as fc.Arbitrary<Json>,
})).text;

function evaluate(value: Json, [a, b]: [string, string]): string {
  if (!isObject(value)) return String(value);
  const [[name, argument] = ['', null]] = Object.entries(value) as [string, Json][];
  const parts = argument as Json[];
  switch (name) {
    case 'Ref':
      return argument === 'A' ? a : argument === 'B' ? b : scope.region;
    case 'Fn::Join':
      return (parts[1] as Json[]).map((item) => evaluate(item, [a, b])).join(String(parts[0]));
    case 'Fn::If':
      return evaluate((parts[0] === 'SameAB' ? a === b : a === 'x') ? parts[1]! : parts[2]!, [a, b]);
    case 'Fn::Sub':
      return String(argument).replaceAll('${A}', a).replaceAll('${B}', b).replaceAll('${!A}', '${A}');
    default:
      return evaluate((parts[1] as Json[])[0]!, [a, b]);
  }
}

const withParameters = (given: Partial<Record<'A' | 'B', string>>): Stack =>
  stackOf(
    {
      Parameters: { A: { Type: 'String' }, B: { Type: 'String' } },
      Conditions: {
        SameAB: { 'Fn::Equals': [{ Ref: 'A' }, { Ref: 'B' }] },
        AisX: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] },
      },
    },
    given as Record<string, Json>,
  );
const words = fc.constantFrom('x', 'y', 'x-y');

test('with all parameters, everything is known and right', () =>
  fc.assert(
    fc.property(expressions, words, words, (expression, a, b) => {
      expect(withParameters({ A: a, B: b }).resolve(expression)).toBe(evaluate(expression, [a, b]));
    }),
  ));

test('with one parameter, what is known is what every value of the other gives', () =>
  fc.assert(
    fc.property(expressions, words, words, (expression, a, b) => {
      const value = withParameters({ A: a }).resolve(expression);
      if (!hasSymbol(String(value))) expect(value).toBe(evaluate(expression, [a, b]));
    }),
  ));

test('the order of keys does not matter', () => {
  const turned = (value: Json): Json =>
    Array.isArray(value)
      ? value.map(turned)
      : isObject(value)
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, member]) => [name, turned(member)]),
          )
        : value;
  const expression = { z: { 'Fn::GetAtt': ['Key', 'Arn'] }, a: [{ Ref: 'Role' }, { Ref: 'Free' }] };
  expect(stackOf(turned(template) as JsonObject).resolve(turned(expression))).toEqual(
    stackOf(template).resolve(expression),
  );
});

test('AWS::NoValue alone is no value', () =>
  expect(stackOf(template).resolveOptional({ Ref: 'AWS::NoValue' })).toBe(noValue));
