/** Statements for the policies of resources: secret, key, cluster, VPC endpoints. */
import { isServerless, kafkaArn } from '../needed-calls.js';
import { policyOf, type Policy, type PolicyStatement } from '../policy.js';
import { functionParts, type PolicySubject } from '../policy-subject.js';
import { unqualifiedArn } from '../../snapshot/function-arn.js';

const lambda = { Service: 'lambda.amazonaws.com' };

/** Lets the role read the secret, which one of another account must. */
export const secretPolicy = ({ roleArn }: PolicySubject): Policy =>
  policyOf({
    Sid: 'TriggerReadsSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['secretsmanager:GetSecretValue'],
    Resource: '*',
  });

/** A statement to add to the key's policy, which has others that it must keep. Only through Secrets Manager. */
export function keyPolicy({ roleArn, secretArn, cluster: { partition } }: PolicySubject): Policy {
  const region = secretArn?.split(':')[3];
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return policyOf({
    Sid: 'TriggerOpensSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['kms:Decrypt'],
    Resource: '*',
    ...(region === undefined
      ? {}
      : { Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${suffix}` } } }),
  });
}

/** For a cluster that another account reads: the connection, and with IAM what its role does inside Kafka. */
export function clusterPolicy(trigger: PolicySubject): Policy {
  const { cluster, topic, group, auth, roleArn, functionArn } = trigger;
  const { partition, account } = functionParts(functionArn);
  const arn = kafkaArn(cluster, 'cluster');
  const root = `arn:${partition}:iam::${account}:root`;
  const role = { AWS: roleArn ?? root };
  const inKafka = (Sid: string, actions: string[], Resource: string): PolicyStatement => ({
    Sid,
    Effect: 'Allow',
    Principal: role,
    Action: actions.map((name) => `kafka-cluster:${name}`),
    Resource,
  });
  return policyOf(
    {
      Sid: 'ConnectFromTheAccount',
      Effect: 'Allow',
      Principal: { AWS: root },
      Action: [
        'kafka:CreateVpcConnection',
        'kafka:GetBootstrapBrokers',
        'kafka:DescribeCluster',
        'kafka:DescribeClusterV2',
      ],
      Resource: arn,
    },
    ...(auth === 'iam'
      ? [
          inKafka('LogIn', ['Connect', ...(isServerless(cluster) ? [] : ['DescribeClusterDynamicConfiguration'])], arn),
          inKafka('ReadTopic', ['DescribeTopic', 'ReadData'], kafkaArn(cluster, 'topic', topic)),
          inKafka('UseGroup', ['DescribeGroup', 'AlterGroup'], kafkaArn(cluster, 'group', group)),
        ]
      : []),
  );
}

/** The pollers invoke as the Lambda service: a condition on the organization would shut them out (Lambda developer guide: Kafka networks). */
export const lambdaEndpointPolicy = ({ functionArn }: PolicySubject): Policy => {
  const unqualified = unqualifiedArn(functionArn);
  return policyOf({
    Sid: 'InvokeTheFunction',
    Effect: 'Allow',
    Principal: lambda,
    Action: ['lambda:InvokeFunction'],
    Resource: [unqualified, `${unqualified}:*`],
  });
};

export const stsEndpointPolicy = ({ roleArn }: PolicySubject): Policy =>
  policyOf({
    Sid: 'AssumeTheRole',
    Effect: 'Allow',
    Principal: lambda,
    Action: ['sts:AssumeRole'],
    Resource: roleArn!,
  });

/** The secret is read with the role, not as the service. */
export const secretsManagerEndpointPolicy = ({ roleArn, secretArn }: PolicySubject): Policy =>
  policyOf({
    Sid: 'ReadTheSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['secretsmanager:GetSecretValue'],
    Resource: secretArn!,
  });
