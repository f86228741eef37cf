/** A healthy account as a complete snapshot. Examples and tests each change one thing in it. All names are invented. */
import { brokerPorts, secretTypes, takesSecret } from '../aws/msk.js';
import { ok } from '../snapshot/read.js';
import type * as r from '../snapshot/resources/index.js';
import { emptySnapshot, type Snapshot } from '../snapshot/snapshot.js';
import {
  account,
  capturedAt,
  clusterArn,
  clusterName,
  functionArn,
  functionName,
  groupId,
  keyId,
  region,
  roleArn,
  secretArn,
  subnetIds,
  topic,
  uuid,
  type HealthyOptions,
} from './healthy/names.js';
import { addNetwork } from './healthy/network.js';
import { addRole, addSecret } from './healthy/rights.js';

export * from './healthy/names.js';
export * from './healthy/rules.js';
export { interfaceEndpoint } from './healthy/network.js';

/** A healthy account with one mapping. Each call returns a new object that the caller may change. */
export function healthyAccount({
  auth = 'iam',
  wayOut = 'endpoints',
  provisioned = false,
}: HealthyOptions = {}): Snapshot {
  const snapshot = emptySnapshot({
    tool: { name: 'msk-lambda', version: 'sandbox' },
    partition: 'aws',
    region,
    account,
    caller: `arn:aws:iam::${account}:user/you`,
    capturedAt,
  });
  snapshot.targets = [uuid];
  addMapping(snapshot, auth, provisioned);
  addCluster(snapshot, auth);
  addNetwork(snapshot, brokerPorts[auth], wayOut);
  addRole(snapshot, auth);
  if (auth === 'scram' || auth === 'mtls') addSecret(snapshot, auth);
  return snapshot;
}

function addMapping(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>, provisioned: boolean) {
  const secretType = takesSecret(auth) ? secretTypes[auth] : undefined;
  snapshot.mappings[uuid] = ok<r.Mapping>({
    UUID: uuid,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${uuid}`,
    EventSourceArn: clusterArn,
    FunctionArn: functionArn,
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    LastProcessingResult: 'OK',
    LastModified: '2026-11-20T08:00:00.000Z',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    Topics: [topic],
    SourceAccessConfigurations: secretType === undefined ? [] : [{ Type: secretType, URI: secretArn }],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid },
    FunctionResponseTypes: [],
    ...(provisioned ? { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 } } : {}),
  });
  snapshot.mappingLists['*'] = ok([uuid]);
  snapshot.mappingLists[clusterArn] = ok([uuid]);
  snapshot.functions[functionArn] = ok<r.FunctionConfiguration>({
    FunctionName: functionName,
    FunctionArn: functionArn,
    Role: roleArn,
    Runtime: 'nodejs22.x',
    Version: '$LATEST',
    Timeout: 30,
    MemorySize: 256,
    LastModified: '2026-11-19T08:00:00.000+0000',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  });
  snapshot.concurrency[functionArn] = ok({});
}

function addCluster(snapshot: Snapshot, auth: NonNullable<HealthyOptions['auth']>) {
  const on = (method: string) => ({ Enabled: auth === method });
  snapshot.clusters[clusterArn] = ok<r.Cluster>({
    ClusterArn: clusterArn,
    ClusterName: clusterName,
    ClusterType: 'PROVISIONED',
    State: 'ACTIVE',
    CreationTime: '2026-01-10T08:00:00.000Z',
    CurrentVersion: 'K3AEGXETSR30VB',
    Provisioned: {
      NumberOfBrokerNodes: 3,
      EnhancedMonitoring: 'DEFAULT',
      BrokerNodeGroupInfo: {
        ClientSubnets: [...subnetIds],
        SecurityGroups: [groupId],
        InstanceType: 'kafka.m7g.large',
        ZoneIds: ['euw1-az1', 'euw1-az2', 'euw1-az3'],
        ConnectivityInfo: { NetworkType: 'IPV4', PublicAccess: { Type: 'DISABLED' } },
      },
      CurrentBrokerSoftwareInfo: { KafkaVersion: '3.8.x' },
      ClientAuthentication: {
        Sasl: { Iam: on('iam'), Scram: on('scram') },
        Tls: {
          ...on('mtls'),
          CertificateAuthorityArnList:
            auth === 'mtls' ? [`arn:aws:acm-pca:${region}:${account}:certificate-authority/${keyId}`] : [],
        },
        Unauthenticated: { Enabled: auth === 'tls' || auth === 'plaintext' },
      },
      EncryptionInfo: {
        EncryptionInTransit: { ClientBroker: auth === 'plaintext' ? 'PLAINTEXT' : 'TLS', InCluster: true },
      },
    },
  });
  const field = {
    iam: 'BootstrapBrokerStringSaslIam',
    scram: 'BootstrapBrokerStringSaslScram',
    mtls: 'BootstrapBrokerStringTls',
    tls: 'BootstrapBrokerStringTls',
    plaintext: 'BootstrapBrokerString',
  }[auth];
  const hosts = [1, 2, 3].map(
    (broker) =>
      `b-${broker}.${clusterName.replace('-', '')}.abc123.c2.kafka.${region}.amazonaws.com:${brokerPorts[auth]}`,
  );
  snapshot.bootstrapBrokers[clusterArn] = ok<r.BootstrapBrokers>({ [field]: hosts.join(',') });
  snapshot.topics[clusterArn] = ok<r.Topic[]>([
    { TopicName: topic, PartitionCount: 6, ReplicationFactor: 3, OutOfSyncReplicaCount: 0 },
    { TopicName: 'payments', PartitionCount: 3, ReplicationFactor: 3, OutOfSyncReplicaCount: 0 },
  ]);
}
