/** Each fault in every language that ends as a template: the right cause first, at a place in the file, and nothing beside it. */
import { describe, expect, test } from 'vitest';
import { faults, type Fault } from './support/faults.js';
import type { LintResult } from '../../src/template/lint-result.js';
import { healthy, lintTemplate, lintTexts, problems, undecided, type Template } from './support/healthy.js';
import { toSam } from './support/sam.js';

const packaged = 'cloudformation-template-update-stack.json';
const languages: readonly [name: string, lint: (template: Template) => LintResult][] = [
  ['CloudFormation', (template) => lintTemplate(template)],
  ['CloudFormation in JSON', (template) => lintTexts({ 'template.json': JSON.stringify(template, null, 2) })],
  ['SAM', (template) => lintTemplate(toSam(template))],
  ['CDK', (template) => lintTexts({ 'cdk.out/App.template.json': toCdk(template) }, { format: 'cdk' })],
  [
    'Serverless Framework',
    (template) => lintTexts({ [packaged]: JSON.stringify(template, null, 1) }, { format: 'serverless' }),
  ],
];

/** As `cdk synth` writes it: JSON, with the path of the construct at each resource, and a rule of its own. */
const toCdk = (template: Template): string =>
  JSON.stringify(
    {
      ...template,
      Parameters: {
        ...template.Parameters,
        BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/version' },
      },
      Resources: Object.fromEntries(
        Object.entries(template.Resources).map(([name, resource]) => [
          name,
          { ...resource, Metadata: { ...resource.Metadata, 'aws:cdk:path': `App/${name}/Resource` } },
        ]),
      ),
      Rules: { CheckBootstrapVersion: { Assertions: [{ Assert: true }] } },
    },
    null,
    1,
  );

describe.each(languages)('%s', (language, lint) => {
  test.each(
    (['iam', 'scram', 'mtls'] as const).flatMap((auth) =>
      (['endpoints', 'nat'] as const).map((network) => ({ auth, network })),
    ),
  )('a healthy template: $auth, $network', (kind) => {
    const result = lint(healthy(kind));
    expect(result.mappings.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(problems(result)).toEqual([]);
    expect(result.mappings.flatMap(undecided)).toEqual([]);
  });

  test.each(
    faults
      .filter(({ notInSam }) => language !== 'SAM' || notInSam !== true)
      .map((fault) => [fault.name, fault] as const),
  )('%s', (_, { auth, network, change, check, status = 'fail' }: Fault) => {
    const template = healthy({
      ...(auth === undefined ? {} : { auth }),
      ...(network === undefined ? {} : { network }),
    });
    change(template);
    const result = lint(template);
    const [mapping] = result.mappings;
    if (status === 'fail') expect(mapping!.causes[0]?.check, problems(result).join(', ')).toBe(check);
    else expect(problems(result)).toEqual([check]);
    expect(mapping!.verdict).toBe(status === 'fail' ? 'broken' : 'at-risk');
    const finding = mapping!.findings.find((each) => each.check === check && each.status === status)!;
    expect(finding.location.line).toBeGreaterThan(1);
    expect(finding.location.path).toMatch(/^Resources\./);
  });
});
