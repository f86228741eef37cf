/** A trigger by what policies speak of: one that is there, or one that is only meant. */
import {
  destinationCalls,
  destinationKeyCalls,
  idempotentWriteCalls,
  isServerless,
  kafkaConfigurationCalls,
  kafkaConnectCalls,
  kafkaGroupCalls,
  kafkaTopicCalls,
  keyCalls,
  logCalls,
  mskApiCalls,
  networkInterfaceCalls,
  registryCalls,
  secretCalls,
  type ClusterIdentity,
  type NeededCall,
} from './needed-calls.js';

export interface PolicySubject {
  functionArn: string;
  logGroup: string;
  /** Null where it is not known. */
  roleArn: string | null;
  cluster: ClusterIdentity;
  /** For another account's cluster. */
  connectionArn: string | null;
  topic: string;
  /** `*` where Lambda will name it. */
  group: string;
  auth: 'mtls' | 'scram' | 'iam' | 'tls' | 'plaintext';
  secretArn: string | null;
  /** The secret's own key; null under the default one of Secrets Manager. */
  keyArn: string | null;
  /** ARN or `kafka://topic`; empty for none. */
  destination: string;
  destinationKeyArn: string | null;
  /** The ARN of a Glue registry; empty for none. */
  registry: string;
  /** Secrets by which a registry is signed in to. */
  registrySecrets: readonly string[];
  /** As Kafka sees the pollers, `User:…`; null where the secret that tells it was not read. */
  principal: string | null;
  /** `host:port`, or null where it is not known. */
  broker: string | null;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>` in its parts; a qualifier is left out. */
export function functionParts(functionArn: string): {
  partition: string;
  region: string;
  account: string;
  name: string;
} {
  const [, partition = 'aws', , region = '', account = '', , name = ''] = functionArn.split(':');
  return { partition, region, account, name };
}

/** Every call that AWS makes with the execution role for the trigger. */
export function callsOf(trigger: PolicySubject): NeededCall[] {
  const { cluster, destination, secretArn, keyArn } = trigger;
  const byIam = trigger.auth === 'iam';
  return [
    ...mskApiCalls(cluster, trigger.connectionArn),
    ...networkInterfaceCalls({ ...functionParts(trigger.functionArn), subnets: [], securityGroups: [] }),
    ...logCalls(trigger.functionArn, trigger.logGroup),
    ...(byIam
      ? [
          ...kafkaConnectCalls(cluster),
          ...(isServerless(cluster) ? [] : kafkaConfigurationCalls(cluster)),
          ...kafkaTopicCalls(cluster, trigger.topic),
          ...kafkaGroupCalls(cluster, trigger.group),
        ]
      : []),
    ...(secretArn === null ? [] : secretCalls(secretArn)),
    ...(secretArn === null || keyArn === null ? [] : keyCalls(keyArn, secretArn)),
    ...destinationCalls(destination, cluster, byIam),
    ...(destination.startsWith('kafka://') && byIam ? idempotentWriteCalls(cluster) : []),
    ...(trigger.destinationKeyArn === null
      ? []
      : destinationKeyCalls(destination.split(':')[2] ?? '', trigger.destinationKeyArn)),
    ...(/^arn:[^:]+:glue:/.test(trigger.registry) ? registryCalls(trigger.registry) : []),
    ...trigger.registrySecrets.flatMap((uri) => (uri.startsWith('arn:') ? secretCalls(uri) : [])),
  ];
}
