/** What this tool itself reads: every operation of its readers, and nothing that changes the account. */
import { policyOf, statement, type Policy, type PolicyStatement } from '../policy.js';

/** By service, the read actions. A test compares them with the operations that are really called. */
export const readActions: Record<string, readonly string[]> = {
  lambda: [
    'GetEventSourceMapping',
    'GetFunction',
    'GetFunctionConcurrency',
    'GetFunctionConfiguration',
    'ListEventSourceMappings',
    'ListFunctions',
    'ListTags',
  ],
  kafka: [
    'DescribeClusterV2',
    'DescribeConfigurationRevision',
    'DescribeTopic',
    'DescribeVpcConnection',
    'GetBootstrapBrokers',
    'GetClusterPolicy',
    'ListClustersV2',
    'ListScramSecrets',
    'ListTopics',
  ],
  ec2: [
    'DescribeDhcpOptions',
    'DescribeNatGateways',
    'DescribeNetworkAcls',
    'DescribeNetworkInterfaces',
    'DescribeRegions',
    'DescribeRouteTables',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeTransitGatewayAttachments',
    'DescribeTransitGatewayVpcAttachments',
    'DescribeVpcAttribute',
    'DescribeVpcEndpoints',
    'DescribeVpcPeeringConnections',
    'DescribeVpcs',
    'GetManagedPrefixListEntries',
    'SearchTransitGatewayRoutes',
  ],
  iam: [
    'GetAccountAuthorizationDetails',
    'GetPolicy',
    'GetPolicyVersion',
    'GetRole',
    'GetRolePolicy',
    'ListAttachedRolePolicies',
    'ListRolePolicies',
    'SimulatePrincipalPolicy',
  ],
  route53: ['ListHostedZonesByVPC', 'ListResourceRecordSets'],
  organizations: ['DescribePolicy', 'ListParents', 'ListPoliciesForTarget'],
  secretsmanager: ['DescribeSecret', 'GetResourcePolicy', 'ListSecrets'],
  kms: ['DescribeKey', 'GetKeyPolicy', 'ListGrants'],
  cloudwatch: ['DescribeAlarms', 'GetMetricData'],
  logs: ['FilterLogEvents'],
  sqs: ['GetQueueAttributes'],
  sns: ['GetTopicAttributes'],
  s3: ['GetBucketPolicy', 'GetEncryptionConfiguration', 'ListBucket'],
  glue: ['GetRegistry'],
  sts: ['GetCallerIdentity'],
};

/**
 * `secrets`: those whose content is read, judged at once and dropped. Without any, no content may be read, as with
 * `--no-secret-values`. The topic API also checks the caller's permissions in Kafka (MSK developer guide: topic
 * operations).
 */
export function doctorPolicy(secrets: readonly string[], keys: readonly string[]): Policy {
  return policyOf(
    statement(
      'ReadWhatATriggerNeeds',
      Object.entries(readActions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`)),
      '*',
    ),
    statement(
      'ListTopics',
      ['kafka-cluster:Connect', 'kafka-cluster:DescribeTopic', 'kafka-cluster:DescribeTopicDynamicConfiguration'],
      '*',
    ),
    ...(secrets.length === 0 ? [] : [statement('JudgeSecrets', ['secretsmanager:GetSecretValue'], single(secrets))]),
    ...(keys.length === 0 ? [] : [statement('OpenSecrets', ['kms:Decrypt'], single(keys))]),
  );
}

/**
 * The part of this policy that allows exactly these actions. `resources`: for an action that the policy does not allow
 * on every resource, the ARNs that it is needed for.
 */
export function doctorPolicyOf(actions: readonly string[], resources: ReadonlyMap<string, readonly string[]>): Policy {
  const wanted = new Set(actions);
  const ofAll = doctorPolicy([], []).Statement.flatMap((statement) => {
    const Action = statement.Action.filter((action) => wanted.delete(action));
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });
  const ofSome = [...wanted].map((action): PolicyStatement => {
    const arns = resources.get(action) ?? [];
    return { Effect: 'Allow', Action: [action], Resource: arns.length === 0 ? '*' : single(arns) };
  });
  return policyOf(...ofAll, ...ofSome);
}

const single = (values: readonly string[]): string | string[] => (values.length === 1 ? values[0]! : [...values]);
