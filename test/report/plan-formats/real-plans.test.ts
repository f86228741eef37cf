/** The plans of the sandbox accounts in each format: the same steps, and files of their format. */
import { parse as parseHcl } from '@cdktf/hcl2json';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { renderCli } from '../../../src/fixes/render-cli.js';
import { cloudFormationOf } from '../../../src/report/plan-formats/cloudformation-resources.js';
import { planFormats } from '../../../src/report/plan-formats/index.js';
import { ownerTemplate } from '../../../src/report/plan-formats/owner-template.js';
import { terraformOf } from '../../../src/report/plan-formats/terraform-resources.js';
import { callOfCloudFormation, callOfTerraform, normalized } from './read-back.js';
import { commandsIn } from './commands-in.js';
import { realPlans } from './real-plans.js';

const plans = realPlans();

test.each(plans)('$name: every format has the steps that are chosen', async ({ plan, region }) => {
  const flags = { region };
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  expect(commandsIn(planFormats.shell(plan, flags))).toEqual(chosen.map((step) => renderCli(step, flags)));
  const blocks = (await parseHcl('plan.tf', planFormats.terraform(plan, flags))) as {
    resource?: Record<string, Record<string, unknown>>;
  };
  const names = Object.values(blocks.resource ?? {}).flatMap((byName) => Object.keys(byName));
  expect(names).toHaveLength(chosen.flatMap((step) => terraformOf(step, 'x', flags)).length);
  const template = parseYaml(planFormats.cloudformation(plan, flags), { version: '1.1' }) as {
    Metadata?: { NotInThisTemplate: object[] };
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const inTemplate = chosen.filter((step) => cloudFormationOf(step).length > 0);
  expect(template.Metadata?.NotInThisTemplate ?? []).toHaveLength(chosen.length - inTemplate.length);
  if (inTemplate.length > 0)
    expect(
      normalized(
        Object.values(template.Resources).map(({ Type, Properties }) => callOfCloudFormation(Type, Properties)),
      ),
    ).toEqual(normalized(inTemplate.map(({ service, operation, input }) => ({ service, operation, input }))));
});

test('the owner of a role gets the policy in its language', async () => {
  const { plan } = plans.find(({ name }) => name === 'managed-policy-only')!;
  const [step] = plan.steps;
  const call = normalized([{ service: step!.service, operation: step!.operation, input: step!.input }]);
  const terraform = { ...step!, owner: { tool: 'terraform' as const, name: null, logicalId: null } };
  const blocks = (await parseHcl('role.tf', ownerTemplate(terraform).join('\n'))) as {
    resource: { aws_iam_role_policy: Record<string, [Record<string, string>]> };
  };
  const [attributes] = Object.values(blocks.resource.aws_iam_role_policy)[0]!;
  const policy = attributes['policy']!.replace(/^\$\{jsonencode\(([\s\S]*)\)\}$/, '$1');
  expect(normalized([callOfTerraform('aws_iam_role_policy', { ...attributes, policy })!])).toEqual(call);
  const stack = { ...step!, owner: { tool: 'cdk' as const, name: 'orders-app', logicalId: 'Role' } };
  const resources = parseYaml(ownerTemplate(stack).join('\n')) as Record<
    string,
    { Type: string; Properties: Record<string, unknown> }
  >;
  expect(
    normalized(Object.values(resources).map(({ Type, Properties }) => callOfCloudFormation(Type, Properties))),
  ).toEqual(call);
  expect(ownerTemplate({ ...step!, owner: null })).toEqual([]);
});
