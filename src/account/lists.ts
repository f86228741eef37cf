/** What there is to choose from in a region, for questions at the terminal and for resolving names. */
import * as z from 'zod/mini';
import {
  clusterSchema,
  functionSchema,
  secretSchema,
  topicSchema,
  type Cluster,
  type FunctionConfiguration,
  type Secret,
  type Topic,
} from '../snapshot/resources/index.js';
import { mapRead, type Read } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { keepList, Reader } from './reader.js';

const regionSchema = z.object({ RegionName: z.optional(z.string()) });
const nextToken: { token: [string, string] } = { token: ['NextToken', 'NextToken'] };

export async function listFunctions(clients: Clients): Promise<Read<FunctionConfiguration[]>> {
  const pages = await new Reader(clients).pages(
    'lambda',
    'ListFunctions',
    {},
    { items: 'Functions', token: ['NextMarker', 'Marker'] },
  );
  return keepList(pages, functionSchema, { service: 'lambda', operation: 'ListFunctions' });
}

export async function listClusters(clients: Clients): Promise<Read<Cluster[]>> {
  const pages = await new Reader(clients).pages(
    'kafka',
    'ListClustersV2',
    {},
    { items: 'ClusterInfoList', ...nextToken },
  );
  return keepList(pages, clusterSchema, { service: 'kafka', operation: 'ListClustersV2' });
}

/** Topics of a provisioned cluster on Kafka 3.6 or later; others refuse the question. */
export async function listTopics(clients: Clients, clusterArn: string): Promise<Read<Topic[]>> {
  const pages = await new Reader(clients).pages(
    'kafka',
    'ListTopics',
    { ClusterArn: clusterArn },
    { items: 'Topics', ...nextToken, resource: clusterArn },
  );
  return keepList(pages, topicSchema, { service: 'kafka', operation: 'ListTopics', resource: clusterArn });
}

/** Secrets with their names; no value is read. Those that are scheduled for deletion are among them. */
export async function listSecrets(clients: Clients): Promise<Read<Secret[]>> {
  const pages = await new Reader(clients).pages(
    'secretsmanager',
    'ListSecrets',
    { IncludePlannedDeletion: true },
    { items: 'SecretList', ...nextToken },
  );
  return keepList(pages, secretSchema, { service: 'secretsmanager', operation: 'ListSecrets' });
}

/** ARNs of the secrets that a cluster knows for SASL/SCRAM. */
export async function listScramSecrets(clients: Clients, clusterArn: string): Promise<Read<string[]>> {
  const pages = await new Reader(clients).pages(
    'kafka',
    'ListScramSecrets',
    { ClusterArn: clusterArn },
    { items: 'SecretArnList', ...nextToken, resource: clusterArn },
  );
  return keepList(pages, z.string(), { service: 'kafka', operation: 'ListScramSecrets', resource: clusterArn });
}

/** Names of the regions that this account may use. */
export async function listRegions(clients: Clients): Promise<Read<string[]>> {
  const pages = await new Reader(clients).pages('ec2', 'DescribeRegions', {}, { items: 'Regions', ...nextToken });
  const regions = keepList(pages, regionSchema, { service: 'ec2', operation: 'DescribeRegions' });
  return mapRead(regions, (list) => list.flatMap((region) => region.RegionName ?? []).toSorted());
}
