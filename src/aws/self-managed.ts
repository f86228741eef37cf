/** Self-managed Kafka as the source of a mapping, and how to recognize brokers of Amazon MSK in it. */

interface SelfManaged {
  SelfManagedEventSource?: { Endpoints?: Record<string, string[]> | undefined } | undefined;
}

/** `host:port` of each bootstrap server (API reference: SelfManagedEventSource). */
export const bootstrapServersOf = ({ SelfManagedEventSource: source }: SelfManaged): string[] =>
  Object.values(source?.Endpoints ?? {}).flat();

export const hostOf = (server: string): string => server.trim().replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();

/** Only MSK has host names in this domain (AWS: getting the bootstrap brokers). */
export const isMskHost = (host: string): boolean =>
  /\.kafka(-serverless)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(host);

export const isOnMsk = (mapping: SelfManaged): boolean =>
  bootstrapServersOf(mapping).some((server) => isMskHost(hostOf(server)));

/**
 * What the brokers of a cluster have in common: `b-3.orders.abc123.c2.kafka…` without its first label, because
 * GetBootstrapBrokers names three brokers at most. Other host names (Serverless) are of one cluster as they are.
 */
export const brokerDomainOf = (host: string): string => host.replace(/^b-\d+(-public)?\./, '');

/** Host names (`b-1.orders.abc123.c2.kafka…`) hold the cluster's name in small letters, without hyphens, and cut where it is long. */
export function mayBeOfCluster(host: string, clusterName: string): boolean {
  if (host.includes('.kafka-serverless.')) return true;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return brokerDomainOf(host)
    .replace(/\.c\d+\.kafka\..*$/, '')
    .split('.')
    .some((label) => label !== '' && plain(clusterName).startsWith(plain(label)));
}
