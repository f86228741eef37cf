/**
 * Plans that Terraform itself makes of our configurations, with a provider of ours in place of that of AWS: a plan with its
 * configuration is judged as the configuration alone. Needs Terraform and Go.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { beside, faultyConfigurations, healthyConfigurations } from '../../template/terraform/cases.js';
import { edited, firstFault, fixture, lintConfiguration } from '../../template/terraform/lint-configuration.js';
import { leftOut } from '../left-out.js';
import { planner } from './planner.js';

const { missing, plan, remove } = planner();
afterAll(remove);

/** The registry’s module, as one of ours: what it creates has the same outputs. */
const network = {
  'modules/network/main.tf': `
    resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
    resource "aws_subnet" "private" {
      count      = 2
      vpc_id     = aws_vpc.this.id
      cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
    }
    output "vpc_id" { value = aws_vpc.this.id }
    output "private_subnets" { value = aws_subnet.private[*].id }`,
};
const pipelines = {
  'main.tf': edited(fixture('pipelines/main.tf'), {
    '  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.0.0"': '  source = "./modules/network"',
  }),
  'modules/orders/main.tf': fixture('pipelines/modules/orders/main.tf'),
  ...network,
};

const faultsOf = (files: Record<string, string>, options: Parameters<typeof lintConfiguration>[1]) =>
  lintConfiguration(files, options).mappings.map(({ address, verdict, causes, findings }) => ({
    address,
    verdict,
    causes: causes.map(({ check }) => check),
    // A plan can decide more: it knows the values of variables.
    findings: findings
      .filter(({ status }) => status !== 'pass' && status !== 'skip')
      .map(({ check, status, location: { file, line } }) => `${check} ${status} ${file}:${line}`),
  }));

describe.skipIf(leftOut('terraform', missing))('terraform', () => {
  const configurations: [string, Record<string, string>][] = [
    ...healthyConfigurations,
    ...faultyConfigurations.map(([name, text, edits]): [string, Record<string, string>] => [
      name,
      { 'main.tf': edited(text, edits) },
    ]),
    ['modules, for_each, serverless', pipelines],
    [
      'modules without AlterGroup',
      {
        ...pipelines,
        'modules/orders/main.tf': edited(pipelines['modules/orders/main.tf'], {
          ', "kafka-cluster:AlterGroup"': '',
        }),
      },
    ],
  ];

  test.each(configurations)('%s', (_, files) => {
    const text = plan({ ...files, ...beside });
    const alone = faultsOf(files, { beside });
    const withPlan = faultsOf(files, { beside, plan: { path: 'plan.json', text, folder: '' } });
    expect(withPlan).toEqual(alone);
    expect(withPlan.length).toBeGreaterThan(0);
  });

  test.each(configurations)('%s: the plan alone shows no other fault', (_, files) => {
    const text = plan({ ...files, ...beside });
    const certain = (findings: string[]) =>
      findings.filter((finding) => / (?:fail|warn) /.test(finding)).map((finding) => finding.split(' ', 1)[0]);
    const alone = faultsOf(files, { beside });
    for (const { address, findings } of faultsOf({}, { plan: { path: 'plan.json', text, folder: null } }))
      expect(certain(alone.find((each) => each.address === address)!.findings), address).toEqual(
        expect.arrayContaining(certain(findings)),
      );
  });

  test('a value that only the plan knows is judged', () => {
    const [, text] = faultyConfigurations[0]!;
    const files = {
      'main.tf': `${edited(text, { 'from_port = 9098': 'from_port = var.port', 'to_port   = 9098': 'to_port = var.port' })}\nvariable "port" {}\n`,
    };
    const made = plan({ ...files, 'terraform.tfvars': 'port = 9092\n' });
    expect(firstFault(files).verdict).toBe('unknown');
    expect(firstFault(files, { plan: { path: 'plan.json', text: made, folder: '' } })).toMatchObject({
      verdict: 'broken',
      check: 'network.broker-ingress',
    });
  });
});
