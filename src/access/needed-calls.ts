/**
 * The calls that AWS makes with the execution role for a mapping, by the check that judges them (AWS: Lambda
 * permissions for MSK event source mappings). This is the only list: the checks of permissions, `policy`, `policy
 * --check`, `doctor --verify` and the checks before `create` all use it.
 */
import { parseArn, serviceOf } from '../aws/arn.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Context } from './context.js';
import { isServerless, kafkaArn, type ClusterIdentity } from './kafka-arn.js';
import { functionParts, type PolicySubject, type RegistrySecret } from './policy-subject.js';
import { onBehalf, perhapsTagging, untagged } from './request-context.js';

/** One alternative to have a permission: an action on every one of these resources. */
export interface CallRequest {
  action: string;
  resources: string[];
}

/** A resource whose own policy counts in addition to the role's; `name`: of the policy, for the explanation. */
export interface PolicyHolder {
  kind:
    | 'cluster'
    | 'secret'
    | 'secret-key'
    | 'destination'
    | 'destination-key'
    | 'registry-secret'
    | 'registry-secret-key';
  name: string;
  /** For a key: the secret that is encrypted with it, as the mapping names it. */
  secret?: string;
}

export interface NeededCall {
  /** Any one is enough; the first is the one to grant. */
  anyOf: [CallRequest, ...CallRequest[]];
  /** Condition keys of this call, besides those of every call of the role. */
  context?: Context;
  /** `advised`: AWS lists it, but mappings are known to work without it. */
  weight: 'needed' | 'advised';
  /** Absent where no policy of a resource counts, or another check judges it. */
  holder?: PolicyHolder | undefined;
  /**
   * What a mapping that reads records proves, whatever AWS documents: that it works without the call, or that the
   * resource's tags do not prevent the call.
   */
  ifReading?: 'not-needed' | 'tags-do-not-hinder';
}

/** A required call with the check that judges it. */
export type CallOfCheck = NeededCall & { check: CheckWithCalls };

/** The parts of a mapping that a row depends on. */
type Part<K extends keyof PolicySubject> = Pick<PolicySubject, K>;
type ClusterPart = Part<'cluster' | 'connectionArn'>;
/** `auth` is null where unknown: then permissions for IAM authentication are not required. */
type LoginPart = ClusterPart & { auth: PolicySubject['auth'] | null };

