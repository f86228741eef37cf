/**
 * The calls that AWS makes with the execution role on behalf of a mapping, by the check that judges them (AWS: Lambda
 * permissions for MSK event source mappings). The only list of them: the checks of rights, `policy`, `policy --check`,
 * `doctor --verify` and the checks before `create` all take their calls from here.
 */
import { parseArn, serviceOf } from '../aws/arn.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Context } from './context.js';
import { isServerless, kafkaArn, type ClusterIdentity } from './kafka-arn.js';
import { functionParts, type PolicySubject } from './policy-subject.js';
import { untagged } from './request-context.js';

/** One way to have a right: an action on every one of these resources. */
export interface CallRequest {
  action: string;
  resources: string[];
}

/** A resource whose own policy counts beside the role's; `name` is the policy's in a trace. */
export interface PolicyHolder {
  kind: 'cluster' | 'secret' | 'secret-key' | 'destination' | 'destination-key' | 'registry-secret';
  name: string;
}

export interface NeededCall {
  /** Any one of them is enough; the first is the one to grant. */
  anyOf: [CallRequest, ...CallRequest[]];
  /** Keys of this call beside those of every call of the role. */
  context?: Context;
  /** `advised`: AWS lists it, and mappings are known to work without it. */
  weight: 'needed' | 'advised';
  /** Absent where no policy of a resource counts, or another check judges it. */
  holder?: PolicyHolder | undefined;
  /**
   * What a mapping that reads records shows, whatever AWS's pages say: that it does without the call, or that the
   * resource's tags do not keep it from the call.
   */
  ifReading?: 'not-needed' | 'tags-do-not-hinder';
}

/** A needed call with the check that judges it. */
export type CallOfCheck = NeededCall & { check: CheckWithCalls };

/** The members of a mapping that a row depends on. */
type Part<K extends keyof PolicySubject> = Pick<PolicySubject, K>;
type ClusterPart = Part<'cluster' | 'connectionArn'>;
/** `auth` is null where it is not known: then nothing is asked that only IAM authentication asks. */
type LoginPart = ClusterPart & { auth: PolicySubject['auth'] | null };

const rows = {
  'access.msk-api': mskApiCalls,
  'access.network-interfaces': networkInterfaceCalls,
  'access.logs': logCalls,
  'access.kafka-connect': (subject: LoginPart) => insideKafka(subject, 'cluster', undefined, ['Connect']),
  /** In AWS's older list of rights; Serverless does not know it. */
  'access.kafka-cluster': (subject: LoginPart) =>
    isServerless(subject.cluster)
      ? []
      : advised(insideKafka(subject, 'cluster', undefined, ['DescribeClusterDynamicConfiguration'])),
  'access.kafka-topic': (subject: LoginPart & Part<'topic'>) =>
    withoutTags(insideKafka(subject, 'topic', subject.topic, ['DescribeTopic', 'ReadData'])),
  'access.kafka-group': (subject: LoginPart & Part<'group'>) =>
    withoutTags(insideKafka(subject, 'group', subject.group, ['DescribeGroup', 'AlterGroup'])),
  'access.secret': ({ secretArn }: Part<'secretArn'>) => (secretArn === null ? [] : [secretCall(secretArn, 'secret')]),
  'access.kms': secretKeyCalls,
  'access.destination': (
    subject: LoginPart &
      Part<'destination' | 'destinationOwner' | 'destinationKeyArn' | 'registry' | 'registrySecrets'>,
  ) => [...destinationCalls(subject), ...destinationKeyCalls(subject), ...registryCalls(subject)],
} satisfies Partial<Record<CheckId, (subject: PolicySubject) => NeededCall[]>>;

export type CheckWithCalls = keyof typeof rows;
/** What of a mapping must be known for the calls of a check. */
export type SubjectOf<C extends CheckWithCalls> = Parameters<(typeof rows)[C]>[0];

/** The calls that one check judges; what of the mapping they do not depend on need not be known. */
export const callsOfCheck = <C extends CheckWithCalls>(check: C, subject: SubjectOf<C>): CallOfCheck[] =>
  (rows[check] as (subject: SubjectOf<C>) => NeededCall[])(subject).map((call) => ({ ...call, check }));

/** Every call that AWS makes with the execution role for the mapping, in the order of the checks. */
export const callsOf = (subject: PolicySubject): CallOfCheck[] =>
  (Object.keys(rows) as CheckWithCalls[]).flatMap((check) => callsOfCheck(check, subject));

