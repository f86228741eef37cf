/** The calls that AWS makes with the execution role on behalf of a mapping: action and exact resource (AWS: MSK permissions). */
import type { Context } from './context.js';
import { arnFields } from './pattern.js';
import { untagged } from './request-context.js';

/** One way to have a right: an action on every one of these resources. */
export interface CallRequest {
  action: string;
  resources: string[];
}

export interface NeededCall {
  /** Any one of them is enough; the first is the one to grant. */
  anyOf: [CallRequest, ...CallRequest[]];
  /** Keys of this call beside those of every call of the role. */
  context?: Context;
  /** `advised`: AWS lists it, and mappings are known to work without it. */
  weight: 'needed' | 'advised';
}

const call = (action: string, ...resources: string[]): NeededCall => ({
  anyOf: [{ action, resources }],
  weight: 'needed',
});

/** A cluster by the parts of its ARN; the UUID is `*` where another account's cluster does not show it. */
export interface ClusterIdentity {
  partition: string;
  region: string;
  account: string;
  name: string;
  uuid: string;
}

export type KafkaResource = 'cluster' | 'topic' | 'group' | 'transactional-id';

/** `arn:aws:kafka:…:topic/<cluster>/<uuid>/<topic>` and its kind. */
export const kafkaArn = (cluster: ClusterIdentity, type: KafkaResource, name?: string): string =>
  `arn:${cluster.partition}:kafka:${cluster.region}:${cluster.account}:${type}/${cluster.name}/${cluster.uuid}${name === undefined ? '' : `/${name}`}`;

/** The UUID of a Serverless cluster ends in `-s1`. */
export const isServerless = ({ uuid }: ClusterIdentity): boolean => /-s\d+$/.test(uuid);

/** MSK's control plane. Serverless is described by the second version of the call only. */
export function mskApiCalls(cluster: ClusterIdentity, connectionArn: string | null): NeededCall[] {
  const arn = kafkaArn(cluster, 'cluster');
  const crossAccount = connectionArn !== null;
  // Across accounts AWS does not say on which of the two ARNs it asks.
  const on = (action: string): CallRequest[] =>
    [arn, ...(crossAccount ? [connectionArn] : [])].map((resource) => ({ action, resources: [resource] }));
  const describe = [...on('kafka:DescribeClusterV2'), ...(isServerless(cluster) ? [] : on('kafka:DescribeCluster'))];
  const either = (requests: CallRequest[]): NeededCall => ({
    anyOf: requests as NeededCall['anyOf'],
    weight: 'needed',
  });
  return [
    either(describe),
    either(on('kafka:GetBootstrapBrokers')),
    ...(crossAccount ? [call('kafka:DescribeVpcConnection', connectionArn)] : []),
  ];
}

/** Where interfaces are made; empty lists where that is not known. */
export interface InterfacePlace {
  partition: string;
  region: string;
  /** The account of the role, in which the interfaces are made. */
  account: string;
  subnets: readonly string[];
  securityGroups: readonly string[];
}

/**
 * EC2's describing calls take no resource: only `*` grants them. The other two take the ARNs of what they touch;
 * where a policy allows only some of them it cannot be told whether those are enough.
 */
export function networkInterfaceCalls({
  partition,
  region,
  account,
  subnets,
  securityGroups,
}: InterfacePlace): NeededCall[] {
  const of = (type: string, ids: readonly string[]) =>
    (ids.length === 0 ? ['*'] : ids).map((id) => `arn:${partition}:ec2:${region}:${account}:${type}/${id}`);
  // Lambda puts the function's ARN into calls of the function's own code only (AWS: lambda:SourceFunctionArn).
  const context = { 'lambda:SourceFunctionArn': null };
  return [
    call(
      'ec2:CreateNetworkInterface',
      ...of('network-interface', []),
      ...of('subnet', subnets),
      ...of('security-group', securityGroups),
    ),
    call('ec2:DescribeNetworkInterfaces', '*'),
    call('ec2:DescribeVpcs', '*'),
    call('ec2:DeleteNetworkInterface', ...of('network-interface', [])),
    call('ec2:DescribeSubnets', '*'),
    call('ec2:DescribeSecurityGroups', '*'),
  ].map((needed) => ({ ...needed, context }));
}

/** What a running function writes. Its log group may be there already, so the right to make one is not asked for. */
export function logCalls(functionArn: string, logGroup: string): NeededCall[] {
  const [, partition, , region, account] = arnFields(functionArn);
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
    anyOf: [`${group}:*`, group, `${group}:log-stream:*`].map((resource) => ({
      action,
      resources: [resource],
    })) as NeededCall['anyOf'],
    weight: 'advised',
  }));
}