const rows = {
  'access.msk-api': mskApiCalls,
  'access.network-interfaces': networkInterfaceCalls,
  'access.logs': logCalls,
  'access.kafka-connect': (subject: LoginPart) => insideKafka(subject, 'cluster', undefined, ['Connect']),
  /** From AWS's older list of permissions; Serverless does not have it. */
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
/** What must be known about the mapping for the calls of a check. */
export type SubjectOf<C extends CheckWithCalls> = Parameters<(typeof rows)[C]>[0];

/** The calls that one check judges. Parts of the mapping that they do not depend on may be unknown. */
export const callsOfCheck = <C extends CheckWithCalls>(check: C, subject: SubjectOf<C>): CallOfCheck[] =>
  (rows[check] as (subject: SubjectOf<C>) => NeededCall[])(subject).map((call) => ({ ...call, check }));

/** Every call that AWS makes with the execution role for the mapping, in the order of the checks. */
export const callsOf = (subject: PolicySubject): CallOfCheck[] =>
  (Object.keys(rows) as CheckWithCalls[]).flatMap((check) => callsOfCheck(check, subject));

/** The calls to judge, adjusted by what a mapping that reads records proves about them. */
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
/** Topics and groups have no tags: a condition on tags is false, unless the mapping proves otherwise. */
const withoutTags = (calls: readonly NeededCall[]): NeededCall[] =>
  calls.map((each) => ({ ...each, context: untagged, ifReading: 'tags-do-not-hinder' }));

/** Across accounts, the check cluster.policy judges the cluster's policy. */
const clusterHolder = ({ cluster, connectionArn }: ClusterPart): PolicyHolder | undefined =>
  connectionArn === null ? { kind: 'cluster', name: kafkaArn(cluster, 'cluster') } : undefined;

/** MSK's control plane. Only version 2 of the call describes Serverless clusters. */
function mskApiCalls(subject: ClusterPart): NeededCall[] {
  const { cluster, connectionArn } = subject;
  const arn = kafkaArn(cluster, 'cluster');
  // Across accounts, AWS does not document for which of the two ARNs it checks the permission.
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
 * EC2's Describe calls take no resource: only `*` grants them. The other two take the ARNs of what they affect. If a
 * policy allows only some of them, AWS does not document whether that is enough.
 */
function networkInterfaceCalls({ functionArn, interfaces }: Part<'functionArn' | 'interfaces'>): NeededCall[] {
  const { partition, region, account } = functionParts(functionArn);
  const of = (type: string, ids: readonly string[]) =>
    (ids.length === 0 ? ['*'] : ids).map((id) => `arn:${partition}:ec2:${region}:${account}:${type}/${id}`);
  return [
    {
      ...call(
        'ec2:CreateNetworkInterface',
        ...of('network-interface', []),
        ...of('subnet', interfaces.subnets),
        ...of('security-group', interfaces.securityGroups),
      ),
      context: perhapsTagging,
    },
    call('ec2:DescribeNetworkInterfaces', '*'),
    call('ec2:DescribeVpcs', '*'),
    call('ec2:DeleteNetworkInterface', ...of('network-interface', [])),
    call('ec2:DescribeSubnets', '*'),
    call('ec2:DescribeSecurityGroups', '*'),
  ];
}

/** What a running function writes. Its log group may exist already, so the permission to create one is not required. */
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

/** Kafka checks IAM permissions only for IAM authentication. */
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

/** A call of the key that another service makes for the role. */
function keyCall(action: string, keyArn: string, via: string, kind: PolicyHolder['kind'], more: Context): NeededCall {
  const { partition = '', region = '', resource = '' } = parseArn(keyArn) ?? {};
  // AWS's pages disagree about the service's name in other partitions: a condition on it cannot be decided there.
  const named: Context =
    partition === 'aws' || partition === 'aws-us-gov' ? { 'kms:ViaService': `${via}.${region}.amazonaws.com` } : {};
  return {
    ...call(action, keyArn),
    context: { ...onBehalf, ...named, ...more },
    holder: { kind, name: `key ${resource.replace(/^key\//, '')}` },
  };
}

/**
 * Secrets Manager decrypts for the role: the key sees the call through that service (Secrets Manager user guide:
 * encryption, what a key logs).
 */
function secretKeyCalls({ secretArn, keyArn }: Part<'secretArn' | 'keyArn'>): NeededCall[] {
  return secretArn === null || keyArn === null ? [] : [decryptCall(secretArn, keyArn, 'secret-key')];
}

const decryptCall = (secretArn: string, keyArn: string, kind: PolicyHolder['kind']): NeededCall =>
  keyCall('kms:Decrypt', keyArn, 'secretsmanager', kind, {
    'kms:EncryptionContext:SecretARN': secretArn,
    'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
  });

function registrySecretCalls({ uri, keyArn }: RegistrySecret): NeededCall[] {
  if (!uri.startsWith('arn:')) return [];
  const decrypt = keyArn === null ? null : decryptCall(uri, keyArn, 'registry-secret-key');
  return [
    secretCall(uri, 'registry-secret'),
    ...(decrypt === null ? [] : [{ ...decrypt, holder: { ...decrypt.holder!, secret: uri } }]),
  ];
}

const kafkaScheme = 'kafka://';

/**
 * The permissions for the on-failure destination; empty for a destination that Lambda does not support, or a topic
 * that Kafka ACLs protect.
 */
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
      // Objects are named aws/lambda/<mapping>/…; AWS does not guarantee that there is no other name.
      const objects = [`${destination}/*`, `${destination}/aws/lambda/*`];
      const put = oneOf(objects.map((resource) => ({ action: 's3:PutObject', resources: [resource] })));
      return [put, ...advised([call('s3:ListBucket', destination)])].map((needed) => ({ ...needed, ...shared }));
    }
    default:
      return [];
  }
}

/** An idempotent producer needs the last permission, on the cluster; AWS does not document whether Lambda's is one. */
const kafkaTopicWrites = (cluster: ClusterIdentity, destination: string): NeededCall[] => [
  ...['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'].map((action) =>
    call(action, kafkaArn(cluster, 'topic', destination.slice(kafkaScheme.length))),
  ),
  ...advised([call('kafka-cluster:WriteDataIdempotently', kafkaArn(cluster, 'cluster'))]).map((needed) => ({
    ...needed,
    ifReading: 'not-needed' as const,
  })),
];

/** The permissions on a destination's customer managed key (AWS: Kafka on-failure destinations). */
function destinationKeyCalls({
  destination,
  destinationKeyArn: keyArn,
}: Part<'destination' | 'destinationKeyArn'>): NeededCall[] {
  if (keyArn === null) return [];
  const service = serviceOf(destination) ?? '';
  const actions = service === 's3' ? ['kms:GenerateDataKey'] : ['kms:GenerateDataKey', 'kms:Decrypt'];
  return advised(actions.map((action) => keyCall(action, keyArn, service, 'destination-key', {})));
}

/** Glue checks the registry and its schemas; other registries use secrets for the login. */
function registryCalls({ registry, registrySecrets }: Part<'registry' | 'registrySecrets'>): NeededCall[] {
  const schemas = [registry, `${registry.replace(':registry/', ':schema/')}/*`, '*'];
  return [
    ...(serviceOf(registry) === 'glue'
      ? [
          call('glue:GetRegistry', registry),
          oneOf(schemas.map((resource) => ({ action: 'glue:GetSchemaVersion', resources: [resource] }))),
        ]
      : []),
    ...registrySecrets.flatMap(registrySecretCalls),
  ];
}
