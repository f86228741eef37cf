/** What an undecided check says where only a template is known: nothing was read, so no read failed. */
import { describe, expect, test } from 'vitest';
import { healthy, lintTemplate, ref, type Template } from './support/healthy.js';
import { edited, lintConfiguration } from './terraform/lint-configuration.js';
import { stack } from './terraform/cases.js';

/** The template with a parameter in place of what a property names. */
function without(change: (template: Template, parameter: ReturnType<typeof ref>) => void, auth: 'iam' | 'scram') {
  const template = healthy({ auth });
  template.Parameters['Given'] = { Type: 'String' };
  change(template, ref('Given'));
  return lintTemplate(template).mappings[0]!;
}

describe('a resource outside the template is named as such', () => {
  test.each<[string, 'iam' | 'scram', Parameters<typeof without>[0], string, string]>([
    [
      'cluster',
      'iam',
      (template, given) => void (template.Resources['Mapping']!.Properties['EventSourceArn'] = given),
      'cluster.auth',
      'the cluster is outside the template',
    ],
    [
      'role',
      'iam',
      (template, given) => void (template.Resources['Handler']!.Properties['Role'] = given),
      'access.trust',
      'the execution role is outside the template',
    ],
    [
      'secret',
      'scram',
      (template) =>
        void (template.Resources['Mapping']!.Properties['SourceAccessConfigurations'] = [
          {
            Type: 'SASL_SCRAM_512_AUTH',
            URI: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_other-AbCdEf',
          },
        ]),
      'secret.exists',
      'the secret is outside the template',
    ],
  ])('%s', (_, auth, change, check, sentence) => {
    const finding = without(change, auth).findings.find((each) => each.check === check)!;
    expect([finding.status, finding.title]).toEqual(['unknown', `Could not check: ${sentence}`]);
    expect(finding.evidence.map(({ fact }) => fact)).toEqual([sentence]);
  });

  test('the network', () => {
    const text = edited(stack, {
      'aws_subnet.private[*].id': '["subnet-0a1b2c3d4e5f60718"]',
      '[aws_security_group.msk.id]': '["sg-0a1b2c3d4e5f60718"]',
    });
    const finding = lintConfiguration({ 'main.tf': text }).mappings[0]!.findings.find(
      ({ check }) => check === 'network.aws-path',
    )!;
    expect(finding.evidence).toContainEqual({
      resource: 'subnet-0a1b2c3d4e5f60718',
      fact: 'the subnet is outside the template',
    });
  });
});

test('a value of a resource in the template that is not known yet is no failed call', () => {
  const text = edited(stack, { 'iam = true': 'iam = var.iam' });
  const finding = lintConfiguration({ 'main.tf': text }).mappings[0]!.findings.find(
    ({ check }) => check === 'cluster.auth',
  )!;
  expect([finding.title, ...finding.evidence]).toEqual([
    'Could not check: values that it needs are known only after the deployment',
    { resource: 'aws_msk_cluster.this', fact: 'it has values that are known only after the deployment' },
  ]);
});
