/** Plans: known values, and unknown ones through the references of the configuration. */
import { expect, test } from 'vitest';
import { TemplateError } from '../../../src/template/resource.js';
import { readTerraform } from '../../../src/template/terraform/read-terraform.js';
import { makePlan } from './fixtures/plan/make-plan.js';
import { lintConfiguration } from './lint-configuration.js';

const policy = `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect   = "Allow"
    Action   = ["kafka-cluster:Connect", "kafka-cluster:Describe*", "kafka-cluster:ReadData", "kafka-cluster:AlterGroup"]
    Resource = [for kind in ["cluster", "topic", "group"] : "\${replace(aws_msk_cluster.this.arn, ":cluster/", ":\${kind}/")}*"]
  }]
})`;

/** The configuration that belongs to the plan. */
const configuration = `
  provider "aws" { region = "eu-west-1" }
  module "vpc" { source = "terraform-aws-modules/vpc/aws" }
  variable "port" {}
  resource "aws_security_group" "msk" {
    vpc_id = module.vpc.vpc_id
    ingress {
      from_port = var.port
      to_port   = var.port
      protocol  = "tcp"
      self      = true
    }
    egress {
      from_port   = 0
      to_port     = 0
      protocol    = "-1"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
  resource "aws_msk_cluster" "this" {
    cluster_name = "orders-cluster"
    broker_node_group_info {
      client_subnets  = module.vpc.private_subnets
      security_groups = [aws_security_group.msk.id]
    }
    client_authentication {
      sasl { iam = true }
    }
  }
  resource "aws_iam_role" "handler" {
    name               = "order-handler"
    assume_role_policy = data.external.trust.result
  }
  resource "aws_iam_role_policy_attachment" "msk" {
    role       = aws_iam_role.handler.name
    policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"
  }
  resource "aws_iam_role_policy" "kafka" {
    role   = aws_iam_role.handler.id
    policy = ${policy}
  }
  resource "aws_lambda_function" "handler" {
    function_name = "order-handler"
    role          = aws_iam_role.handler.arn
    timeout       = 60
  }
  resource "aws_lambda_event_source_mapping" "orders" {
    event_source_arn  = aws_msk_cluster.this.arn
    function_name     = aws_lambda_function.handler.arn
    topics            = ["orders"]
    starting_position = "TRIM_HORIZON"
    depends_on        = [aws_iam_role_policy.kafka, aws_iam_role_policy_attachment.msk]
  }`;

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
