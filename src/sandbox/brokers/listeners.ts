/** The listeners of an account's brokers, from the bootstrap strings of its clusters. */
import { type AuthMethod, brokerPorts } from '../../aws/msk.js';
import { isOk } from '../../snapshot/read.js';
import type { BootstrapBrokers, Cluster } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';

/** How clients log in on a listener; on the TLS listener with a certificate, without one, or both ways. */
export type ListenerKind = 'plaintext' | 'tls' | 'scram' | 'iam';

export interface Listener {
  clusterArn: string;
  kind: ListenerKind;
  host: string;
  port: number;
  /** Kafka's number of the broker. */
  node: number;
  /** The address that the account's DNS gives for the host. */
  address: string;
}

const fields: readonly [keyof BootstrapBrokers, ListenerKind, AuthMethod][] = [
  ['BootstrapBrokerString', 'plaintext', 'plaintext'],
  ['BootstrapBrokerStringTls', 'tls', 'tls'],
  ['BootstrapBrokerStringSaslScram', 'scram', 'scram'],
  ['BootstrapBrokerStringSaslIam', 'iam', 'iam'],
];

/** Every listener of every cluster that the account shows. Its bootstrap strings may name a part of the brokers. */
export function listenersOf({ bootstrapBrokers, clusters }: Snapshot): Listener[] {
  return Object.entries(bootstrapBrokers).flatMap(([clusterArn, read], index) => {
    if (!isOk(read)) return [];
    const cluster = clusters[clusterArn];
    const count = cluster !== undefined && isOk(cluster) ? nodesOf(cluster.value) : 0;
    return fields.flatMap(([field, kind, method]) =>
      hostsOf(read.value[field], brokerPorts[method], count).map((target, broker) => ({
        ...target,
        clusterArn,
        kind,
        node: broker + 1,
        address: `10.0.${broker % 3}.${20 + 10 * index + Math.floor(broker / 3)}`,
      })),
    );
  });
}

const nodesOf = ({ Provisioned: provisioned }: Cluster): number => provisioned?.NumberOfBrokerNodes ?? 0;

/** The brokers of a provisioned cluster are b-1, b-2, …: also those that the string leaves out. */
function hostsOf(text: string | undefined, defaultPort: number, count: number): { host: string; port: number }[] {
  const named = (text ?? '').split(',').flatMap((entry) => {
    const [host = '', port = String(defaultPort)] = entry.trim().split(':');
    return host === '' ? [] : [{ host, port: Number(port) }];
  });
  const [first] = named;
  if (first === undefined || !first.host.startsWith('b-1.') || named.length >= count) return named;
  const domain = first.host.slice('b-1'.length);
  return Array.from({ length: count }, (_, broker) => ({ ...first, host: `b-${broker + 1}${domain}` }));
}
