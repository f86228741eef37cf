/** The bootstrap string that belongs to an authentication method, and its port. */
import type { EventSource } from '../aws/event-source.js';
import { type AuthMethod, brokerPorts, connectionPorts } from '../aws/msk.js';
import type { BootstrapBrokers } from '../snapshot/resources/index.js';

/** The bootstrap brokers Lambda picks. `hosts` are `host:port` as AWS gave them. */
export interface BrokerChoice {
  method: AuthMethod;
  /** The member of GetBootstrapBrokers' answer. */
  field: keyof BootstrapBrokers;
  /** Empty where GetBootstrapBrokers has no address for the method. */
  hosts: string[];
  /** Distinct ports of the hosts; by the method's rule where there are no hosts. For a VPC connection every port 14001–14100. */
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

/** The hosts Lambda gets for a method. Whether pollers ever use the public strings is not documented: the private ones are taken. */
export function chooseBroker(method: AuthMethod, kind: EventSource['kind'], strings: BootstrapBrokers): BrokerChoice {
  const field = (kind === 'vpc-connection' ? connectionFields[method] : undefined) ?? fields[method];
  const hosts = splitHosts(strings[field]);
  return { method, field, hosts, ports: kind === 'vpc-connection' ? connectionPorts : portsOf(method, hosts) };
}

/** Ports as the hosts give them; the method's own where they give none. */
export function portsOf(method: AuthMethod, hosts: readonly string[]): { from: number; to: number } {
  const ports = hosts
    .map((host) => Number(host.slice(host.lastIndexOf(':') + 1)))
    .filter((port) => Number.isInteger(port) && port > 0 && port < 65536);
  if (ports.length === 0) return { from: brokerPorts[method], to: brokerPorts[method] };
  return { from: Math.min(...ports), to: Math.max(...ports) };
}
