/** Faults in Terraform configurations: the cause, and the line where it is written. */
import { describe, expect, test } from 'vitest';
import { beside, faultyConfigurations, healthyConfigurations, scram, stack } from './cases.js';
import { edited, firstFault, fixture, lintConfiguration } from './lint-configuration.js';

describe('a healthy configuration is silent', () => {
  test.each(healthyConfigurations)('%s', (_, files) => {
    const [mapping] = lintConfiguration(files, { beside }).mappings;
    expect(mapping!.findings.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(mapping!.verdict).toBe('healthy');
  });
});

describe('a fault is found where it is written', () => {
  test.each(faultyConfigurations)('%s', (_, text, edits, check, line) => {
    expect(firstFault({ 'main.tf': edited(text, edits) })).toEqual({ verdict: 'broken', check, text: line });
  });

  test('the secret is not associated with the cluster', () => {
    const text = edited(scram, { 'secret_arn_list = [aws_secretsmanager_secret.login.arn]': 'secret_arn_list = []' });
    expect(firstFault({ 'main.tf': text })).toMatchObject({ verdict: 'broken', check: 'secret.association' });
  });
});

test('a mapping that does not wait for the attachment of its policy', () => {
  const pipelines = {
    'main.tf': fixture('pipelines/main.tf'),
    'modules/orders/main.tf': edited(fixture('pipelines/modules/orders/main.tf'), {
      '  depends_on = [aws_iam_role_policy_attachment.this]\n': '',
    }),
  };
  const [mapping] = lintConfiguration(pipelines).mappings;
  expect(mapping!.findings.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toContain(
    'Add depends_on = [aws_iam_role_policy_attachment.this] to aws_lambda_event_source_mapping.this in module.pipeline["a"].',
  );
  expect(mapping!.findings.filter(({ status }) => status === 'warn').map(({ check, title }) => [check, title])).toEqual(
    [
      [
        'template.creation-order',
        'module.pipeline["a"].aws_lambda_event_source_mapping.this can be created before the policies of its execution role: module.pipeline["a"].aws_iam_role_policy_attachment.this',
      ],
    ],
  );
});

describe('what only the deployment decides is no fault', () => {
  test.each<[string, Record<string, string>]>([
    ['a policy', { 'policy = data.aws_iam_policy_document.kafka.json': 'policy = var.policy' }],
    ['the actions of a statement', { '["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]': 'var.actions' }],
    ['the block of a rule', { '    self      = true': '    cidr_blocks = [var.block]' }],
    ['the blocks of a rule', { '    self      = true': '    cidr_blocks = var.blocks' }],
    ['the group of a rule', { '    self      = true': '    security_groups = [var.group]' }],
    ['the port of a rule', { 'from_port = 9098': 'from_port = var.port' }],
    ['the policy attached', { '"arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"': 'var.policy_arn' }],
    ['the role', { 'role          = aws_iam_role.handler.arn': 'role = var.role_arn' }],
    ['the cluster', { 'event_source_arn  = aws_msk_cluster.this.arn': 'event_source_arn = var.cluster_arn' }],
    ['the login', { 'iam = true': 'iam = var.iam' }],
    ['the subnets', { 'aws_subnet.private[*].id': 'module.vpc.private_subnets' }],
    ['the security group', { '[aws_security_group.msk.id]': '[module.sg.id]' }],
    ['the NAT gateway', { 'aws_nat_gateway.this.id': 'var.nat' }],
    ['a route', { '  destination_cidr_block = "0.0.0.0/0"': '  destination_cidr_block = var.destination' }],
    [
      'whether a route exists',
      { 'destination_cidr_block = "0.0.0.0/0"': 'destination_cidr_block = "0.0.0.0/0"\n  count = var.n' },
    ],
    ['the trust policy', { 'assume_role_policy = jsonencode({': 'assume_role_policy = var.trust\n  tags = ({' }],
  ])('%s', (_, edits) => {
    expect(lintConfiguration({ 'main.tf': edited(stack, edits) }).mappings[0]!.verdict).toBe('unknown');
  });
});