export const kafkaConnectCalls = (cluster: ClusterIdentity): NeededCall[] => [
  call('kafka-cluster:Connect', kafkaArn(cluster, 'cluster')),
];

/** In AWS's older list of rights; Serverless does not know it. */
export const kafkaConfigurationCalls = (cluster: ClusterIdentity): NeededCall[] => [
  { ...call('kafka-cluster:DescribeClusterDynamicConfiguration', kafkaArn(cluster, 'cluster')), weight: 'advised' },
];

/** `works`: a mapping that reads shows that no right is missing, whatever AWS says of tags. */
const insideKafka = (actions: readonly string[], resource: string, works: boolean): NeededCall[] =>
  actions.map((action) => ({ ...call(action, resource), context: works ? {} : untagged }));

export const kafkaTopicCalls = (cluster: ClusterIdentity, topic: string, works = false): NeededCall[] =>
  insideKafka(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], kafkaArn(cluster, 'topic', topic), works);

export const kafkaGroupCalls = (cluster: ClusterIdentity, group: string, works = false): NeededCall[] =>
  insideKafka(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], kafkaArn(cluster, 'group', group), works);

export const secretCalls = (secretArn: string): NeededCall[] => [call('secretsmanager:GetSecretValue', secretArn)];

/** A call of the key that another service makes in the role's name. */
function keyCall(action: string, keyArn: string, via: string, more: Context = {}): NeededCall {
  const [, partition, , region] = arnFields(keyArn);
  // How the service is named there in other partitions is not told with one voice: then a condition on it cannot be told.
  const named: Context =
    partition === 'aws' || partition === 'aws-us-gov' ? { 'kms:ViaService': `${via}.${region}.amazonaws.com` } : {};
  return { ...call(action, keyArn), context: { ...named, ...more } };
}

/** Secrets Manager decrypts in the role's name: the key sees the call come through it (Secrets Manager user guide: encryption, what a key logs). */
export const keyCalls = (keyArn: string, secretArn: string): NeededCall[] => [
  keyCall('kms:Decrypt', keyArn, 'secretsmanager', {
    'kms:EncryptionContext:SecretARN': secretArn,
    'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
  }),
];

/** The on-failure destination's right; none for what is no destination that Lambda knows, or a topic that Kafka's own ACLs guard. */
export function destinationCalls(destination: string, cluster: ClusterIdentity, byIam: boolean): NeededCall[] {
  if (destination.startsWith('kafka://')) {
    const topic = kafkaArn(cluster, 'topic', destination.slice('kafka://'.length));
    return byIam ? ['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'].map((action) => call(action, topic)) : [];
  }
  switch (destination.split(':')[2]) {
    case 'sqs':
      return [call('sqs:SendMessage', destination)];
    case 'sns':
      return [call('sns:Publish', destination)];
    case 's3':
      // Objects are named aws/lambda/<mapping>/…; that there is no other name AWS does not promise.
      return [
        {
          anyOf: [`${destination}/*`, `${destination}/aws/lambda/*`].map((resource) => ({
            action: 's3:PutObject',
            resources: [resource],
          })) as NeededCall['anyOf'],
          weight: 'needed',
        },
        { ...call('s3:ListBucket', destination), weight: 'advised' },
      ];
    default:
      return [];
  }
}

/** A producer that writes idempotently needs it on the cluster; AWS does not say that Lambda's is one. */
export const idempotentWriteCalls = (cluster: ClusterIdentity): NeededCall[] => [
  { ...call('kafka-cluster:WriteDataIdempotently', kafkaArn(cluster, 'cluster')), weight: 'advised' },
];

/** What a destination under a key of one's own asks of that key (AWS: Kafka on-failure destinations). */
export function destinationKeyCalls(kind: string, keyArn: string): NeededCall[] {
  const actions = kind === 's3' ? ['kms:GenerateDataKey'] : ['kms:GenerateDataKey', 'kms:Decrypt'];
  return actions.map((action) => ({ ...keyCall(action, keyArn, kind), weight: 'advised' }));
}

/** Glue asks for the registry and for the schemas in it. */
export function registryCalls(registryArn: string): NeededCall[] {
  const schema = `${registryArn.replace(':registry/', ':schema/')}/*`;
  return [
    call('glue:GetRegistry', registryArn),
    {
      anyOf: [registryArn, schema, '*'].map((resource) => ({
        action: 'glue:GetSchemaVersion',
        resources: [resource],
      })) as NeededCall['anyOf'],
      weight: 'needed',
    },
  ];
}
