/** A large account: clusters in VPCs of their own, functions with roles of their own, and mappings between them. */
import {
  healthyAccount,
  clusterName,
  clusterUuid,
  functionName,
  secretArn,
  topic,
  uuid,
  type HealthyOptions,
} from '../../src/sandbox/healthy.js';
import { isOk, type Keyed } from '../../src/snapshot/read.js';
import { collections, type CollectionName, type Snapshot } from '../../src/snapshot/snapshot.js';

export interface Size {
  mappings: number;
  clusters: number;
  functions: number;
}

const hex = (index: number, length: number) => index.toString(16).padStart(length, '0');

/** The healthy account with the names of cluster, VPC and all in it numbered; network ids end in five letters of their own. */
function numbered(text: string, cluster: number): string {
  return text
    .replaceAll('0a1b2c3d4e5f6', `0a1b${hex(cluster, 4)}4e5f6`)
    .replaceAll(clusterUuid, `${hex(cluster, 8)}${clusterUuid.slice(8)}`)
    .replaceAll(clusterName, `${clusterName}-${cluster}`)
    .replaceAll('orderscluster', `orderscluster${cluster}`)
    .replaceAll('AmazonMSK_orders', `AmazonMSK_orders-${cluster}`);
}

/** Every mapping is healthy. Each role may read every cluster: the rights of a function that has triggers on many. */
export function manyMappings({ mappings, clusters, functions }: Size, options: HealthyOptions = {}): Snapshot {
  const plain = JSON.stringify(healthyAccount(options));
  const whole = JSON.parse(plain) as Snapshot;
  for (const name of Object.keys(collections) as CollectionName[])
    (whole as unknown as Record<string, unknown>)[name] = {};
  const take = (text: string, only: readonly CollectionName[]) => {
    const part = JSON.parse(text) as Snapshot;
    for (const name of only) Object.assign(whole[name], part[name]);
    return part;
  };
  const ofFunction: CollectionName[] = [
    'functions',
    'concurrency',
    'roles',
    'inlinePolicies',
    'inlinePolicyNames',
    'attachedPolicies',
    'managedPolicies',
  ];
  const ofMapping: CollectionName[] = ['mappings', 'mappingLists'];
  const ofCluster = (Object.keys(collections) as CollectionName[]).filter(
    (name) => !ofFunction.includes(name) && !ofMapping.includes(name),
  );
  for (let cluster = 0; cluster < clusters; cluster++) take(numbered(plain, cluster), ofCluster);
  const anyCluster = plain
    .replaceAll(`${clusterName}/${clusterUuid}`, '*/*')
    .replaceAll(`*/*/${uuid}`, '*/*/*')
    .replaceAll(`*/*/${topic}`, '*/*/*')
    .replaceAll(secretArn, secretArn.replace('orders-Xy12Ab', '*'));
  for (let index = 0; index < functions; index++)
    take(anyCluster.replaceAll(functionName, `${functionName}-${index}`), ofFunction);
  whole.targets = [];
  for (let index = 0; index < mappings; index++) {
    const id = `${hex(index, 8)}${uuid.slice(8)}`;
    const text = numbered(plain, index % clusters)
      .replaceAll(uuid, id)
      .replaceAll(functionName, `${functionName}-${index % functions}`);
    each(
      take(text, ['mappings']).mappings,
      (mapping) => void (mapping.Topics = [`${topic}-${Math.floor(index / functions)}`]),
    );
    whole.targets.push(id);
  }
  const topics = Array.from({ length: Math.ceil(mappings / functions) }, (_, index) => ({
    TopicName: `${topic}-${index}`,
    PartitionCount: 6,
    ReplicationFactor: 3,
    OutOfSyncReplicaCount: 0,
  }));
  each(whole.topics, (list) => void list.push(...topics));
  whole.mappingLists = { '*': { outcome: 'ok', value: [...whole.targets] } };
  return whole;
}

/** Every read of the collection that went well, changed. */
export function each<T>(reads: Keyed<T>, change: (value: T, key: string) => void): void {
  for (const [key, read] of Object.entries(reads)) if (isOk(read)) change(read.value, key);
}
