/** Content of AWS managed policies that execution roles of Kafka consumers often have (AWS Managed Policy Reference). */

const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const vpcAccess = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** AWSLambdaMSKExecutionRole: it has no `kafka-cluster` actions. */
export const mskExecutionActions = [
  'kafka:DescribeCluster',
  'kafka:DescribeClusterV2',
  'kafka:GetBootstrapBrokers',
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeVpcs',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeSubnets',
  'ec2:DescribeSecurityGroups',
  ...logs,
];

const statement = (...actions: readonly string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });

/** By the part of the ARN after `policy/`. */
const statements: Record<string, object[]> = {
  'service-role/AWSLambdaMSKExecutionRole': [statement(...mskExecutionActions)],
  'service-role/AWSLambdaBasicExecutionRole': [statement(...logs)],
  'service-role/AWSLambdaVPCAccessExecutionRole': [statement(...logs, ...vpcAccess)],
  'service-role/AWSLambdaENIManagementAccess': [
    statement(
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeSubnets',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ),
  ],
  'service-role/AWSLambdaSQSQueueExecutionRole': [
    statement('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...logs),
  ],
  AWSXRayDaemonWriteAccess: [
    statement(
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ),
  ],
  AmazonSQSFullAccess: [statement('sqs:*')],
  AmazonSNSFullAccess: [statement('sns:*')],
  AmazonS3FullAccess: [statement('s3:*', 's3-object-lambda:*')],
  AdministratorAccess: [statement('*')],
};

/** The policy as JSON text; undefined for one that is not in this list. */
export function awsManagedPolicy(arn: string): string | undefined {
  const [, name] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  const found = name === undefined ? undefined : statements[name];
  return found === undefined ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: found });
}

/** The ARN of the policy in the list with this name; undefined where the list has none. */
export function awsManagedPolicyArn(partition: string, name: string): string | undefined {
  const path = Object.keys(statements).find((candidate) => candidate.split('/').at(-1) === name);
  return path === undefined ? undefined : `arn:${partition}:iam::aws:policy/${path}`;
}
