/** The properties of test brokers: KRaft, an authorizer that allows nothing unless a rule does, one listener for each login. */
import { serverIdentities, trustedClients, type Identity } from './certificates.js';

/**
 * One for each login, then those with a fault: certificates of another host and of the past, a name that does not
 * resolve, and an advertised port behind which another host answers.
 */
export const listeners = [
  'PLAINTEXT',
  'TLS',
  'MTLS',
  'MTLS12',
  'SCRAM',
  'IAM',
  'ELSEWHERE',
  'EXPIRED',
  'NOWHERE',
  'MOVED',
] as const;
export type Listener = (typeof listeners)[number];

export interface NodeWanted {
  id: number;
  controllerPort: number;
  /** Only the first one is a controller too. */
  controller: boolean;
  ports: Record<Listener | 'INTERNAL', number>;
  /** Where clients are sent instead of the listener's port, such as to a proxy. */
  advertised: Partial<Record<Listener, number>>;
  /** The password of the brokers’ own user. */
  password: string;
  more: Record<string, string>;
}

const protocols: Record<Listener | 'INTERNAL' | 'CONTROLLER', string> = {
  CONTROLLER: 'SASL_PLAINTEXT',
  INTERNAL: 'SASL_PLAINTEXT',
  PLAINTEXT: 'PLAINTEXT',
  TLS: 'SSL',
  MTLS: 'SSL',
  SCRAM: 'SASL_SSL',
  IAM: 'SASL_SSL',
  ELSEWHERE: 'SSL',
  EXPIRED: 'SSL',
  NOWHERE: 'PLAINTEXT',
  MOVED: 'SSL',
  MTLS12: 'SSL',
};

/** All of `server.properties` but the folders. */
export function brokerProperties(wanted: NodeWanted): Record<string, string> {
  const names = [...listeners, 'INTERNAL' as const];
  const address = (host: string, name: string, port: number) => `${name}://${host}:${port}`;
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="${wanted.password}" user_broker="${wanted.password}";`;
  return {
    'process.roles': wanted.controller ? 'broker,controller' : 'broker',
    'node.id': String(wanted.id),
    'controller.quorum.voters': `1@127.0.0.1:${wanted.controllerPort}`,
    listeners: [
      ...names.map((name) => address('127.0.0.1', name, wanted.ports[name])),
      ...(wanted.controller ? [address('127.0.0.1', 'CONTROLLER', wanted.controllerPort)] : []),
    ].join(','),
    'advertised.listeners': names
      .map((name) =>
        address(
          name === 'NOWHERE' ? 'b-1.nowhere.invalid' : 'localhost',
          name,
          (name === 'INTERNAL' ? undefined : wanted.advertised[name]) ??
            wanted.ports[name === 'MOVED' ? 'ELSEWHERE' : name],
        ),
      )
      .join(','),
    'listener.security.protocol.map': Object.entries(protocols)
      .map(([name, protocol]) => `${name}:${protocol}`)
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    'sasl.mechanism.controller.protocol': 'PLAIN',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    ...mechanism('CONTROLLER', 'PLAIN', plain),
    ...mechanism('INTERNAL', 'PLAIN', plain),
    ...mechanism('SCRAM', 'SCRAM-SHA-512', 'org.apache.kafka.common.security.scram.ScramLoginModule required;'),
    ...mechanism(
      'IAM',
      'OAUTHBEARER',
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
      'Iam$Tokens',
    ),
    ...mechanism('IAM', 'AWS_MSK_IAM', 'Iam$Login required;', 'Iam$Nothing'),
    'listener.name.iam.sasl.enabled.mechanisms': 'OAUTHBEARER,AWS_MSK_IAM',
    ...certificate('TLS', serverIdentities.localhost),
    ...certificate('SCRAM', serverIdentities.localhost),
    ...certificate('IAM', serverIdentities.localhost),
    ...certificate('ELSEWHERE', serverIdentities.elsewhere),
    ...certificate('EXPIRED', serverIdentities.expired),
    ...certificate('MOVED', serverIdentities.localhost),
    ...certificate('MTLS', serverIdentities.localhost),
    ...certificate('MTLS12', serverIdentities.localhost),
    ...clientCertificates('MTLS'),
    ...clientCertificates('MTLS12'),
    'listener.name.mtls12.ssl.enabled.protocols': 'TLSv1.2',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'false',
    'super.users': 'User:broker',
    'auto.create.topics.enable': 'false',
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'group.coordinator.rebalance.protocols': 'classic,consumer',
    'num.network.threads': '1',
    'num.io.threads': '2',
    'background.threads': '2',
    'log.cleaner.dedupe.buffer.size': '4000000',
    'message.max.bytes': '20000000',
    'replica.fetch.max.bytes': '20000000',
    ...wanted.more,
  };
}

function mechanism(listener: string, name: string, login: string, handler?: string): Record<string, string> {
  const prefix = `listener.name.${listener.toLowerCase()}`;
  return {
    [`${prefix}.sasl.enabled.mechanisms`]: name,
    [`${prefix}.${name.toLowerCase()}.sasl.jaas.config`]: login,
    ...(handler === undefined
      ? {}
      : { [`${prefix}.${name.toLowerCase()}.sasl.server.callback.handler.class`]: handler }),
  };
}

function certificate(listener: string, { certificate: chain, privateKey }: Identity): Record<string, string> {
  const prefix = `listener.name.${listener.toLowerCase()}.ssl.keystore`;
  return { [`${prefix}.type`]: 'PEM', [`${prefix}.certificate.chain`]: chain, [`${prefix}.key`]: privateKey };
}

function clientCertificates(listener: string): Record<string, string> {
  const prefix = `listener.name.${listener.toLowerCase()}.ssl`;
  return {
    [`${prefix}.client.auth`]: 'required',
    [`${prefix}.truststore.type`]: 'PEM',
    [`${prefix}.truststore.certificates`]: trustedClients,
  };
}
