/** The calls that AWS makes with the execution role on behalf of a mapping: action and exact resource (AWS: MSK permissions). */
import type { Context } from './context.js';
import { arnFields } from './pattern.js';

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
  /** A part of the resource is not known to us, so that an allow on some other resource may be the right one. */
  inexact?: boolean;
}

const call = (action: string, ...resources: string[]): NeededCall => ({ anyOf: [{ action, resources }], weight: 'needed' });

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

const exactness = (cluster: ClusterIdentity) => (cluster.uuid === '*' ? { inexact: true } : {});

/** The UUID of a Serverless cluster ends in `-s1`. */
export const isServerless = ({ uuid }: ClusterIdentity): boolean => /-s\d+$/.test(uuid);

/** MSK's control plane. Serverless is described by the second version of the call only. */
export function mskApiCalls(cluster: ClusterIdentity, connectionArn: string | null): NeededCall[] {
  const arn = kafkaArn(cluster, 'cluster');
  const crossAccount = connectionArn !== null;
  // Across accounts AWS does not say on which of the two ARNs it asks.
  const on = (action: string): CallRequest[] => [arn, ...(crossAccount ? [connectionArn] : [])].map((resource) => ({ action, resources: [resource] }));
  const describe = [...on('kafka:DescribeClusterV2'), ...(isServerless(cluster) ? [] : on('kafka:DescribeCluster'))];
  const either = (requests: CallRequest[]): NeededCall => ({
    anyOf: requests as NeededCall['anyOf'],
    weight: 'needed',
    ...(crossAccount ? { inexact: true } : {}),
  });
  return [
    either(describe),
    either(on('kafka:GetBootstrapBrokers')),
    ...(crossAccount ? [call('kafka:DescribeVpcConnection', connectionArn)] : []),
  ];
}

/**
 * EC2's describing calls take no resource: only `*` grants them. The other two take the ARNs of what they touch, here
 * any of the account's; where a policy allows only some of them it cannot be told whether those are enough.
 */
export function networkInterfaceCalls({ partition, region, account }: { partition: string; region: string; account: string }): NeededCall[] {
  const any = (type: string) => `arn:${partition}:ec2:${region}:${account}:${type}/*`;
  // Lambda puts the function's ARN into calls of the function's own code only (AWS: lambda:SourceFunctionArn).
  const context = { 'lambda:SourceFunctionArn': null };
  return [
    call('ec2:CreateNetworkInterface', any('network-interface'), any('subnet'), any('security-group')),
    call('ec2:DescribeNetworkInterfaces', '*'),
    call('ec2:DescribeVpcs', '*'),
    call('ec2:DeleteNetworkInterface', any('network-interface')),
    call('ec2:DescribeSubnets', '*'),
    call('ec2:DescribeSecurityGroups', '*'),
  ].map((needed) => ({ ...needed, context }));
}

/** What a running function writes. Its log group may be there already, so the right to make one is not asked for. */
export function logCalls(functionArn: string, logGroup: string): NeededCall[] {
  const [, partition, , region, account] = arnFields(functionArn);
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroup}`;
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
    anyOf: [`${group}:*`, group, `${group}:log-stream:*`].map((resource) => ({ action, resources: [resource] })) as NeededCall['anyOf'],
    weight: 'advised',
    inexact: true,
  }));
}

export const kafkaConnectCalls = (cluster: ClusterIdentity): NeededCall[] => [
  { ...call('kafka-cluster:Connect', kafkaArn(cluster, 'cluster')), ...exactness(cluster) },
];

/** In AWS's older list of rights; Serverless does not know it. */
export const kafkaConfigurationCalls = (cluster: ClusterIdentity): NeededCall[] => [
  { ...call('kafka-cluster:DescribeClusterDynamicConfiguration', kafkaArn(cluster, 'cluster')), weight: 'advised', ...exactness(cluster) },
];

export const kafkaTopicCalls = (cluster: ClusterIdentity, topic: string): NeededCall[] =>
  ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'].map((action) => ({
    ...call(action, kafkaArn(cluster, 'topic', topic)),
    ...exactness(cluster),
  }));

export const kafkaGroupCalls = (cluster: ClusterIdentity, group: string): NeededCall[] =>
  ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'].map((action) => ({
    ...call(action, kafkaArn(cluster, 'group', group)),
    ...exactness(cluster),
  }));

export const secretCalls = (secretArn: string): NeededCall[] => [call('secretsmanager:GetSecretValue', secretArn)];

/** Secrets Manager decrypts in the role's name: the key sees the call come through it. */
export function keyCalls(keyArn: string, secretArn: string): NeededCall[] {
  const [, partition, , region, account] = arnFields(keyArn);
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const context: Context = {
    'kms:ViaService': `secretsmanager.${region}.${suffix}`,
    'kms:CallerAccount': account ?? null,
    'kms:EncryptionContext:SecretARN': secretArn,
  };
  return [{ ...call('kms:Decrypt', keyArn), context }];
}

/** The on-failure destination's right; none for what is no destination that Lambda knows. */
export function destinationCalls(destination: string, cluster: ClusterIdentity): NeededCall[] {
  if (destination.startsWith('kafka://')) {
    const topic = destination.slice('kafka://'.length);
    return ['kafka-cluster:WriteData', 'kafka-cluster:DescribeTopic'].map((action) => call(action, kafkaArn(cluster, 'topic', topic)));
  }
  switch (destination.split(':')[2]) {
    case 'sqs':
      return [call('sqs:SendMessage', destination)];
    case 'sns':
      return [call('sns:Publish', destination)];
    case 's3':
      return [call('s3:PutObject', `${destination}/*`), { ...call('s3:ListBucket', destination), weight: 'advised' }];
    default:
      return [];
  }
}

/** Glue asks for the registry and for the schemas in it. */
export function registryCalls(registryArn: string): NeededCall[] {
  const schema = `${registryArn.replace(':registry/', ':schema/')}/*`;
  return [
    call('glue:GetRegistry', registryArn),
    { anyOf: [registryArn, schema, '*'].map((resource) => ({ action: 'glue:GetSchemaVersion', resources: [resource] })) as NeededCall['anyOf'], weight: 'needed', inexact: true },
  ];
}
