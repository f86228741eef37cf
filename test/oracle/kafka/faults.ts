/** What goes wrong between a poller and a broker, each with where a probe has to stop and with which answer. */
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import type { ErrorTextId } from '../../../src/catalogue/texts.js';
import type { ProbeInput } from '../../../src/probe/probe-input.js';
import type { ProbeResult, ProbeStep } from '../../../src/probe/probe-result.js';
import { clientIdentities } from './certificates.js';
import { GroupMember } from './group-member.js';
import { iam, iamMechanisms, impatient, mtls, plaintext, scram, tls } from './probing.js';
import type { Listener } from './properties.js';
import type { RealKafka, Rule } from './real-kafka.js';
import {
  closingServer,
  greetingServer,
  httpServer,
  httpsServer,
  silentServer,
  slowProxy,
  stallingProxy,
} from './strangers.js';

export interface Fault {
  name: string;
  /** Kafka's number, or null. */
  code: number | null;
  /** Names, of which one has to be it: TLS libraries differ. */
  names: readonly string[];
  step: ProbeStep;
  /** The check whose finding it is. */
  check: CheckId;
  /** What Lambda would show; not given where no text is documented. */
  shows?: ErrorTextId;
  /** Logins that the broker refused because of it, on this listener; checked only where it is given. */
  refused?: { listener: 'SCRAM' | 'IAM' | 'MTLS' | 'MTLS12'; times: number };
  /** Makes the fault and runs the probe while it lasts. */
  run: (kafka: RealKafka, probe: Probe) => Promise<ProbeResult>;
  /** More that has to be so. */
  also?: (result: ProbeResult, kafka: RealKafka) => void;
}

export type Probe = (input: ProbeInput) => Promise<ProbeResult>;

const orders = 'User:orders';

/** Rules that are missing while a probe runs. */
const without =
  (missing: Rule[], input: (kafka: RealKafka) => ProbeInput, instead: Rule[] = []) =>
  async (kafka: RealKafka, probe: Probe): Promise<ProbeResult> => {
    await kafka.allow(...instead);
    await kafka.remove(...missing);
    try {
      return await probe(input(kafka));
    } finally {
      await kafka.allow(...missing);
      await kafka.remove(...instead);
    }
  };

/** Something else that listens while a probe of it runs. */
const at =
  (
    open: (kafka: RealKafka) => Promise<{ port: number; close: () => Promise<void> }>,
    input: (kafka: RealKafka) => ProbeInput,
  ) =>
  async (kafka: RealKafka, probe: Probe): Promise<ProbeResult> => {
    const stranger = await open(kafka);
    try {
      return await probe({ ...input(kafka), bootstrap: [{ host: 'localhost', port: stranger.port }] });
    } finally {
      await stranger.close();
    }
  };

const topicRule = (operation: string, principal = orders, name = 'orders'): Rule => ({
  principal,
  resource: 'topic',
  name,
  prefixed: true,
  operation,
});
const groupRule = (operation: string, principal = orders): Rule => ({
  principal,
  resource: 'group',
  name: 'order-',
  prefixed: true,
  operation,
});

/** What the principals of a healthy cluster may: read the topics and groups whose names begin with “order”. */
export const healthyRules = (principal: string): Rule[] => [
  topicRule('read', principal),
  topicRule('describe', principal),
  groupRule('read', principal),
  groupRule('describe', principal),
];

const address = (kafka: RealKafka, listener: Listener) => [{ host: 'localhost', port: kafka.port(listener) }];

