/** The brokers of a sandbox account: they listen on loopback while a command runs, under the names of the account. */
import type { TLSSocket } from 'node:tls';
import { isOk } from '../../snapshot/read.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { openSocket, type Dialer } from '../../kafka/dial.js';
import { WireError } from '../../kafka/wire-error.js';
import { makeCertificate } from '../certificate.js';
import type { Identities } from '../identities.js';
import { authorizerOf, type Principal } from './authorizer.js';
import { BrokerServer } from './broker-server.js';
import type { KafkaState } from './kafka-state.js';
import { listenersOf, type Listener } from './listeners.js';
import { reaches } from './reach.js';
import { scramUsers } from './scram-users.js';
import { secretMembers } from './secret-members.js';
import { Session, type ClusterView } from './session.js';

export interface SandboxBrokers {
  /** The same for a client in a subnet of the pollers. */
  dialFrom(subnet: string): Dialer;
  /** Resolves the names of the account and connects to its brokers; it knows no other names. */
  dial: Dialer;
  /** PEM of the authority of the brokers' certificates, made for this run. */
  certificateAuthority: string;
  /** Closes all listeners and connections. */
  stop(): Promise<void>;
}

export interface BrokerAccount {
  snapshot(): Snapshot;
  state: KafkaState;
  identities: Pick<Identities, 'find'>;
  /** The text of a secret, by ARN. */
  contentOf(arn: string): string;
}

const day = 86_400_000;

/** A listener starts with the first connection to it. */
export function startBrokers(account: BrokerAccount, now: () => Date = () => new Date()): SandboxBrokers {
  const listeners = listenersOf(account.snapshot());
  const identity = makeCertificate({
    subject: 'Brokers of the sandbox',
    issuer: 'Sandbox CA',
    from: new Date(now().getTime() - day),
    to: new Date(now().getTime() + day),
    hosts: [...new Set(listeners.map(({ host }) => host))],
  });
  const clusters = new Map<string, Promise<ClusterView>>();
  const servers = new Map<Listener, Promise<BrokerServer>>();
  const clusterOf = ({ clusterArn, kind }: Listener): Promise<ClusterView> => {
    const key = `${clusterArn} ${kind}`;
    const cluster =
      clusters.get(key) ??
      viewOf(
        account,
        clusterArn,
        listeners.filter((each) => each.clusterArn === clusterArn && each.kind === kind),
      );
    clusters.set(key, cluster);
    return cluster;
  };
  const serverOf = (listener: Listener): Promise<BrokerServer> => {
    const server =
      servers.get(listener) ?? clusterOf(listener).then((cluster) => serve(listener, cluster, identity, account));
    servers.set(listener, server);
    return server;
  };
  const dialFrom = (subnet: string | null): Dialer => ({
    resolvesNames: false,
    resolve: async (host) => {
      const found = listeners.find((listener) => listener.host === host.toLowerCase());
      if (found === undefined) throw new WireError('ENOTFOUND', 'the name does not resolve in the sandbox account');
      return [found.address];
    },
    connect: async (address, port, signal) => {
      const listener = listeners.find(
        (each) => each.port === port && (each.address === address || each.host === address.toLowerCase()),
      );
      // Security groups drop packets, so a client waits for nothing; the sandbox answers at once.
      if (listener === undefined || !reaches(account.snapshot(), listener, subnet))
        throw new WireError(
          'ETIMEDOUT',
          'the network of the sandbox account drops the packets (the timeout is simulated)',
        );
      const server = await serverOf(listener);
      return openSocket('127.0.0.1', server.port, signal);
    },
  });
  return {
    certificateAuthority: identity.chain.at(-1)!,
    dial: dialFrom(null),
    dialFrom,
    stop: async () => {
      const started = await Promise.allSettled(servers.values());
      await Promise.all(started.map(async (each) => each.status === 'fulfilled' && each.value.stop()));
    },
  };
}

async function viewOf(account: BrokerAccount, clusterArn: string, brokers: Listener[]): Promise<ClusterView> {
  const { state, identities } = account;
  const snapshot = account.snapshot();
  return {
    snapshot: () => account.snapshot(),
    clusterArn,
    state,
    authorizer: authorizerOf(snapshot, clusterArn, state),
    users: await scramUsers(snapshot, clusterArn, state, (arn) => account.contentOf(arn)),
    identities,
    brokers,
  };
}

const anonymous: Principal = { kind: 'user', name: 'User:ANONYMOUS' };

function serve(
  listener: Listener,
  cluster: ClusterView,
  { chain, privateKey }: { chain: string[]; privateKey: string },
  account: BrokerAccount,
): Promise<BrokerServer> {
  const identity = { cert: chain[0]!, key: privateKey };
  switch (listener.kind) {
    case 'plaintext':
      return BrokerServer.start(null, () => new Session(listener, cluster, anonymous));
    case 'scram':
    case 'iam':
      return BrokerServer.start(identity, () => new Session(listener, cluster, null));
    case 'tls': {
      const required = requiresCertificate(account.snapshot(), listener);
      return required === null
        ? BrokerServer.start(identity, () => new Session(listener, cluster, anonymous))
        : BrokerServer.startWithCertificates(
            { identity, authorities: authoritiesOf(account), required },
            (socket) => new Session(listener, cluster, certificatePrincipal(socket)),
          );
    }
  }
}

/** Whether the TLS listener requires a client certificate; null where it asks for none. */
function requiresCertificate({ clusters }: Snapshot, { clusterArn }: Listener): boolean | null {
  const read = clusters[clusterArn];
  const { Tls: tls, Unauthenticated: open } =
    read !== undefined && isOk(read) ? (read.value.Provisioned?.ClientAuthentication ?? {}) : {};
  return tls?.Enabled === true ? open?.Enabled !== true : null;
}

/** The issuers of the client certificates in the account's secrets stand in for its private authority. */
function authoritiesOf({ snapshot, contentOf, state }: BrokerAccount): string[] {
  if (state.trustsOtherAuthority === true) return [otherAuthority()];
  const found = Object.keys(snapshot().secrets).flatMap((arn) => {
    const { certificate } = secretMembers(contentOf(arn));
    const blocks = typeof certificate === 'string' ? certificate.split(/(?=-----BEGIN CERTIFICATE-----)/) : [];
    return blocks.slice(-1);
  });
  return found.length === 0 ? [otherAuthority()] : found;
}

function otherAuthority(): string {
  const now = Date.now();
  const period = { from: new Date(now - day), to: new Date(now + day) };
  return makeCertificate({ subject: 'Other client', issuer: 'Other CA', ...period }).chain.at(-1)!;
}

/** Of a connection whose certificate was accepted, or that has none where none is required. */
function certificatePrincipal(socket: TLSSocket): Principal {
  const { subject } = socket.getPeerCertificate();
  return subject === undefined ? anonymous : { kind: 'user', name: `User:CN=${String(subject.CN)}` };
}
