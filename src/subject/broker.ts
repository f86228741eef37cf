/** The bootstrap string of an authentication method, and its port. */
import type { EventSource } from '../aws/event-source.js';
import { type AuthMethod, brokerPorts, connectionPorts } from '../aws/msk.js';
import type { BootstrapBrokers } from '../snapshot/resources/index.js';

/** The bootstrap brokers that Lambda selects. `hosts`: `host:port`, as AWS returns them. */
export interface BrokerChoice {
  method: AuthMethod;
  /** The member of GetBootstrapBrokers' answer. */
  field: keyof BootstrapBrokers;
  /** Empty where GetBootstrapBrokers has no address for the method. */
  hosts: string[];
  /**
   * Distinct ports of the hosts, or the method's port where there are no hosts. For a VPC connection every port from
   * 14001 to 14100.
   */
  ports: { from: number; to: number };
}

const fields: Record<AuthMethod, keyof BootstrapBrokers> = {
  mtls: 'BootstrapBrokerStringTls',
  scram: 'BootstrapBrokerStringSaslScram',
  iam: 'BootstrapBrokerStringSaslIam',
  tls: 'BootstrapBrokerStringTls',
  plaintext: 'BootstrapBrokerString',
};
const connectionFields: Partial<Record<AuthMethod, keyof BootstrapBrokers>> = {
  mtls: 'BootstrapBrokerStringVpcConnectivityTls',
  scram: 'BootstrapBrokerStringVpcConnectivitySaslScram',
  iam: 'BootstrapBrokerStringVpcConnectivitySaslIam',
};

/** `host:port` entries of a bootstrap string. */
export const splitHosts = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '');

/**
 * The hosts for a method. AWS does not document that pollers ever use the public strings, so the private ones are
 * used.
 */
export function chooseBroker(method: AuthMethod, kind: EventSource['kind'], strings: BootstrapBrokers): BrokerChoice {
  const field = (kind === 'vpc-connection' ? connectionFields[method] : undefined) ?? fields[method];
  const hosts = splitHosts(strings[field]);
  return { method, field, hosts, ports: kind === 'vpc-connection' ? connectionPorts : portsOf(method, hosts) };
}

/** The ports of the hosts; the method's default where they have none. */
export function portsOf(method: AuthMethod, hosts: readonly string[]): { from: number; to: number } {
  const ports = hosts
    .map((host) => Number(host.slice(host.lastIndexOf(':') + 1)))
    .filter((port) => Number.isInteger(port) && port > 0 && port < 65536);
  if (ports.length === 0) return { from: brokerPorts[method], to: brokerPorts[method] };
  return { from: Math.min(...ports), to: Math.max(...ports) };
}