/** The calls as they are to be judged, with what a mapping that reads records shows of them. */
export const callsToJudge = (calls: readonly CallOfCheck[], reads: boolean): CallOfCheck[] =>
  calls.flatMap((each) => {
    if (!reads || each.ifReading === undefined) return [each];
    return each.ifReading === 'not-needed' ? [] : [{ ...each, context: {} }];
  });

const call = (action: string, ...resources: string[]): NeededCall => ({
  anyOf: [{ action, resources }],
  weight: 'needed',
});
const oneOf = (requests: readonly CallRequest[]): NeededCall => ({
  anyOf: requests as NeededCall['anyOf'],
  weight: 'needed',
});
const advised = (calls: readonly NeededCall[]): NeededCall[] => calls.map((each) => ({ ...each, weight: 'advised' }));
/** Topics and groups have no tags: a condition on one is not met, unless the mapping shows otherwise. */
const withoutTags = (calls: readonly NeededCall[]): NeededCall[] =>
  calls.map((each) => ({ ...each, context: untagged, ifReading: 'tags-do-not-hinder' }));

/** Across accounts the cluster's policy is cluster.policy's to judge. */
const clusterHolder = ({ cluster, connectionArn }: ClusterPart): PolicyHolder | undefined =>
  connectionArn === null ? { kind: 'cluster', name: kafkaArn(cluster, 'cluster') } : undefined;

/** MSK's control plane. Serverless is described by the second version of the call only. */
function mskApiCalls(subject: ClusterPart): NeededCall[] {
  const { cluster, connectionArn } = subject;
  const arn = kafkaArn(cluster, 'cluster');
  // Across accounts AWS does not say on which of the two ARNs it asks.
  const on = (action: string): CallRequest[] =>
    [arn, ...(connectionArn === null ? [] : [connectionArn])].map((resource) => ({ action, resources: [resource] }));
  const holder = clusterHolder(subject);
  return [
    oneOf([...on('kafka:DescribeClusterV2'), ...(isServerless(cluster) ? [] : on('kafka:DescribeCluster'))]),
    oneOf(on('kafka:GetBootstrapBrokers')),
    ...(connectionArn === null ? [] : [call('kafka:DescribeVpcConnection', connectionArn)]),
  ].map((needed) => ({ ...needed, holder }));
}

/**
 * EC2's describing calls take no resource: only `*` grants them. The other two take the ARNs of what they touch;
 * where a policy allows only some of them it is not documented whether those are enough.
 */
function networkInterfaceCalls({ functionArn, interfaces }: Part<'functionArn' | 'interfaces'>): NeededCall[] {
  const { partition, region, account } = functionParts(functionArn);
  const of = (type: string, ids: readonly string[]) =>
    (ids.length === 0 ? ['*'] : ids).map((id) => `arn:${partition}:ec2:${region}:${account}:${type}/${id}`);
  // Lambda puts the function's ARN into calls of the function's own code only (AWS: lambda:SourceFunctionArn).
  const context = { 'lambda:SourceFunctionArn': null };
  return [
    call(
      'ec2:CreateNetworkInterface',
      ...of('network-interface', []),
      ...of('subnet', interfaces.subnets),
      ...of('security-group', interfaces.securityGroups),
    ),
    call('ec2:DescribeNetworkInterfaces', '*'),
    call('ec2:DescribeVpcs', '*'),
    call('ec2:DeleteNetworkInterface', ...of('network-interface', [])),
    call('ec2:DescribeSubnets', '*'),
    call('ec2:DescribeSecurityGroups', '*'),
  ].map((needed) => ({ ...needed, context }));
}

