/** What a caller of `probe` needs: to find the brokers, to read the login, with IAM to log in, and functions for `--from-vpc`. */
import { kafkaArn } from '../kafka-arn.js';
import { callsOfCheck, type CheckWithCalls } from '../needed-calls.js';
import { policyAllowing, policyOf, statement, type Policy, type PolicyStatement } from '../policy.js';
import { functionParts, type PolicySubject } from '../policy-subject.js';
import { lambdaPrincipal } from '../../aws/partitions.js';
import { probeFunctionPrefix } from '../../aws/probe-functions.js';

/** Checks of the permissions inside Kafka that every poller needs. */
const insideKafka = [
  'access.kafka-connect',
  'access.kafka-topic',
  'access.kafka-group',
] as const satisfies readonly CheckWithCalls[];

/**
 * The permissions inside Kafka are the caller's own, for a probe without `--assume-role`; with it, the caller needs
 * sts:AssumeRole on the execution role, and the role's trust policy must name the caller.
 */
export function probePolicy(trigger: PolicySubject): Policy {
  const { cluster, connectionArn, auth, secretArn, keyArn, roleArn } = trigger;
  return policyOf(
    statement(
      'FindTheBrokers',
      [
        'lambda:GetEventSourceMapping',
        'lambda:ListEventSourceMappings',
        'kafka:ListClustersV2',
        'kafka:GetBootstrapBrokers',
      ],
      '*',
    ),
    statement('SeeTheCluster', ['kafka:DescribeClusterV2'], kafkaArn(cluster, 'cluster')),
    ...(connectionArn === null ? [] : [statement('SeeTheConnection', ['kafka:DescribeVpcConnection'], connectionArn)]),
    ...(secretArn === null ? [] : [statement('ReadTheLogin', ['secretsmanager:GetSecretValue'], secretArn)]),
    ...(keyArn === null ? [] : [statement('DecryptTheLogin', ['kms:Decrypt'], keyArn)]),
    ...(auth === 'iam'
      ? [
          ...policyAllowing(
            insideKafka.flatMap((check) => callsOfCheck(check, trigger).map(({ anyOf: [request] }) => request)),
          ).Statement,
          ...(roleArn === null ? [] : [statement('LogInAsTheRole', ['sts:AssumeRole'], roleArn)]),
        ]
      : []),
    ...(roleArn === null ? [] : fromTheVpc(trigger, roleArn)),
  );
}

/**
 * For `--from-vpc` and `--clean`: temporary functions in the subnets of the pollers, with the execution role. Lambda
 * checks subnets and security groups with the caller's permissions (AWS: Lambda, giving functions access to a VPC).
 */
function fromTheVpc({ functionArn }: PolicySubject, roleArn: string): PolicyStatement[] {
  const { partition, region, account } = functionParts(functionArn);
  return [
    {
      Sid: 'UseTemporaryFunctions',
      Effect: 'Allow',
      Action: [
        'lambda:CreateFunction',
        'lambda:DeleteFunction',
        'lambda:GetFunctionConfiguration',
        'lambda:InvokeFunction',
        'lambda:ListTags',
        'lambda:TagResource',
      ],
      Resource: `arn:${partition}:lambda:${region}:${account}:function:${probeFunctionPrefix}*`,
    },
    {
      Sid: 'RunThemAsTheRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: roleArn,
      Condition: { StringEquals: { 'iam:PassedToService': lambdaPrincipal } },
    },
    {
      Sid: 'PlaceThemInTheSubnets',
      Effect: 'Allow',
      Action: ['lambda:ListFunctions', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
      Resource: '*',
    },
    {
      Sid: 'SeeTheFunction',
      Effect: 'Allow',
      Action: ['lambda:GetFunctionConfiguration'],
      Resource: functionArn,
    },
  ];
}
