/** Plans: known values, and unknown ones through the references of the configuration. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../../src/template/resource.js';
import { readTerraform } from '../../../src/template/terraform/read-terraform.js';
import { configuration } from './fixtures/plan/configuration.js';
import { makePlan } from './fixtures/plan/make-plan.js';
import { lintConfiguration } from './lint-configuration.js';

const judged = (text: string, files: Record<string, string>, folder: string | null) =>
  lintConfiguration(files, { plan: { path: 'plan.json', text, folder } }).mappings[0]!;

test('a plan with its configuration is decided: modules from the plan, policies from the configuration', () => {
  const mapping = judged(makePlan(), { 'app/main.tf': configuration }, 'app');
  expect(mapping.findings.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
  expect(mapping).toMatchObject({
    verdict: 'healthy',
    address: 'aws_lambda_event_source_mapping.orders',
    functionAddress: 'aws_lambda_function.handler',
    sourceAddress: 'aws_msk_cluster.this',
  });
});

test('a value that only the plan knows is judged, in the line of the configuration', () => {
  const mapping = judged(makePlan({ port: 9092 }), { 'app/main.tf': configuration }, 'app');
  const fault = mapping.findings.find(({ status }) => status === 'fail');
  expect(fault).toMatchObject({ check: 'network.broker-ingress', location: { file: 'app/main.tf', line: 5 } });
});

test('a plan alone: references join mapping, function, role, cluster and network; the policy is not known', () => {
  const mapping = judged(makePlan(), {}, null);
  expect(mapping).toMatchObject({
    verdict: 'unknown',
    functionAddress: 'aws_lambda_function.handler',
    sourceAddress: 'aws_msk_cluster.this',
  });
  expect(
    new Set(mapping.findings.filter(({ status }) => status === 'unknown').map(({ check }) => check.split('.')[0])),
  ).toEqual(new Set(['access']));
  const broken = judged(makePlan({ port: 9092 }), {}, null);
  expect(broken.causes[0]!.check).toBe('network.broker-ingress');
});

test('addresses are those of the plan', () => {
  const { resources } = readTerraform([], {
    scope: { partition: 'aws', region: 'eu-west-1', account: '123456789012' },
    parameters: {},
    readBeside: () => null,
    plan: { path: 'plan.json', text: makePlan(), folder: null },
  });
  const addresses = (JSON.parse(makePlan()) as { resource_changes: { address: string }[] }).resource_changes.map(
    ({ address }) => address,
  );
  expect([...new Set(resources.map(({ address }) => address))].toSorted()).toEqual(addresses.toSorted());
});

test.each(['', '{', '[]', '{"planned_values": 1}', '{"values": {}}'])('%j is no plan', (text) => {
  expect(() => lintConfiguration({}, { plan: { path: 'plan.json', text, folder: null } })).toThrow(TemplateError);
});
