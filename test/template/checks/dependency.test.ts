/** Fixes that make a resource wait, in the words of its language. */
import { expect, test } from 'vitest';
import { dependencyFix } from '../../../src/template/checks/dependency.js';
import type { TemplateResource } from '../../../src/template/resource.js';

const resource = (address: string, format: TemplateResource['format'] = 'terraform'): TemplateResource => ({
  address,
  type: 'AWS::IAM::Policy',
  format,
  properties: {},
  id: address,
  arn: null,
  isCertain: true,
  dependsOn: new Set(),
  locate: () => ({ file: 'main.tf', line: 1, column: 1, path: '' }),
  metadata: {},
});

test.each<[string, string[], string]>([
  ['aws_m.this["a"]', ['aws_p.one', 'aws_p.two[0]'], 'Add depends_on = [aws_p.one, aws_p.two] to aws_m.this.'],
  [
    'module.app["eu.west"].aws_m.this',
    ['module.app["eu.west"].aws_p.this'],
    'Add depends_on = [aws_p.this] to aws_m.this in module.app["eu.west"].',
  ],
  ['aws_m.this', ['module.roles[0].aws_p.this'], 'Add depends_on = [module.roles] to aws_m.this.'],
  ['module.app.aws_m.this', ['aws_p.this'], 'Add depends_on = [aws_p.this] to module.app in the root module.'],
])('%s waits for %s', (address, others, fix) =>
  expect(
    dependencyFix(
      resource(address),
      others.map((other) => resource(other)),
    ),
  ).toBe(fix),
);

test('CloudFormation', () => {
  expect(dependencyFix(resource('Mapping', 'cloudformation'), [resource('Policy', 'cloudformation')])).toBe(
    'Add DependsOn: Policy to Mapping.',
  );
});
