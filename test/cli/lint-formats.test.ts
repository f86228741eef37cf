/** `lint` finds out what a file is by its content, and never takes one kind of file for another. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { healthy, toYaml } from '../template/support/healthy.js';
import { fixture } from '../template/terraform/lint-configuration.js';
import { runInProcess } from './in-process.js';

const root = mkdtempSync(join(tmpdir(), 'msk-lambda-lint-formats-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
function file(name: string, text: string): string {
  const path = join(root, `${count++}-${name}`);
  writeFileSync(path, text);
  return path;
}
const stdin = (text: string) => ({ stdin: Readable.from([text]) as unknown as Io['stdin'] });
const lint = async (words: string[], input = '') => {
  const { exitCode, stdout, stderr } = await runInProcess(['lint', ...words, '--output', 'json'], stdin(input));
  const result = stdout === '' ? null : (JSON.parse(stdout) as { files: { format: string }[]; summary: object });
  return { exitCode, stderr, formats: result?.files.map(({ format }) => format), summary: result?.summary };
};

const mapping = {
  type: 'aws_lambda_event_source_mapping',
  name: 'orders',
  address: 'aws_lambda_event_source_mapping.orders',
  mode: 'managed',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  values: {
    event_source_arn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2',
    function_name: 'order-handler',
    topics: ['orders'],
    starting_position: 'TRIM_HORIZON',
    batch_size: 20_000,
  },
};
const plan = JSON.stringify({
  format_version: '1.2',
  planned_values: { root_module: { resources: [mapping] } },
  configuration: { root_module: {} },
});

test('a Terraform plan that is named as a file, or piped', async () => {
  const expected = { exitCode: 1, formats: ['terraform'], summary: { mappings: 1, broken: 1 } };
  const path = file('plan.json', plan);
  expect(await lint([path])).toMatchObject(expected);
  expect(await lint(['-'], plan)).toMatchObject(expected);
  expect(await lint(['--plan', '-'], plan)).toMatchObject(expected);
  expect(await lint(['--plan', path, path])).toMatchObject({ exitCode: 2 });
});

test('Terraform on standard input', async () => {
  const text = `/* The stack\n of orders */\n\n# Network\n${fixture('new-stack/main.tf')}`;
  expect(await lint(['-'], text)).toMatchObject({ exitCode: 0, formats: ['terraform'], summary: { healthy: 1 } });
});

test('a document that is no template is refused, not called healthy', async () => {
  for (const text of ['{}', '{"name": "package", "dependencies": {}}', 'stages: [build]\n', 'Resources: []\n']) {
    const path = file('other.yaml', text);
    const { exitCode, stderr } = await lint([path]);
    expect([exitCode, stderr], text).toEqual([2, expect.stringContaining(`${path}:1:1: it is not a template`)]);
  }
  expect(await lint(['-'], 'Resources: {}\n')).toMatchObject({ exitCode: 0, summary: { mappings: 0 } });
});

test('a file that is named twice counts once', async () => {
  const path = file('template.yaml', toYaml(healthy()));
  expect((await lint([path, path])).summary).toMatchObject({ mappings: 1 });
});

test('an account that is not 12 digits is refused', async () => {
  expect(await lint(['-', '--account', '1234'], toYaml(healthy()))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Expected 12 digits.'),
  });
});