const refusedLogin = {
  step: 'sasl',
  code: 58,
  names: ['SASL_AUTHENTICATION_FAILED'],
  check: 'secret.scram',
  shows: 'sasl-authentication-failed',
} as const;
const refusedSignature = { ...refusedLogin, check: 'access.kafka-connect' } as const;
const notOffered = {
  step: 'sasl',
  code: 33,
  names: ['UNSUPPORTED_SASL_MECHANISM'],
  check: 'cluster.auth',
  shows: 'sasl-authentication-failed',
} as const;
const refusedCertificate = {
  step: 'client-certificate',
  code: null,
  check: 'secret.certificate',
  shows: 'server-failed-to-authenticate-lambda',
} as const;
const certificateRequired = ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'];
const untrusted = {
  step: 'tls',
  code: null,
  check: 'cluster.broker',
  shows: 'lambda-failed-to-authenticate-server',
} as const;
const unreachable = { code: null, check: 'cluster.broker', shows: 'connection-error' } as const;
const notKafka = { ...unreachable, names: ['NOT_KAFKA'] } as const;
const noTopic = { step: 'topic', check: 'cluster.topic' } as const;
const denied = { check: 'cluster.acl', shows: 'cluster-failed-to-authorize' } as const;
const topicDenied = { ...denied, code: 29, names: ['TOPIC_AUTHORIZATION_FAILED'] } as const;
const groupDenied = { ...denied, code: 30, names: ['GROUP_AUTHORIZATION_FAILED'] } as const;

const logins: Fault[] = [
  {
    name: 'SCRAM: wrong password',
    ...refusedLogin,
    refused: { listener: 'SCRAM', times: 1 },
    run: (kafka, probe) => probe(scram(kafka, { ...kafka.users.orders, password: 'wrong' })),
  },
  {
    name: 'SCRAM: unknown user',
    ...refusedLogin,
    refused: { listener: 'SCRAM', times: 1 },
    run: (kafka, probe) => probe(scram(kafka, { username: 'nobody', password: 'any' })),
  },
  {
    name: 'SCRAM: the user got another password',
    ...refusedLogin,
    refused: { listener: 'SCRAM', times: 1 },
    run: async (kafka, probe) => {
      await kafka.setUser('rotated', 'first');
      await kafka.setUser('rotated', 'second');
      return probe(scram(kafka, { username: 'rotated', password: 'first' }));
    },
  },
  {
    name: 'SCRAM on the listener for IAM',
    ...notOffered,
    refused: { listener: 'IAM', times: 1 },
    run: (kafka, probe) => probe(scram(kafka, kafka.users.orders, { bootstrap: address(kafka, 'IAM') })),
    also: ({ facts }) => sorted(facts.offeredMechanisms, ['AWS_MSK_IAM', 'OAUTHBEARER']),
  },
  {
    name: 'SCRAM on the listener for TLS',
    ...notOffered,
    code: 34,
    names: ['ILLEGAL_SASL_STATE'],
    run: (kafka, probe) => probe(scram(kafka, kafka.users.orders, { bootstrap: address(kafka, 'TLS') })),
  },
  {
    name: 'SCRAM on the listener for mutual TLS',
    ...refusedCertificate,
    names: certificateRequired,
    check: 'cluster.auth',
    run: (kafka, probe) => probe(scram(kafka, kafka.users.orders, { bootstrap: address(kafka, 'MTLS') })),
  },
  {
    name: 'TLS without a login on the listener for SCRAM',
    step: 'metadata',
    ...unreachable,
    names: ['CLOSED', 'ECONNRESET'],
    run: (kafka, probe) => probe(tls(kafka, {}, 'SCRAM')),
  },
  {
    name: 'a client certificate on the listener for SCRAM',
    step: 'metadata',
    ...unreachable,
    names: ['CLOSED', 'ECONNRESET'],
    run: (kafka, probe) => probe(mtls(kafka, clientIdentities.trusted, {}, 'SCRAM')),
  },
  ...iamMechanisms.flatMap((mechanism): Fault[] => [
    {
      name: `${mechanism}: wrong secret access key`,
      ...refusedSignature,
      refused: { listener: 'IAM', times: 1 },
      run: (kafka, probe) => probe(iam(kafka, mechanism, { secretAccessKey: 'wrong' })),
    },
    {
      name: `${mechanism}: unknown access key`,
      ...refusedSignature,
      refused: { listener: 'IAM', times: 1 },
      run: (kafka, probe) => probe(iam(kafka, mechanism, { accessKeyId: 'ASIANOBODY' })),
    },
    {
      name: `${mechanism}: session token of another session`,
      ...refusedSignature,
      refused: { listener: 'IAM', times: 1 },
      run: (kafka, probe) => probe(iam(kafka, mechanism, { sessionToken: 'another' })),
    },
    {
      name: `${mechanism}: wrong Region`,
      ...refusedSignature,
      refused: { listener: 'IAM', times: 1 },
      run: (kafka, probe) => probe(iam(kafka, mechanism, { region: 'eu-west-2' })),
    },
    {
      name: `${mechanism} on the listener for SCRAM`,
      ...notOffered,
      run: (kafka, probe) => probe(iam(kafka, mechanism, {}, { bootstrap: address(kafka, 'SCRAM') })),
      also: ({ facts }) => sorted(facts.offeredMechanisms, ['SCRAM-SHA-512']),
    },
  ]),
];

