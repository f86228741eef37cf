/** `lint` with a Terraform plan: `--plan`, `--dir` and standard input. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { configuration } from '../template/terraform/fixtures/plan/configuration.js';
import { makePlan } from '../template/terraform/fixtures/plan/make-plan.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-plan-'));
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  writeFileSync(path('main.tf'), configuration);
  writeFileSync(path('plan.json'), makePlan());
  writeFileSync(path('broken.json'), makePlan({ port: 9092 }));
  writeFileSync(path('cut.json'), makePlan().slice(0, 200));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Shown {
  mappings: { address: string; verdict: string; causes: { check: string }[]; location: { file: string } }[];
}
const lint = async (...words: string[]) => {
  const { exitCode, stdout } = await runInProcess(['lint', ...words, '--output', 'json']);
  return { exitCode, mapping: (JSON.parse(stdout) as Shown).mappings[0]! };
};

test('a plan with the folder of its configuration is decided', async () => {
  const { exitCode, mapping } = await lint('--plan', path('plan.json'), '--dir', folder);
  expect([exitCode, mapping.verdict, mapping.address]).toEqual([
    0,
    'healthy',
    'aws_lambda_event_source_mapping.orders',
  ]);
  expect(mapping.location.file).toContain('main.tf');
});

test('the folder as an argument is the same', async () =>
  expect((await lint(folder, '--plan', path('plan.json'))).mapping.verdict).toBe('healthy'));

test('a value of the plan fails: exit code 1, with the cause', async () => {
  const { exitCode, mapping } = await lint('--plan', path('broken.json'), '--dir', folder);
  expect([exitCode, mapping.causes[0]?.check]).toEqual([1, 'network.broker-ingress']);
});

test('a plan alone is unknown where the configuration decides; --fail-on unknown counts it', async () => {
  expect(await lint('--plan', path('plan.json'))).toMatchObject({ exitCode: 0, mapping: { verdict: 'unknown' } });
  expect((await lint('--plan', path('plan.json'), '--fail-on', 'unknown')).exitCode).toBe(1);
});

test('a plan on standard input', async () => {
  const stdin = Readable.from([makePlan({ port: 9092 })]) as unknown as Io['stdin'];
  const { exitCode } = await runInProcess(['lint', '-', '--output', 'json'], { stdin });
  expect(exitCode).toBe(1);
});

test.each([
  { words: ['--dir', folder], says: /--dir belongs to --plan/ },
  { words: ['--plan', path('cut.json')], says: /cut\.json:\d+:\d+: / },
  { words: ['--plan', path('no-such.json')], says: /no-such\.json/ },
])('$words is exit code 2', async ({ words, says }) => {
  const { exitCode, stdout, stderr } = await runInProcess(['lint', ...words]);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
});
