/** `lint` by the size of its input: time and memory of the whole command, against Node itself. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { healthy, ref, toYaml, type Template } from '../test/template/support/healthy.js';
import { fixture } from '../test/template/terraform/lint-configuration.js';
import { makePlan } from '../test/template/terraform/fixtures/plan/make-plan.js';
import { measure, median, row, timeOf } from './support/child.js';

const folder = mkdtempSync(join(tmpdir(), 'lint-bench-'));
const write = (path: string, text: string): string => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

/** A stack with a mapping, and resources of other kinds up to `resources`. */
function largeTemplate(resources: number): Template {
  const template = healthy();
  for (let index = Object.keys(template.Resources).length; index < resources; index++)
    template.Resources[`Extra${index}`] =
      index % 3 === 0
        ? { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': `\${AWS::StackName}-${index}` } } }
        : index % 3 === 1
          ? {
              Type: 'AWS::IAM::Role',
              Properties: {
                AssumeRolePolicyDocument: template.Resources['Role']!.Properties['AssumeRolePolicyDocument']!,
                Policies: template.Resources['Role']!.Properties['Policies']!,
              },
            }
          : {
              Type: 'AWS::EC2::SecurityGroup',
              Properties: {
                GroupDescription: `group ${index}`,
                VpcId: ref('Vpc'),
                SecurityGroupIngress: [
                  { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: ref('BrokerGroup') },
                ],
              },
            };
  return template;
}

/** The plan with other resources until it has this many bytes. */
function largePlan(bytes: number): string {
  const plan = JSON.parse(makePlan()) as {
    planned_values: { root_module: { resources: object[] } };
    resource_changes: object[];
  };
  const queue = (index: number) => ({
    address: `aws_sqs_queue.extra[${index}]`,
    mode: 'managed',
    type: 'aws_sqs_queue',
    name: 'extra',
    index,
    values: { name: `extra-${index}`, tags: { team: 'orders', note: 'x'.repeat(400) } },
  });
  const size = JSON.stringify(queue(1000)).length * 2;
  for (let index = 0; index < bytes / size; index++) {
    const { values, ...resource } = queue(index);
    plan.planned_values.root_module.resources.push({ ...resource, values });
    plan.resource_changes.push({
      ...resource,
      change: { actions: ['create'], before: null, after: values, after_unknown: { id: true, arn: true } },
    });
  }
  return JSON.stringify(plan);
}

delete process.env['NODE_EXTRA_CA_CERTS'];
const node = median(Array.from({ length: 5 }, () => timeOf(process.execPath, ['-e', '0'])!));
row('`node -e 0`', `${node.toFixed(0)} ms`);

async function bench(what: string, words: readonly string[], bound: string): Promise<number> {
  const runs = [];
  for (let run = 0; run < 3; run++) runs.push(await measure(['lint', ...words, '--output', 'json']));
  const [time, processor, peak] = [
    median(runs.map(({ milliseconds }) => milliseconds)),
    median(runs.map(({ processor: used }) => used)),
    Math.max(...runs.map((run) => run.peak)),
  ];
  if (runs.some(({ exitCode }) => exitCode !== 0 && exitCode !== 1)) throw new Error(`${what}: lint failed`);
  row(
    what,
    `${(time / 1000).toFixed(1)} s (${(processor / 1000).toFixed(1)} s of the processor), ${peak.toFixed(0)} MB, × ${(processor / node).toFixed(0)} of Node’s start`,
    bound,
  );
  return processor;
}

const [few, many] = [
  await bench('`lint`, CloudFormation, 100 resources', [write('small.yaml', toYaml(largeTemplate(100)))], ''),
  await bench(
    '`lint`, CloudFormation, 1,000 resources',
    [write('large.yaml', toYaml(largeTemplate(1000)))],
    '1.0 s, 250 MB',
  ),
];
row('– growth for × 10 resources', `× ${(many / few).toFixed(1)}`, '× 10');

write('app/main.tf', fixture('new-stack/main.tf'));
for (let index = 0; index < 49; index++)
  write(
    `app/extra${index}.tf`,
    Array.from(
      { length: 40 },
      (_, number) =>
        `resource "aws_sqs_queue" "extra_${index}_${number}" {\n  name = "extra-\${local.topic}-${index}-${number}"\n  tags = merge({ team = "orders" }, { number = ${number} })\n}\n`,
    ).join('\n'),
  );
await bench(
  '`lint --plan --dir`, a plan of 5 MB with 50 files',
  ['--plan', write('plan.json', largePlan(5_000_000)), '--dir', join(folder, 'app')],
  '3 s, 250 MB',
);
rmSync(folder, { recursive: true });
console.error(`load of the machine: ${loadavg()[0]!.toFixed(1)}`);
