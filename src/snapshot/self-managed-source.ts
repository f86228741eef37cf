/** The source of a mapping on self-managed Kafka, and the MSK cluster of this account behind it, if there is one. */
import { clusterNameOf } from '../aws/event-source.js';
import { bootstrapServersOf, brokerDomainOf, hostOf, isMskHost, isOnMsk } from '../aws/self-managed.js';
import { isOk, lookup, type ReadFailure } from './read.js';
import type { BootstrapBrokers, Mapping } from './resources/index.js';
import type { Snapshot } from './snapshot.js';

export interface SelfManagedSource {
  bootstrapServers: string[];
  /** Null where it is not an MSK cluster, is in another account, or could not be checked. */
  clusterArn: string | null;
  /** A clause for people, without a period. */
  because: string;
  /** The failed reads that would identify the cluster. */
  missing: ReadFailure[];
}

export function selfManagedSource(snapshot: Snapshot, mapping: Mapping): SelfManagedSource {
  const bootstrapServers = bootstrapServersOf(mapping);
  const source = (clusterArn: string | null, because: string, missing: ReadFailure[] = []): SelfManagedSource => ({
    bootstrapServers,
    clusterArn,
    because: `self-managed source${because}`,
    missing,
  });
  if (!isOnMsk(mapping)) return source(null, '; its bootstrap servers have no host names of Amazon MSK');
  const candidates = lookup(snapshot.selfManagedClusters, mapping.UUID, {
    service: 'kafka',
    operation: 'ListClustersV2',
  });
  if (!isOk(candidates)) return source(null, ` on Amazon MSK; could not check which cluster`, [candidates]);
  const domains = new Set(bootstrapServers.map(hostOf).filter(isMskHost).map(brokerDomainOf));
  const brokers = candidates.value.map((arn) => ({
    arn,
    read: lookup(snapshot.bootstrapBrokers, arn, { service: 'kafka', operation: 'GetBootstrapBrokers' }),
  }));
  const match = brokers.find(({ read }) => isOk(read) && domainsOf(read.value).some((domain) => domains.has(domain)));
  if (match !== undefined) return source(match.arn, ` on the MSK cluster ${clusterNameOf(match.arn) ?? match.arn}`);
  const unread = brokers.flatMap(({ arn, read }) => (isOk(read) ? [] : [{ arn, read }]));
  if (unread.length === 0) return source(null, ' on Amazon MSK, on a cluster that is not in this account and region');
  const names = unread.map(({ arn }) => clusterNameOf(arn) ?? arn).join(' or ');
  return source(
    null,
    ` on Amazon MSK; the host names fit the cluster ${names}, and its brokers could not be read`,
    unread.map(({ read }) => read),
  );
}

const domainsOf = (brokers: BootstrapBrokers): string[] =>
  Object.values(brokers).flatMap((list) =>
    (list ?? '')
      .split(',')
      .filter((server) => server !== '')
      .map((server) => brokerDomainOf(hostOf(server))),
  );