/** What a running function writes. Its log group may exist already, so the right to make one is not asked for. */
function logCalls({ functionArn, logGroup }: Part<'functionArn' | 'logGroup'>): NeededCall[] {
  const { partition, region, account } = functionParts(functionArn);
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`;
  const resources = [`${group}:*`, group, `${group}:log-stream:*`];
  return advised(
    ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) =>
      oneOf(resources.map((resource) => ({ action, resources: [resource] }))),
    ),
  );
}

/** Only with IAM authentication does Kafka ask IAM rights. */
function insideKafka(
  subject: LoginPart,
  type: 'cluster' | 'topic' | 'group',
  name: string | undefined,
  actions: readonly string[],
): NeededCall[] {
  if (subject.auth !== 'iam') return [];
  const resource = kafkaArn(subject.cluster, type, name);
  return actions.map((action) => ({ ...call(`kafka-cluster:${action}`, resource), holder: clusterHolder(subject) }));
}

const secretCall = (secretArn: string, kind: 'secret' | 'registry-secret'): NeededCall => ({
  ...call('secretsmanager:GetSecretValue', secretArn),
  holder: { kind, name: secretArn },
});

/** A call of the key that another service makes in the role's name. */
function keyCall(action: string, keyArn: string, via: string, kind: PolicyHolder['kind'], more: Context): NeededCall {
  const { partition = '', region = '', resource = '' } = parseArn(keyArn) ?? {};
  // AWS's pages disagree on the service's name in other partitions: a condition on it cannot be decided there.
  const named: Context =
    partition === 'aws' || partition === 'aws-us-gov' ? { 'kms:ViaService': `${via}.${region}.amazonaws.com` } : {};
  return {
    ...call(action, keyArn),
    context: { ...named, ...more },
    holder: { kind, name: `key ${resource.replace(/^key\//, '')}` },
  };
}

/** Secrets Manager decrypts in the role's name: the key sees the call come through it (Secrets Manager user guide: encryption, what a key logs). */
function secretKeyCalls({ secretArn, keyArn }: Part<'secretArn' | 'keyArn'>): NeededCall[] {
  if (secretArn === null || keyArn === null) return [];
  return [
    keyCall('kms:Decrypt', keyArn, 'secretsmanager', 'secret-key', {
      'kms:EncryptionContext:SecretARN': secretArn,
      'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    }),
  ];
}

const kafkaScheme = 'kafka://';

/** The on-failure destination's rights; none for what is no destination that Lambda knows, or a topic that Kafka's own ACLs guard. */
function destinationCalls(subject: LoginPart & Part<'destination' | 'destinationOwner'>): NeededCall[] {
  const { destination, cluster, auth, destinationOwner: owner } = subject;
  if (destination.startsWith(kafkaScheme)) return auth === 'iam' ? kafkaTopicWrites(cluster, destination) : [];
  const ownership: Context = owner === null ? {} : { 's3:ResourceAccount': owner, 'aws:ResourceAccount': owner };
  const shared = { context: ownership, holder: { kind: 'destination', name: destination } as const };
  switch (serviceOf(destination)) {
    case 'sqs':
      return [{ ...call('sqs:SendMessage', destination), ...shared }];
    case 'sns':
      return [{ ...call('sns:Publish', destination), ...shared }];
    case 's3': {
      // Objects are named aws/lambda/<mapping>/…; AWS does not promise that there is no other name.
      const objects = [`${destination}/*`, `${destination}/aws/lambda/*`];
      const put = oneOf(objects.map((resource) => ({ action: 's3:PutObject', resources: [resource] })));
      return [put, ...advised([call('s3:ListBucket', destination)])].map((needed) => ({ ...needed, ...shared }));
    }
    default:
      return [];
  }
}

/** A producer that writes idempotently needs the last right, on the cluster; AWS does not say that Lambda's is one. */
const kafkaTopicWrites = (cluster: ClusterIdentity, destination: string): NeededCall[] => [
  ...['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'].map((action) =>
    call(action, kafkaArn(cluster, 'topic', destination.slice(kafkaScheme.length))),
  ),
  ...advised([call('kafka-cluster:WriteDataIdempotently', kafkaArn(cluster, 'cluster'))]).map((needed) => ({
    ...needed,
    ifReading: 'not-needed' as const,
  })),
];

/** What a destination under a customer managed key asks of that key (AWS: Kafka on-failure destinations). */
function destinationKeyCalls({
  destination,
  destinationKeyArn: keyArn,
}: Part<'destination' | 'destinationKeyArn'>): NeededCall[] {
  if (keyArn === null) return [];
  const service = serviceOf(destination) ?? '';
  const actions = service === 's3' ? ['kms:GenerateDataKey'] : ['kms:GenerateDataKey', 'kms:Decrypt'];
  return advised(actions.map((action) => keyCall(action, keyArn, service, 'destination-key', {})));
}

/** Glue asks for the registry and for the schemas in it; other registries are signed in to by secrets. */
function registryCalls({ registry, registrySecrets }: Part<'registry' | 'registrySecrets'>): NeededCall[] {
  const schemas = [registry, `${registry.replace(':registry/', ':schema/')}/*`, '*'];
  return [
    ...(serviceOf(registry) === 'glue'
      ? [
          call('glue:GetRegistry', registry),
          oneOf(schemas.map((resource) => ({ action: 'glue:GetSchemaVersion', resources: [resource] }))),
        ]
      : []),
    ...registrySecrets.flatMap((uri) => (uri.startsWith('arn:') ? [secretCall(uri, 'registry-secret')] : [])),
  ];
}
