/** A typical region: two clusters, four functions, six mappings in different states. */
import { ok } from '../../snapshot/read.js';
import type * as r from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, value, type SandboxAccount } from '../account.js';
import {
  account,
  clusterArn,
  clusterName,
  clusterUuid,
  functionArn,
  managedPolicyArn,
  region,
  roleArn,
  topic,
  uuid,
} from '../healthy.js';
import { problem } from './texts.js';

const auditUuid = '1c2d3e4f-5061-4273-8495-a6b7c8d9e0f1-2';
const auditArn = clusterArn.replace(clusterName, 'audit-cluster').replace(clusterUuid, auditUuid);
const mappingUuid = (number: number) => `5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b${number}`;

export const sixMappings: SandboxAccount = broken(
  'several',
  'Six mappings on two clusters and four functions: healthy, with warnings, broken and disabled',
  'cluster.topic',
  null,
  {},
  (snapshot) => {
    addAuditCluster(snapshot);
    const clusters = `arn:aws:kafka:${region}:${account}`;
    const everything = { Effect: 'Allow', Action: 'kafka-cluster:*', Resource: `${clusters}:*/*` };
    allow(snapshot, functionArn, everything);
    addFunction(snapshot, 'payment-handler', {
      ...everything,
      Action: ['Connect', 'DescribeTopic', 'ReadData', 'DescribeGroup', 'AlterGroup'].map(
        (name) => `kafka-cluster:${name}`,
      ),
    });
    addFunction(snapshot, 'report-builder', everything);
    // May only use the consumer groups of the audit cluster.
    addFunction(snapshot, 'audit-writer', {
      ...everything,
      Resource: [`${clusters}:cluster/*`, `${clusters}:topic/*`, `${clusters}:group/audit-cluster/*`],
    });
    addMapping(snapshot, 21, {
      FunctionArn: named('payment-handler'),
      Topics: ['payments'],
      // More than the topic's three partitions: the others read nothing, and are billed.
      ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 10 },
    });
    addMapping(snapshot, 22, {
      FunctionArn: named('audit-writer'),
      LastProcessingResult: problem('cluster-failed-to-authorize'),
    });
    addMapping(snapshot, 23, {
      FunctionArn: named('audit-writer'),
      EventSourceArn: auditArn,
      Topics: ['audit-trial'],
      LastProcessingResult: problem('connection-error'),
    });
    addMapping(snapshot, 24, {
      FunctionArn: named('report-builder'),
      EventSourceArn: auditArn,
      Topics: ['audit-trail'],
      State: 'Disabled',
    });
    addMapping(snapshot, 25, {
      EventSourceArn: auditArn,
      Topics: ['audit-trail'],
      LastProcessingResult: 'No records processed',
    });
    snapshot.targets = Object.keys(snapshot.mappings);
    snapshot.mappingLists['*'] = ok([...snapshot.targets]);
  },
);

const named = (name: string) => functionArn.replace(/[^:]+$/, name);

function addAuditCluster(snapshot: Snapshot): void {
  const cluster = structuredClone(value(snapshot.clusters, clusterArn));
  snapshot.clusters[auditArn] = ok<r.Cluster>({ ...cluster, ClusterArn: auditArn, ClusterName: 'audit-cluster' });
  const brokers = value(snapshot.bootstrapBrokers, clusterArn).BootstrapBrokerStringSaslIam!.replaceAll(
    'orderscluster.abc123',
    'auditcluster.def456',
  );
  snapshot.bootstrapBrokers[auditArn] = ok({ BootstrapBrokerStringSaslIam: brokers });
  snapshot.topics[auditArn] = ok([
    { TopicName: 'audit-trail', PartitionCount: 3, ReplicationFactor: 3, OutOfSyncReplicaCount: 0 },
  ]);
}

function addFunction(snapshot: Snapshot, name: string, statement: object): void {
  const [arn, role] = [named(name), roleArn.replace(/[^/]+$/, `${name}-role`)];
  snapshot.functions[arn] = ok({
    ...value(snapshot.functions, functionArn),
    FunctionName: name,
    FunctionArn: arn,
    Role: role,
  });
  snapshot.concurrency[arn] = ok({});
  snapshot.roles[role] = ok({
    ...value(snapshot.roles, roleArn),
    RoleName: `${name}-role`,
    Arn: role,
    RoleId: `AROAEXAMPLE${name.toUpperCase().replace('-', '')}`.slice(0, 21),
  });
  snapshot.attachedPolicies[role] = ok([{ PolicyName: 'AWSLambdaMSKExecutionRole', PolicyArn: managedPolicyArn }]);
  snapshot.inlinePolicyNames[role] = ok(['kafka-access']);
  allow(snapshot, arn, statement);
}

function allow(snapshot: Snapshot, arn: string, statement: object): void {
  snapshot.inlinePolicies[`${value(snapshot.functions, arn).Role!}#kafka-access`] = ok(
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  );
}

/** Like the healthy one, except for the given members. */
function addMapping(snapshot: Snapshot, number: number, change: Partial<r.Mapping>): void {
  const id = mappingUuid(number);
  const mapping: r.Mapping = {
    ...structuredClone(value(snapshot.mappings, uuid)),
    Topics: [topic],
    ...change,
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${id}`,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: id },
  };
  snapshot.mappings[id] = ok(mapping);
  const source = mapping.EventSourceArn!;
  const list = snapshot.mappingLists[source];
  snapshot.mappingLists[source] = ok([...(list?.outcome === 'ok' ? list.value : []), id]);
}
