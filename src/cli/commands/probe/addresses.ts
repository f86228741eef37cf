/** Bootstrap addresses as users write them. */
import { UsageError } from '../../../errors.js';
import { authNames, brokerPorts, type AuthMethod } from '../../../aws/msk.js';
import { visible } from '../../../text/visible.js';
import type { HostPort } from '../../../probe/probe-input.js';

/** Far more than a cluster has brokers. */
const mostAddresses = 200;

/** `HOST:PORT,HOST:PORT`, without repetitions. Throws `UsageError` for anything else: then nothing is sent. */
export function parseAddresses(list: string): HostPort[] {
  const words = list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw new UsageError('--bootstrap has no address', 'Expected HOST:PORT,HOST:PORT.');
  if (words.length > mostAddresses) throw new UsageError(`--bootstrap has more than ${mostAddresses} addresses`);
  const unique = [...new Set(words)];
  return unique.map(parseAddress);
}

function parseAddress(word: string): HostPort {
  const colon = word.lastIndexOf(':');
  const [name, digits] = [word.slice(0, colon), word.slice(colon + 1)];
  const port = Number(digits);
  const host = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  const isPort = /^\d{1,5}$/.test(digits) && port >= 1 && port <= 65_535;
  if (colon < 1 || !isPort || !isHost(host, name !== host))
    throw new UsageError(
      `“${visible(word)}” is not a bootstrap address`,
      'Expected HOST:PORT, for example b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9096.',
    );
  return { host, port };
}

/** A host name, an IPv4 address, or an IPv6 address in brackets. */
const isHost = (host: string, bracketed: boolean): boolean =>
  host.length <= 253 && (bracketed ? /^[0-9A-Fa-f:.%a-z]+$/.test(host) && host.includes(':') : /^[\w.-]+$/.test(host));

/** As Kafka writes an address. */
export const addressText = ({ host, port }: HostPort): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** Public ports are 100 higher (AWS: MSK port information). */
const publicOffset = 100;

/** Methods whose port it is, by AWS's port numbers; none for other ports, such as those of a VPC connection. */
const methodsOfPort = (port: number): AuthMethod[] =>
  (Object.keys(brokerPorts) as AuthMethod[]).filter(
    (method) => brokerPorts[method] === port || (method !== 'plaintext' && brokerPorts[method] + publicOffset === port),
  );

/**
 * The method without `--auth`: the one of the secret's content, otherwise of the ports. Throws `UsageError` where they
 * do not agree or do not show it.
 */
export function inferAuth(addresses: readonly HostPort[], ofSecret: AuthMethod | null): AuthMethod {
  const ports = [...new Set(addresses.map(({ port }) => port))];
  const possible = ports.map(methodsOfPort);
  const hint = 'Pass --auth mtls, scram, iam, tls or plaintext.';
  if (ofSecret !== null) {
    if (possible.some((methods) => methods.length > 0 && !methods.includes(ofSecret)))
      throw new UsageError(
        `the secret is for ${authNames[ofSecret]}, and port ${ports.join(', ')} is for another authentication method`,
        hint,
      );
    return ofSecret;
  }
  const common = (possible[0] ?? []).filter((method) => possible.every((methods) => methods.includes(method)));
  // Without a secret, port 9094 is TLS without a client certificate.
  const [method, ...others] = common.filter((candidate) => candidate !== 'mtls');
  if (method === undefined || others.length > 0)
    throw new UsageError(`port ${ports.join(', ')} does not show the authentication method`, hint);
  return method;
}
