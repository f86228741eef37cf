/** Configurations of Terraform that work, and faults in them, for tests of files and of plans. */
import { edited, fixture } from './lint-configuration.js';

export const stack = fixture('new-stack/main.tf');
export const scram = fixture('scram-stack/main.tf');

/** Files that the configurations read. */
export const beside: Record<string, string> = {
  'policy.json.tftpl': `{"Version": "2012-10-17", "Statement": [
        %{ for kind in ["cluster", "topic", "group"] ~}
        {"Effect": "Allow", "Action": "kafka-cluster:*", "Resource": "\${replace(cluster, ":cluster/", ":\${kind}/")}*"},
        %{ endfor ~}
        {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}]}`,
};

/** Name and files. */
export const healthyConfigurations: readonly [name: string, files: Record<string, string>][] = [
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
];

/** Name, configuration, what is replaced in it, the first cause, and the line where it is written. */
export const faultyConfigurations: readonly [
  name: string,
  text: string,
  edits: Record<string, string>,
  check: string,
  line: string,
][] = [
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
];
