/** What a caller of `probe` needs: to find the brokers, to read the login, and with IAM to log in. */
import { kafkaArn } from '../kafka-arn.js';
import { callsOfCheck, type CheckWithCalls } from '../needed-calls.js';
import { policyAllowing, policyOf, type Policy, type PolicyStatement } from '../policy.js';
import type { PolicySubject } from '../policy-subject.js';

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
  const statement = (Sid: string, Action: string[], Resource: string | string[]): PolicyStatement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
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
  );
}
