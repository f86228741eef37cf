/** `alarms`: formats that others can read, and creation. */
import { parse } from '@cdktf/hcl2json';
import { parse as parseYaml } from 'yaml';
import { expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

const on = ['order-handler', '--sandbox', 'scram'];
const topic = 'arn:aws:sns:eu-west-1:111122223333:on-call';

test('CLI, CloudFormation and Terraform describe the same alarms', async () => {
  const json = JSON.parse((await runInProcess(['alarms', ...on, '--notify', topic, '--output', 'json'])).stdout) as {
    alarms: { name: string; call: { input: Record<string, unknown> } }[];
  };
  const inputs = json.alarms.map(({ call }) => call.input);
  const format = async (name: string) =>
    (await runInProcess(['alarms', ...on, '--notify', topic, '--format', name])).stdout;
  const template = parseYaml(await format('cloudformation'), { version: '1.1' }) as {
    Resources: Record<string, { Properties: object }>;
  };
  expect(Object.values(template.Resources).map(({ Properties }) => Properties)).toEqual(inputs);
  const terraform = (await parse('alarms.tf', await format('terraform'))) as {
    resource: { aws_cloudwatch_metric_alarm: Record<string, Record<string, unknown>[]> };
  };
  const blocks = Object.values(terraform.resource.aws_cloudwatch_metric_alarm).map(([block]) => block!);
  const byName = new Map(blocks.map((block) => [block['alarm_name'], block]));
  for (const { AlarmName: name, Threshold, AlarmActions } of inputs)
    expect(byName.get(name)).toMatchObject({ threshold: Threshold, alarm_actions: AlarmActions });
  expect(blocks[0]!['dimensions']).toEqual({ FunctionName: 'order-handler' });
  const commands = (await format('cli')).trimEnd().split('\n');
  expect(commands).toHaveLength(inputs.length);
  for (const [index, command] of commands.entries())
    expect(command).toContain(`put-metric-alarm --alarm-name ${String(inputs[index]!['AlarmName'])}`);
});

test('--apply creates them; without a terminal it needs --yes; --dry-run changes nothing', async () => {
  const made = await runInProcess(['alarms', ...on, '--apply', '--yes', '--output', 'json']);
  expect(made.exitCode).toBe(0);
  expect(JSON.parse(made.stdout)).toMatchObject({ changed: 3, alarms: [{ outcome: 'created' }, {}, {}] });
  expect(await runInProcess(['alarms', ...on, '--apply'])).toMatchObject({ exitCode: 2 });
  const dry = await runInProcess(['alarms', ...on, '--apply', '--dry-run', '--output', 'json']);
  expect(JSON.parse(dry.stdout)).toMatchObject({ changed: 0, alarms: [{ outcome: 'planned' }, {}, {}] });
});

test('wrong use', async () => {
  expect(await runInProcess(['alarms', ...on, '--notify', 'on-call'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--notify expects an ARN') as string,
  });
  expect(await runInProcess(['alarms', ...on, '--lag-threshold', '0'])).toMatchObject({ exitCode: 2 });
  expect(await runInProcess(['alarms', 'nosuch', '--sandbox', 'scram'])).toMatchObject({ exitCode: 2 });
  expect(await runInProcess(['alarms', '--sandbox', 'several', 'orders-cluster'])).toMatchObject({ exitCode: 2 });
});
