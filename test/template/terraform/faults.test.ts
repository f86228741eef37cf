/** Faults in Terraform configurations: the cause, and the line where it is written. */
import { describe, expect, test } from 'vitest';
import { edited, firstFault, fixture, lintConfiguration } from './lint-configuration.js';

const stack = fixture('new-stack/main.tf');
const scram = fixture('scram-stack/main.tf');

describe('a healthy configuration is silent', () => {
  test.each([
    ['IAM login, policy document, managed policy attached', { 'main.tf': stack }],
    ['SCRAM login, secret, key, association', { 'main.tf': scram }],
    [
      'rules as resources',
      {
        'main.tf': `${edited(stack, { '    self      = true': '    cidr_blocks = ["192.168.0.0/16"]' })}
          resource "aws_security_group_rule" "self" {
            type              = "ingress"
            security_group_id = aws_security_group.msk.id
            protocol          = "tcp"
            from_port         = 9000
            to_port           = 9100
            self              = true
          }`,
      },
    ],
    [
      'the topic ARN from parts',
      {
        'main.tf': edited(stack, {
          'replace(aws_msk_cluster.this.arn, ":cluster/", ":topic/")':
            'join(":topic/", [split(":cluster/", aws_msk_cluster.this.arn)[0], split(":cluster/", aws_msk_cluster.this.arn)[1]])',
        }),
      },
    ],
    [
      'the policy in a file with a template',
      {
        'main.tf': edited(stack, {
          'policy = data.aws_iam_policy_document.kafka.json':
            'policy = templatefile("${path.module}/policy.json.tftpl", { cluster = aws_msk_cluster.this.arn })',
        }),
      },
    ],
    [
      'dynamic rules',
      {
        'main.tf': edited(stack, {
          '  ingress {\n    from_port = 9098\n    to_port   = 9098\n    protocol  = "tcp"\n    self      = true\n  }':
            '  dynamic "ingress" {\n    for_each = [9098, 9096]\n    iterator = port\n    content {\n      from_port = port.value\n      to_port = port.value\n      protocol = "tcp"\n      self = true\n    }\n  }',
        }),
      },
    ],
    [
      'two routes in two availability zones through for_each',
      {
        'main.tf': edited(stack, {
          '  nat_gateway_id         = aws_nat_gateway.this.id':
            '  for_each = { nat = aws_nat_gateway.this.id }\n  nat_gateway_id = each.value',
        }),
      },
    ],
  ])('%s', (_, files) => {
    const beside = {
      'policy.json.tftpl': `{"Version": "2012-10-17", "Statement": [
        %{ for kind in ["cluster", "topic", "group"] ~}
        {"Effect": "Allow", "Action": "kafka-cluster:*", "Resource": "\${replace(cluster, ":cluster/", ":\${kind}/")}*"},
        %{ endfor ~}
        {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}]}`,
    };
    const [mapping] = lintConfiguration(files, { beside }).mappings;
    expect(mapping!.findings.filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([]);
    expect(mapping!.verdict).toBe('healthy');
  });
});

describe('a fault is found where it is written', () => {
  test.each<[string, string, Record<string, string>, string, string]>([
    [
      'AlterGroup is missing',
      stack,
      { ', "kafka-cluster:AlterGroup"': '' },
      'access.kafka-group',
      'actions   = ["kafka-cluster:DescribeGroup"]',
    ],
    [
      'no egress block: Terraform removes the default rule',
      stack,
      {
        '  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n':
          '',
      },
      'network.broker-egress',
      'resource "aws_security_group" "msk" {',
    ],
    [
      'no rule for the group itself',
      stack,
      { '    self      = true': '    cidr_blocks = ["192.168.0.0/16"]' },
      'network.broker-ingress',
      'resource "aws_security_group" "msk" {',
    ],
    [
      'topic actions on the ARN of the cluster',
      stack,
      { '["${local.topic_arn}/${local.topic}"]': '[aws_msk_cluster.this.arn]' },
      'access.kafka-topic',
      'actions   = ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]',
    ],
    [
      'another service in the trust policy',
      stack,
      { '"lambda.amazonaws.com"': '"ec2.amazonaws.com"' },
      'access.trust',
      'assume_role_policy = jsonencode({',
    ],
    [
      'the managed policy is not attached',
      stack,
      { 'service-role/AWSLambdaMSKExecutionRole': 'service-role/AWSLambdaBasicExecutionRole' },
      'access.msk-api',
      'resource "aws_iam_role" "handler" {',
    ],
    [
      'private subnets with a route to the internet gateway',
      stack,
      { 'nat_gateway_id         = aws_nat_gateway.this.id': 'gateway_id = aws_internet_gateway.this.id' },
      'network.aws-path',
      'resource "aws_subnet" "private" {',
    ],
    [
      'a cluster with SCRAM, a mapping without a secret',
      stack,
      { 'iam = true': 'scram = true' },
      'mapping.source-access',
      'resource "aws_lambda_event_source_mapping" "orders" {',
    ],
    [
      'a secret without a customer managed key',
      scram,
      { '  kms_key_id = aws_kms_key.login.arn\n': '' },
      'secret.kms',
      'resource "aws_secretsmanager_secret" "login" {',
    ],
    [
      'a secret with another name',
      scram,
      { AmazonMSK_pollers: 'pollers' },
      'secret.name-prefix',
      'name       = "pollers"',
    ],
    [
      'no permission for the key',
      scram,
      { '["kms:Decrypt"]': '["kms:DescribeKey"]' },
      'access.kms',
      'Action   = ["kms:DescribeKey"]',
    ],
    [
      'no permission for the secret',
      scram,
      { '"secretsmanager:GetSecretValue"': '"secretsmanager:DescribeSecret"' },
      'access.secret',
      'Action   = "secretsmanager:DescribeSecret"',
    ],
  ])('%s', (_, text, edits, check, line) => {
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
