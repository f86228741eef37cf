/** The bootstrap brokers that Lambda selects for a mapping, the reason, and why not others. */
import { type AuthMethod, secretTypes } from '../aws/msk.js';
import type { BootstrapBrokers } from '../snapshot/resources/index.js';
import { splitHosts } from './broker.js';
import { all, mapFact, valueOrNull, type Fact } from './fact.js';
import type { Subject } from './subject.js';

/** The brokers that Lambda selects for a mapping. */
export interface BrokerAnswer {
  clusterArn: string;
  auth: AuthMethod;
  port: number;
  /** `host:port`; empty where the cluster has no address for the selected method. */
  bootstrapBrokers: string[];
  because: string;
  alternatives: BrokerAlternative[];
}

/** Other brokers of the cluster, and why Lambda does not select them. */
export interface BrokerAlternative {
  auth: AuthMethod;
  bootstrapBrokers: string[];
  /** Whether a mapping on this cluster can be changed so that Lambda selects it. */
  usable: boolean;
  because: string;
}

type Field = keyof BootstrapBrokers;

const privateFields: Partial<Record<Field, AuthMethod[]>> = {
  BootstrapBrokerStringTls: ['mtls', 'tls'],
  BootstrapBrokerStringSaslScram: ['scram'],
  BootstrapBrokerStringSaslIam: ['iam'],
  BootstrapBrokerString: ['plaintext'],
};
const otherFields: Partial<Record<Field, [AuthMethod, 'public' | 'ipv6' | 'connection']>> = {
  BootstrapBrokerStringPublicTls: ['mtls', 'public'],
  BootstrapBrokerStringPublicSaslScram: ['scram', 'public'],
  BootstrapBrokerStringPublicSaslIam: ['iam', 'public'],
  BootstrapBrokerStringVpcConnectivityTls: ['mtls', 'connection'],
  BootstrapBrokerStringVpcConnectivitySaslScram: ['scram', 'connection'],
  BootstrapBrokerStringVpcConnectivitySaslIam: ['iam', 'connection'],
  BootstrapBrokerStringIpv6: ['plaintext', 'ipv6'],
  BootstrapBrokerStringTlsIpv6: ['tls', 'ipv6'],
  BootstrapBrokerStringSaslScramIpv6: ['scram', 'ipv6'],
  BootstrapBrokerStringSaslIamIpv6: ['iam', 'ipv6'],
};
const neverTaken = {
  public: 'a public address; the pollers run in the cluster’s subnets and use the private addresses',
  ipv6: 'an IPv6 address; AWS does not document that pollers use it',
  connection: 'for clients with a VPC connection; a mapping uses it if the VPC connection is its event source',
};

/** Unread where neither cluster nor brokers could be read. */
export function brokerAnswer(subject: Subject): Fact<BrokerAnswer> {
  return mapFact(
    all(subject.eventSource, subject.auth, subject.broker, subject.bootstrap),
    ([source, auth, broker, strings]) => {
      const cluster = valueOrNull(subject.cluster);
      const chosen = (field: Field, method: AuthMethod) => field === broker.field && method === auth.method;
      const inside = entries(privateFields).flatMap(([field, methods]) =>
        methods
          .filter(
            (method) =>
              !chosen(field, method) &&
              (cluster === null || method !== 'mtls' || cluster.mtls) &&
              (cluster === null || method !== 'tls' || cluster.unauthenticatedTls),
          )
          .map((method) => ({ field, method, ...howToGet(method, auth.secretUri !== null) })),
      );
      const outside = entries(otherFields).flatMap(([field, [method, kind]]) =>
        field === broker.field ? [] : [{ field, method, usable: false, because: neverTaken[kind] }],
      );
      return {
        clusterArn: source.arn,
        auth: auth.method,
        port: broker.ports.from,
        bootstrapBrokers: broker.hosts,
        because:
          auth.enabled || broker.hosts.length === 0
            ? auth.because
            : `${auth.because}; the cluster has it disabled, so no client can connect`,
        alternatives: [...inside, ...outside].flatMap(({ field, method, usable, because }) => {
          const bootstrapBrokers = splitHosts(strings[field]);
          return bootstrapBrokers.length === 0 ? [] : [{ auth: method, bootstrapBrokers, usable, because }];
        }),
      };
    },
  );
}

const entries = <V>(record: Partial<Record<Field, V>>): [Field, V][] => Object.entries(record) as [Field, V][];

/**
 * Lambda's order is mTLS, SASL/SCRAM, IAM, TLS, plaintext, among those that the mapping names and the cluster has
 * enabled. A mapping cannot choose otherwise.
 */
function howToGet(method: AuthMethod, hasSecret: boolean): { usable: boolean; because: string } {
  switch (method) {
    case 'mtls':
      return { usable: true, because: `used if the mapping has a secret of type ${secretTypes.mtls}` };
    case 'scram':
      return { usable: true, because: `used if the mapping has a secret of type ${secretTypes.scram}` };
    case 'iam':
      return { usable: hasSecret, because: 'used if the mapping has no secret' };
    case 'tls':
      return { usable: false, because: 'used only if the mapping has no secret and IAM is disabled in the cluster' };
    case 'plaintext':
      return {
        usable: false,
        because: 'used only if the mapping has no secret, IAM is disabled and the cluster has no TLS brokers',
      };
  }
}
