/** The lists of the account for the wizard, each read on first use. */
import { findMappings } from '../../../../account/queries/mappings.js';
import type { Clients } from '../../../../account/clients.js';
import { listClusters, listScramSecrets, listTopics } from '../../../../account/queries/clusters.js';
import { listFunctions } from '../../../../account/queries/functions.js';
import { listSecrets } from '../../../../account/queries/secrets.js';
import { lookUpBootstrap, lookUpCluster } from '../../../../account/queries/clusters.js';
import { isOk, mapRead, type Read, type ReadFailure } from '../../../../snapshot/read.js';
import type { Cluster, FunctionConfiguration, Mapping, Secret, Topic } from '../../../../snapshot/resources/index.js';

/** Read during a question, where a progress line would disturb. */
const quiet = new Set(['brokers']);

export interface Lists {
  functions(): Promise<Read<FunctionConfiguration[]>>;
  clusters(): Promise<Read<Cluster[]>>;
  cluster(arn: string): Promise<Read<Cluster>>;
  /** Bootstrap brokers as clients use them, one list per authentication method. */
  brokers(clusterArn: string): Promise<Read<string[]>>;
  topics(clusterArn: string): Promise<Read<Topic[]>>;
  mappings(clusterArn: string): Promise<Read<Mapping[]>>;
  secrets(): Promise<Read<Secret[]>>;
  scramSecrets(clusterArn: string): Promise<Read<string[]>>;
}

/** `reading`: clients with the time limit for reading, which restarts with each list. */
export function openLists(
  reading: () => Clients,
  progress: <T>(title: string, work: () => Promise<T>) => Promise<T>,
): Lists {
  const made = new Map<string, Promise<unknown>>();
  const once = async <T>(key: string, work: () => Promise<Read<T>>): Promise<Read<T>> => {
    const kind = key.split(' ')[0]!;
    const earlier = made.get(key) as Promise<Read<T>> | undefined;
    if (earlier !== undefined) return earlier;
    const list = quiet.has(kind) ? work() : progress(`Reading ${kind}`, work);
    made.set(key, list);
    // A failed read is repeated when the question is asked again.
    if (!isOk(await list)) made.delete(key);
    return list;
  };
  return {
    functions: () => once('functions', () => listFunctions(reading())),
    clusters: () => once('clusters', () => listClusters(reading())),
    cluster: (arn) => once(`cluster ${arn}`, () => lookUpCluster(reading(), arn)),
    brokers: (arn) =>
      once(`brokers ${arn}`, async () =>
        mapRead(await lookUpBootstrap(reading(), arn), (strings) => Object.values(strings)),
      ),
    topics: (arn) => once(`topics ${arn}`, () => listTopics(reading(), arn)),
    mappings: (arn) => once(`mappings ${arn}`, () => findMappings(reading(), arn)),
    secrets: () => once('secrets', () => listSecrets(reading())),
    scramSecrets: (arn) => once(`secrets ${arn}`, () => listScramSecrets(reading(), arn)),
  };
}

/** Why a list is missing, for the question that must do without it. */
export const unreadList = (what: string, { outcome, action, error }: ReadFailure): string =>
  outcome === 'denied'
    ? `${what} could not be listed: your credentials need ${action}.`
    : `${what} could not be listed: ${error}.`;
