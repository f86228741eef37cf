/** One plan in three formats: each describes the same changes. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseHcl } from '@cdktf/hcl2json';
import { expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { renderCli } from '../../../src/fixes/render-cli.js';
import type { RepairPlan } from '../../../src/repair/repair-plan.js';
import { planFormats } from '../../../src/report/plan-formats/index.js';
import { hasTerraformResource } from '../../../src/report/plan-formats/terraform-resources.js';
import { cloudFormationOf } from '../../../src/report/plan-formats/cloudformation-resources.js';
import { shellWords } from '../../guards/aws-cli.js';
import { commandsIn } from './commands-in.js';
import { everyFix } from './every-fix.js';
import { callOfCloudFormation, callOfTerraform, normalized } from './read-back.js';

const plan = everyFix();
const flags = { region: 'eu-west-1' };
const callOf = ({ service, operation, input }: RepairPlan['steps'][number]) => ({ service, operation, input });

test('the plan has many operations', () =>
  expect(new Set(plan.steps.map(({ operation }) => operation)).size).toBeGreaterThan(12));

test.skipIf(process.platform === 'win32')('the shell script makes the calls of the steps, in their order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Each argument on a line of its own, in base64.
  writeFileSync(
    join(folder, 'aws'),
    `#!/bin/sh\n{ for word in aws "$@"; do printf %s "$word" | base64 -w 0 2>/dev/null || printf %s "$word" | base64; echo; done; echo; } >> '${folder}/calls'\n`,
  );
  chmodSync(join(folder, 'aws'), 0o700);
  // Every operation once is enough: each argument is a process.
  const some = [...new Map(plan.steps.map((step) => [step.operation, step])).values()];
  const script = planFormats.shell({ ...plan, steps: some }, flags);
  execFileSync('sh', ['-c', script], { env: { PATH: `${folder}:${process.env['PATH']}` } });
  const made = readFileSync(join(folder, 'calls'), 'utf8')
    .split('\n\n')
    .filter((text) => text.trim() !== '')
    .map((text) => text.split('\n').map((line) => Buffer.from(line, 'base64').toString()));
  expect(made).toEqual(some.map((step) => [...shellWords(renderCli(step, flags)), ...idQuery(step)]));
});

const idQuery = ({ operation }: { operation: string }): string[] =>
  operation === 'CreateVpcEndpoint' ? ['--query', 'VpcEndpoint.VpcEndpointId', '--output', 'text'] : [];

test.skipIf(process.platform === 'win32')('the command that undoes a new endpoint has the id that AWS answered', () => {
  const step = plan.steps.find(({ operation }) => operation === 'CreateVpcEndpoint')!;
  const script = planFormats.shell({ ...plan, steps: [step] }, flags);
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'aws'), '#!/bin/sh\ncase "$2" in create-*) echo vpce-1;; *) echo "$@";; esac\n', {
    mode: 0o700,
  });
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const printed = execFileSync('sh', ['-c', script], { env, encoding: 'utf8' });
  expect(printed).toMatch(/^endpoint_step_\d+=vpce-1\n$/);
  const undo = script
    .split('\n')
    .find((line) => line.includes('delete-vpc-endpoints'))!
    .replace(/^# +/, '');
  expect(execFileSync('sh', ['-c', `${printed}${undo}`], { env, encoding: 'utf8' })).toBe(
    'ec2 delete-vpc-endpoints --vpc-endpoint-ids vpce-1 --region eu-west-1\n',
  );
});

test('Terraform describes them, as resources or as commands', async () => {
  const blocks = (await parseHcl('plan.tf', planFormats.terraform(plan, flags))) as {
    resource: Record<string, Record<string, Record<string, unknown>[]>>;
  };
  const calls = Object.entries(blocks.resource).flatMap(([type, byName]) =>
    Object.values(byName).flatMap(([attributes]) =>
      type === 'terraform_data' ? [] : [callOfTerraform(type, withoutTemplates(attributes!))!],
    ),
  );
  const commands = Object.values(blocks.resource['terraform_data'] ?? {}).map(
    ([data]) => (data!['provisioner'] as { 'local-exec': { command: string }[] })['local-exec'][0]!.command,
  );
  expect(normalized(calls)).toEqual(
    [...new Set(normalized(plan.steps.filter(hasTerraformResource).map(callOf)))].toSorted(),
  );
  expect(commands.map(unescape).toSorted()).toEqual(
    plan.steps
      .filter((step) => !hasTerraformResource(step))
      .map((step) => renderCli(step, flags))
      .toSorted(),
  );
});

test('CloudFormation describes them, as resources or as commands in the metadata', () => {
  const template = parseYaml(planFormats.cloudformation(plan, flags), { version: '1.1' }) as {
    Metadata: { NotInThisTemplate: { Command: string }[] };
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const [inTemplate, other] = [
    plan.steps.filter((step) => cloudFormationOf(step).length > 0),
    plan.steps.filter((step) => cloudFormationOf(step).length === 0),
  ];
  expect(
    normalized(Object.values(template.Resources).map(({ Type, Properties }) => callOfCloudFormation(Type, Properties))),
  ).toEqual(normalized(inTemplate.map(callOf)));
  expect(template.Metadata.NotInThisTemplate.map(({ Command }) => Command)).toEqual(
    other.map((step) => renderCli(step, flags)),
  );
});

const hostile = 'x\n$(touch made)\u001b[2J ${self.x} %{ if true } "quoted" # }';
const policy = plan.steps.find(({ operation }) => operation === 'PutRolePolicy');

test('text from an account stays text', async () => {
  const step = {
    ...policy!,
    reason: hostile,
    input: { RoleName: hostile, PolicyName: hostile, PolicyDocument: JSON.stringify({ Statement: hostile }) },
  };
  const odd: RepairPlan = { ...plan, steps: [step], byHand: [{ title: hostile, command: null, resolves: [] }] };
  for (const format of Object.values(planFormats)) {
    const text = format(odd, flags);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').filter((line) => line.startsWith('$(touch'))).toEqual([]);
  }
  const hcl = (await parseHcl('plan.tf', planFormats.terraform(odd))) as {
    resource: { aws_iam_role_policy: Record<string, [{ role: string }]> };
  };
  expect(unescape(Object.values(hcl.resource.aws_iam_role_policy)[0]![0].role)).toBe(hostile);
  const yaml = parseYaml(planFormats.cloudformation(odd), { version: '1.1' }) as {
    Resources: Record<string, { Properties: { RoleName: string } }>;
  };
  expect(Object.values(yaml.Resources)[0]!.Properties.RoleName).toBe(hostile);
});

test('only chosen steps are made; the others, manual steps and undo are comments', () => {
  const [first, second] = plan.steps;
  const choice: RepairPlan = {
    ...plan,
    steps: [first!, { ...second!, isChosen: false }],
    choices: [
      {
        question: 'How?',
        chosen: 0,
        options: [
          { title: 'This way', cost: 'free', steps: [first!.id] },
          { title: 'That way', cost: 'hour', steps: [second!.id] },
        ],
      },
    ],
    byHand: [{ title: 'Ask the owner', command: null, resolves: [] }],
  };
  const lines = planFormats.shell(choice, flags).split('\n');
  expect(commandsIn(planFormats.shell(choice, flags))).toEqual([renderCli(first!, flags)]);
  expect(lines).toContain(`#   ${renderCli(second!, flags)}`);
  expect(lines).toContain('# Manual: Ask the owner');
  expect(lines).toContain('# not chosen: That way');
});

test('a plan without steps is still a file of its format', async () => {
  const empty: RepairPlan = { ...plan, steps: [] };
  expect(await parseHcl('plan.tf', planFormats.terraform(empty))).toEqual({});
  expect(parseYaml(planFormats.cloudformation(empty))).toMatchObject({ Resources: {} });
  expect(() => execFileSync('sh', ['-n', '-c', planFormats.shell(empty)])).not.toThrow();
});

/** hcl2json leaves expressions and escaped templates as they are written. */
const unescape = (text: string): string => text.replaceAll('$${', '${').replaceAll('%%{', '%{');

function withoutTemplates(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? unescape(value.replace(/^\$\{jsonencode\(([\s\S]*)\)\}$/, '$1')) : value,
    ]),
  );
}
