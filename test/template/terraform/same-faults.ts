/** The faults of `../support/faults.ts` as authors write them in Terraform. */
import { scram, stack } from './cases.js';
import { endpointIngress, endpoints, natRoute, sts } from './endpoints-stack.js';

export interface TerraformFault {
  text: string;
  /** What is replaced in it. */
  edits: Record<string, string>;
  /** The line where the first cause, or the warning, is located. */
  line: string;
}

const mappingLine = 'resource "aws_lambda_event_source_mapping" "orders" {';
const clusterLine = 'resource "aws_msk_cluster" "this" {';
const groupLine = 'resource "aws_security_group" "msk" {';
const subnetLine = 'resource "aws_subnet" "private" {';
const roleLine = 'resource "aws_iam_role" "handler" {';
const secretLine = 'resource "aws_secretsmanager_secret" "login" {';
const start = 'starting_position = "TRIM_HORIZON"';
const egress = 'protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]';
const inMapping = (lines: string): Record<string, string> => ({ [start]: `${start}\n  ${lines}` });
const before = (head: string, added: string): Record<string, string> => ({ [head]: `${added}\n${head}` });

/** By the name of the fault. */
export const terraformFaults: Readonly<Record<string, TerraformFault>> = {
  'AlterGroup is missing': {
    text: stack,
    edits: { ', "kafka-cluster:AlterGroup"': '' },
    line: 'actions   = ["kafka-cluster:DescribeGroup"]',
  },
  'ReadData on the ARN of the cluster': {
    text: stack,
    edits: {
      '"kafka-cluster:Connect", ': '"kafka-cluster:Connect", "kafka-cluster:ReadData", ',
      '["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"]': '["kafka-cluster:DescribeTopic"]',
    },
    line: 'actions   = ["kafka-cluster:Connect", "kafka-cluster:ReadData", "kafka-cluster:DescribeCluster", "kafka-cluster:DescribeClusterDynamicConfiguration"]',
  },
  'Connect is missing': {
    text: stack,
    edits: { '"kafka-cluster:Connect", ': '' },
    line: 'actions   = ["kafka-cluster:DescribeCluster", "kafka-cluster:DescribeClusterDynamicConfiguration"]',
  },
  'the trust policy names EC2': {
    text: stack,
    edits: { '"lambda.amazonaws.com"': '"ec2.amazonaws.com"' },
    line: 'assume_role_policy = jsonencode({',
  },
  'the managed policy is missing': {
    text: stack,
    edits: {
      'resource "aws_iam_role_policy_attachment" "msk" {\n  role       = aws_iam_role.handler.name\n  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"\n}\n':
        '',
      ', aws_iam_role_policy_attachment.msk]': ']',
    },
    line: roleLine,
  },
  'a boundary allows only logs': {
    text: stack,
    edits: {
      '  name = "order-handler"\n': '  name = "order-handler"\n  permissions_boundary = aws_iam_policy.boundary.arn\n',
      ...before(
        roleLine,
        `resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "logs:*", Resource = "*" }] })
}`,
      ),
    },
    line: roleLine,
  },
  'the group of the brokers has no rule for itself': {
    text: stack,
    edits: {
      '  ingress {\n    from_port = 9098\n    to_port   = 9098\n    protocol  = "tcp"\n    self      = true\n  }\n': '',
    },
    line: groupLine,
  },
  'the rule for itself has another port': { text: stack, edits: { '= 9098': '= 9094' }, line: groupLine },
  'outbound traffic is closed': {
    text: stack,
    edits: {
      [egress]: 'protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]',
      '    from_port   = 0\n    to_port     = 0': '    from_port   = 443\n    to_port     = 443',
    },
    line: groupLine,
  },
  'outbound traffic on 443 is closed': {
    text: stack,
    edits: {
      [egress]: 'protocol    = "tcp"\n    cidr_blocks = ["10.0.0.0/16"]',
      '    from_port   = 0\n    to_port     = 0': '    from_port   = 9098\n    to_port     = 9098',
    },
    line: groupLine,
  },
  'neither endpoints nor a route': { text: stack, edits: { [natRoute]: '' }, line: subnetLine },
  'an endpoint for Lambda alone, not for STS': { text: endpoints, edits: { [sts]: '' }, line: subnetLine },
  'the NAT gateway has no route': {
    text: stack,
    edits: {
      'resource "aws_route_table_association" "private" {\n  count          = 3\n  subnet_id      = aws_subnet.private[count.index].id\n  route_table_id = aws_route_table.private.id\n}\n':
        '',
    },
    line: subnetLine,
  },
  'private DNS is off': {
    text: endpoints,
    edits: { [sts]: sts.replace('private_dns_enabled = true', 'private_dns_enabled = false') },
    line: 'private_dns_enabled = false',
  },
  'the group of the endpoints does not admit the pollers': {
    text: endpoints,
    edits: { [endpointIngress]: '' },
    line: 'resource "aws_security_group" "endpoints" {',
  },
  'the policy of the STS endpoint denies': {
    text: endpoints,
    edits: {
      [sts]: `${sts.slice(0, -2)}  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sts:GetCallerIdentity", Resource = "*" }]
  })
}
`,
    },
    line: 'policy = jsonencode({',
  },
  'DNS hostnames are off': {
    text: endpoints,
    edits: { 'enable_dns_hostnames = true': 'enable_dns_hostnames = false' },
    line: 'resource "aws_vpc" "this" {',
  },
  'a network ACL without inbound ephemeral ports': {
    text: stack,
    edits: before(
      groupLine,
      `resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = aws_subnet.private[*].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    from_port  = 443
    to_port    = 443
    cidr_block = "0.0.0.0/0"
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    from_port  = 0
    to_port    = 0
    cidr_block = "0.0.0.0/0"
  }
}`,
    ),
    line: 'resource "aws_network_acl" "private" {',
  },
  'the secret has the default key': {
    text: scram,
    edits: { '  kms_key_id = aws_kms_key.login.arn\n': '' },
    line: secretLine,
  },
  'the secret has another prefix': {
    text: scram,
    edits: { AmazonMSK_pollers: 'pollers' },
    line: 'name       = "pollers"',
  },
  'the secret is not associated': {
    text: scram,
    edits: {
      'resource "aws_msk_scram_secret_association" "login" {\n  cluster_arn     = aws_msk_cluster.this.arn\n  secret_arn_list = [aws_secretsmanager_secret.login.arn]\n  depends_on      = [aws_secretsmanager_secret_version.login]\n}\n':
        '',
      '    aws_msk_scram_secret_association.login,\n': '',
    },
    line: clusterLine,
  },
  'the role may not read the secret': {
    text: scram,
    edits: { '"secretsmanager:GetSecretValue"': '"secretsmanager:DescribeSecret"' },
    line: 'Action   = "secretsmanager:DescribeSecret"',
  },
  'the role may not use the key': {
    text: scram,
    edits: { '["kms:Decrypt"]': '["kms:DescribeKey"]' },
    line: 'Action   = ["kms:DescribeKey"]',
  },
  'a secret for SCRAM at a cluster with mutual TLS': {
    text: scram,
    edits: {
      'sasl { scram = true }':
        'tls { certificate_authority_arns = ["arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0a1b2c3d-0000-1111-2222-333344445555"] }',
    },
    line: 'client_authentication {',
  },
  'VPC_SUBNET at a mapping on MSK': {
    text: stack,
    edits: inMapping(
      'source_access_configuration {\n    type = "VPC_SUBNET"\n    uri  = "subnet:subnet-0a1b2c3d4e5f60718"\n  }',
    ),
    line: 'source_access_configuration {',
  },
  'reserved concurrency is 0': {
    text: stack,
    edits: { '  timeout       = 60': '  timeout       = 60\n  reserved_concurrent_executions = 0' },
    line: 'reserved_concurrent_executions = 0',
  },
  'the batching window is out of range': {
    text: stack,
    edits: inMapping('maximum_batching_window_in_seconds = 301'),
    line: 'maximum_batching_window_in_seconds = 301',
  },
  'minimum pollers above the maximum': {
    text: stack,
    edits: inMapping('provisioned_poller_config {\n    minimum_pollers = 20\n    maximum_pollers = 10\n  }'),
    line: 'provisioned_poller_config {',
  },
  'two topics': {
    text: stack,
    edits: { '[local.topic]\n': '[local.topic, "payments"]\n' },
    line: 'topics            = [local.topic, "payments"]',
  },
  'no starting position': { text: stack, edits: { [start]: '' }, line: mappingLine },
  'retry settings without provisioned pollers': {
    text: stack,
    edits: inMapping('maximum_retry_attempts = 3'),
    line: 'maximum_retry_attempts = 3',
  },
  'the role may not send to the on-failure queue': {
    text: stack,
    edits: {
      ...inMapping('destination_config {\n    on_failure { destination_arn = aws_sqs_queue.failed.arn }\n  }'),
      ...before(mappingLine, 'resource "aws_sqs_queue" "failed" { name = "failed" }'),
    },
    line: roleLine,
  },
  'a policy without Effect': {
    text: scram,
    edits: {
      '        Effect   = "Allow"\n        Action   = "secretsmanager:GetSecretValue"':
        '        Action   = "secretsmanager:GetSecretValue"',
    },
    line: '{',
  },
  'an action that does not exist': {
    text: stack,
    edits: { '"kafka-cluster:Connect", ': '"kafka-cluster:Connect", "kafka-cluster:GetBootstrapBrokers", ' },
    line: 'actions   = ["kafka-cluster:Connect", "kafka-cluster:GetBootstrapBrokers", "kafka-cluster:DescribeCluster", "kafka-cluster:DescribeClusterDynamicConfiguration"]',
  },
  'an action inside Kafka at a cluster with SCRAM': {
    text: scram,
    edits: {
      '["kms:Decrypt"]\n        Resource = [aws_kms_key.login.arn]\n      },':
        '["kms:Decrypt"]\n        Resource = [aws_kms_key.login.arn]\n      },\n      { Effect = "Allow", Action = "kafka-cluster:*", Resource = aws_msk_cluster.this.arn },',
    },
    line: '{ Effect = "Allow", Action = "kafka-cluster:*", Resource = aws_msk_cluster.this.arn },',
  },
  'the whole internet may reach the brokers': {
    text: stack,
    edits: { '    self      = true': '    cidr_blocks = ["0.0.0.0/0"]' },
    line: 'ingress {',
  },
  'the mapping does not wait for the association of its secret': {
    text: scram,
    edits: { '    aws_msk_scram_secret_association.login,\n': '' },
    line: mappingLine,
  },
  'the mapping does not wait for the policy of its role': {
    text: stack,
    edits: { 'depends_on        = [aws_iam_role_policy.kafka, aws_iam_role_policy_attachment.msk]': '' },
    line: mappingLine,
  },
  'two resources own the secrets of the cluster': {
    text: scram,
    edits: before(
      'resource "aws_msk_scram_secret_association" "login" {',
      `resource "aws_msk_scram_secret_association" "other" {
  cluster_arn     = aws_msk_cluster.this.arn
  secret_arn_list = ["arn:aws:secretsmanager:eu-west-1:\${data.aws_caller_identity.current.account_id}:secret:AmazonMSK_other-AbCdEf"]
}`,
    ),
    line: 'resource "aws_msk_scram_secret_association" "login" {',
  },
};