const certificates: Fault[] = [
  ...(['MTLS', 'MTLS12'] as const).flatMap((listener): Fault[] => [
    {
      name: `${listener}: no client certificate`,
      ...refusedCertificate,
      check: 'mapping.source-access',
      names: certificateRequired,
      refused: { listener, times: 1 },
      run: (kafka, probe) => probe(tls(kafka, {}, listener)),
    },
    {
      name: `${listener}: client certificate of an authority that the brokers do not trust`,
      ...refusedCertificate,
      names: ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
      refused: { listener, times: 1 },
      run: (kafka, probe) => probe(mtls(kafka, clientIdentities.untrusted, {}, listener)),
    },
    {
      name: `${listener}: client certificate for servers`,
      ...refusedCertificate,
      names: ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE'],
      refused: { listener, times: 1 },
      run: (kafka, probe) => probe(mtls(kafka, clientIdentities.forServers, {}, listener)),
    },
  ]),
  {
    name: 'expired client certificate',
    ...refusedCertificate,
    names: ['CERT_HAS_EXPIRED', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN'],
    run: (kafka, probe) => probe(mtls(kafka, clientIdentities.expired)),
  },
  {
    name: 'key of another certificate',
    ...refusedCertificate,
    check: 'secret.private-key',
    shows: 'invalid-certificate-or-key',
    names: ['ERR_OSSL_X509_KEY_VALUES_MISMATCH'],
    refused: { listener: 'MTLS', times: 0 },
    run: (kafka, probe) => probe(mtls(kafka, clientIdentities.otherKey)),
  },
  {
    name: 'server certificate of another host',
    ...untrusted,
    names: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    run: (kafka, probe) => probe(tls(kafka, {}, 'ELSEWHERE')),
  },
  {
    name: 'expired server certificate',
    ...untrusted,
    names: ['CERT_HAS_EXPIRED'],
    run: (kafka, probe) => probe(tls(kafka, {}, 'EXPIRED')),
  },
  {
    name: 'server certificate of an authority that Node does not trust',
    ...untrusted,
    names: ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    run: (kafka, probe) => probe(scram(kafka, kafka.users.orders, { certificateAuthority: null })),
    also: ({ facts }) => same(facts.serverCertificate?.issuer.includes('Broker Authority'), true),
  },
  {
    name: 'advertised port behind which another host answers',
    ...untrusted,
    names: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    run: (kafka, probe) => probe(tls(kafka, {}, 'MOVED')),
    also: ({ stoppedAt }, kafka) => same(stoppedAt?.broker, `localhost:${kafka.port('ELSEWHERE')}`),
  },
];

const network: Fault[] = [
  {
    name: 'name that does not resolve',
    step: 'dns',
    ...unreachable,
    names: ['ENOTFOUND', 'EAI_AGAIN'],
    run: (kafka, probe) => probe(plaintext(kafka, { bootstrap: [{ host: 'b-1.nowhere.invalid', port: 9092 }] })),
  },
  {
    name: 'advertised name that does not resolve',
    step: 'dns',
    ...unreachable,
    names: ['ENOTFOUND', 'EAI_AGAIN'],
    run: (kafka, probe) => probe(plaintext(kafka, { bootstrap: address(kafka, 'NOWHERE') })),
    also: ({ stoppedAt }, kafka) => same(stoppedAt?.broker, `b-1.nowhere.invalid:${kafka.port('NOWHERE')}`),
  },
  {
    name: 'port where nobody listens',
    step: 'tcp',
    ...unreachable,
    names: ['ECONNREFUSED'],
    run: (kafka, probe) => probe(plaintext(kafka, { bootstrap: [{ host: 'localhost', port: 1 }] })),
  },
  {
    name: 'silent server, plaintext',
    step: 'api-versions',
    ...unreachable,
    names: ['TIMEOUT'],
    run: at(silentServer, (kafka) => plaintext(kafka, { limits: impatient })),
  },
  {
    name: 'silent server, TLS',
    step: 'tls',
    ...unreachable,
    names: ['TIMEOUT'],
    run: at(silentServer, (kafka) => scram(kafka, kafka.users.orders, { limits: impatient })),
  },
  {
    name: 'brokers that stand still',
    step: 'tls',
    ...unreachable,
    names: ['TIMEOUT'],
    run: async (kafka, probe) => {
      kafka.freeze();
      try {
        return await probe(tls(kafka, { limits: impatient }));
      } finally {
        kafka.thaw();
      }
    },
  },
  {
    name: 'broker that falls silent after its versions',
    step: 'metadata',
    ...unreachable,
    names: ['TIMEOUT'],
    run: at(
      (kafka) => stallingProxy(kafka.port('PLAINTEXT'), 1),
      (kafka) => plaintext(kafka, { limits: impatient }),
    ),
  },
  {
    name: 'broker slower than the limit',
    step: 'api-versions',
    ...unreachable,
    names: ['TIMEOUT'],
    run: at(
      (kafka) => slowProxy(() => kafka.port('PLAINTEXT'), 5000),
      (kafka) => plaintext(kafka, { limits: impatient }),
    ),
  },
  {
    name: 'server that hangs up',
    step: 'api-versions',
    ...unreachable,
    names: ['CLOSED', 'ECONNRESET', 'EPIPE'],
    run: at(closingServer, (kafka) => plaintext(kafka)),
  },
  {
    name: 'web server, plaintext',
    step: 'api-versions',
    ...notKafka,
    run: at(httpServer, (kafka) => plaintext(kafka)),
    also: ({ facts }) => same(facts.notKafka, 'HTTP'),
  },
  {
    name: 'web server, TLS',
    step: 'api-versions',
    ...notKafka,
    run: at(httpsServer, (kafka) => tls(kafka)),
    also: ({ facts }) => same(facts.notKafka, 'HTTP'),
  },
  {
    name: 'web server without TLS where TLS is expected',
    step: 'tls',
    ...notKafka,
    run: at(httpServer, (kafka) => tls(kafka)),
    also: ({ facts }) => same(facts.notKafka, 'HTTP'),
  },
  {
    name: 'SSH server',
    step: 'api-versions',
    ...notKafka,
    run: at(
      () => greetingServer('SSH-2.0-OpenSSH_9.2\r\n'),
      (kafka) => plaintext(kafka),
    ),
    also: ({ facts }) => same(facts.notKafka, 'SSH'),
  },
  {
    name: 'SSH server where TLS is expected',
    step: 'tls',
    ...notKafka,
    run: at(
      () => greetingServer('SSH-2.0-OpenSSH_9.2\r\n'),
      (kafka) => tls(kafka),
    ),
    also: ({ facts }) => same(facts.notKafka, 'SSH'),
  },
  {
    name: 'plaintext on the listener for TLS',
    step: 'api-versions',
    ...notKafka,
    run: (kafka, probe) => probe(plaintext(kafka, { bootstrap: address(kafka, 'TLS') })),
    also: ({ facts }) => same(facts.notKafka, 'TLS'),
  },
  {
    name: 'TLS on the listener for plaintext',
    step: 'tls',
    ...unreachable,
    names: ['CLOSED', 'ECONNRESET'],
    run: (kafka, probe) => probe(tls(kafka, {}, 'PLAINTEXT')),
  },
];

const authorization: Fault[] = [
  {
    name: 'missing topic, with Describe on it',
    ...noTopic,
    code: 3,
    names: ['UNKNOWN_TOPIC_OR_PARTITION'],
    run: async (kafka, probe) => {
      await kafka.allow(topicRule('describe', orders, 'missing'));
      return probe(scram(kafka, kafka.users.orders, { topic: 'missing' }));
    },
  },
  {
    name: 'missing topic, without Describe on it',
    step: 'topic',
    ...topicDenied,
    run: (kafka, probe) => probe(scram(kafka, kafka.users.orders, { topic: 'hidden' })),
  },
  {
    name: 'topic whose name Kafka refuses',
    ...noTopic,
    code: 17,
    names: ['INVALID_TOPIC_EXCEPTION'],
    run: async (kafka, probe) => {
      await kafka.allow(topicRule('describe', orders, 'a/b'));
      return probe(scram(kafka, kafka.users.orders, { topic: 'a/b' }));
    },
  },
  {
    name: 'no rule for the topic',
    step: 'topic',
    ...topicDenied,
    run: without([topicRule('read'), topicRule('describe')], (kafka) => scram(kafka)),
    also: ({ facts }) => same(facts.principal, orders),
  },
  {
    name: 'Describe only on the topic',
    step: 'fetch',
    ...topicDenied,
    run: without([topicRule('read')], (kafka) => scram(kafka)),
  },
  {
    name: 'Deny of Read on the topic',
    step: 'fetch',
    ...topicDenied,
    run: without([], (kafka) => scram(kafka), [{ ...topicRule('read'), permission: 'deny' }]),
  },
  {
    name: 'no rule for the group',
    step: 'coordinator',
    ...groupDenied,
    run: without([groupRule('read'), groupRule('describe')], (kafka) => scram(kafka)),
  },
  {
    name: 'Describe only on the group',
    step: 'group-join',
    ...groupDenied,
    run: without([groupRule('read')], (kafka) => scram(kafka)),
  },
  {
    name: 'a user without any rule',
    step: 'topic',
    ...topicDenied,
    run: (kafka, probe) => probe(scram(kafka, kafka.users.guest)),
    also: ({ facts }) => same(facts.principal, 'User:guest'),
  },
  {
    name: 'a client certificate without any rule',
    step: 'topic',
    ...topicDenied,
    run: (kafka, probe) => probe(mtls(kafka, clientIdentities.unknown)),
    also: ({ facts }) => same(facts.principal, 'User:CN=unknown'),
  },
  {
    name: 'IAM without Read on the topic',
    step: 'fetch',
    ...topicDenied,
    check: 'access.kafka-topic',
    run: async (kafka, probe) =>
      without([topicRule('read', `User:${kafka.key.arn}`)], () => iam(kafka, 'OAUTHBEARER'))(kafka, probe),
  },
  {
    name: 'IAM without Read on the group',
    step: 'group-join',
    ...groupDenied,
    check: 'access.kafka-group',
    run: async (kafka, probe) =>
      without([groupRule('read', `User:${kafka.key.arn}`)], () => iam(kafka, 'AWS_MSK_IAM'))(kafka, probe),
  },
];

const groups: Fault[] = [
  {
    name: 'group of another protocol type',
    step: 'group-describe',
    code: 23,
    names: ['INCONSISTENT_GROUP_PROTOCOL'],
    check: 'mapping.consumer-group',
    run: async (kafka, probe) => {
      const member = new GroupMember(kafka.port('PLAINTEXT'), 'order-connect', 'connect');
      try {
        await member.settle();
        return await probe(scram(kafka, kafka.users.orders, { group: 'order-connect' }));
      } finally {
        member.close();
      }
    },
  },
];

function same(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${String(actual)} instead of ${String(expected)}`);
}

function sorted(actual: readonly string[] | null, expected: readonly string[]): void {
  same((actual ?? []).toSorted().join(), expected.join());
}

export const faults: readonly Fault[] = [...logins, ...certificates, ...network, ...authorization, ...groups];
