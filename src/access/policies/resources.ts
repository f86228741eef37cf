/** Statements for the policies of resources: secret, key, cluster, VPC endpoints. */
import { dnsSuffixOf, lambdaPrincipal } from '../../aws/partitions.js';
import { regionOf } from '../../aws/arn.js';
import { unqualifiedArn } from '../../aws/function-arn.js';
import { kafkaArn } from '../kafka-arn.js';
import { callsOfCheck, type NeededCall } from '../needed-calls.js';
import { policyOf, type Policy, type PolicyStatement } from '../policy.js';
import { functionParts, type PolicySubject } from '../policy-subject.js';

const lambda = { Service: lambdaPrincipal };

/** Allows the role to read the secret; required for a secret of another account. */
export const secretPolicy = ({ roleArn }: PolicySubject): Policy =>
  policyOf({
    Sid: 'TriggerReadsSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['secretsmanager:GetSecretValue'],
    Resource: '*',
  });

/** A statement to add to the key's policy, whose other statements must stay. Only through Secrets Manager. */
export function keyPolicy({ roleArn, secretArn, cluster: { partition } }: PolicySubject): Policy {
  const region = regionOf(secretArn);
  return policyOf({
    Sid: 'TriggerOpensSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['kms:Decrypt'],
    Resource: '*',
    ...(region === null
      ? {}
      : { Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${dnsSuffixOf(partition)}` } } }),
  });
}

/** For a cluster that another account reads: the connection and, with IAM, the role's permissions inside Kafka. */
export function clusterPolicy(subject: PolicySubject): Policy {
  const { cluster, roleArn, functionArn } = subject;
  const { partition, account } = functionParts(functionArn);
  const root = `arn:${partition}:iam::${account}:root`;
  const principal = { AWS: roleArn ?? root };
  const insideKafka = (Sid: string, calls: readonly NeededCall[]): PolicyStatement[] => {
    const requests = calls.map(({ anyOf: [request] }) => request);
    const Resource = requests[0]?.resources[0];
    return Resource === undefined
      ? []
      : [
          {
            Sid,
            Effect: 'Allow',
            Principal: principal,
            Action: requests.map(({ action }) => action),
            Resource,
          },
        ];
  };
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
      Resource: kafkaArn(cluster, 'cluster'),
    },
    ...insideKafka('LogIn', [
      ...callsOfCheck('access.kafka-connect', subject),
      ...callsOfCheck('access.kafka-cluster', subject),
    ]),
    ...insideKafka('ReadTopic', callsOfCheck('access.kafka-topic', subject)),
    ...insideKafka('UseGroup', callsOfCheck('access.kafka-group', subject)),
  );
}

/**
 * The pollers invoke as the Lambda service: a condition on the organization would exclude them (Lambda developer
 * guide: Kafka networks).
 */
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

/** The secret is read with the role, not by the service itself. */
export const secretsManagerEndpointPolicy = ({ roleArn, secretArn }: PolicySubject): Policy =>
  policyOf({
    Sid: 'ReadTheSecret',
    Effect: 'Allow',
    Principal: { AWS: roleArn! },
    Action: ['secretsmanager:GetSecretValue'],
    Resource: secretArn!,
  });
