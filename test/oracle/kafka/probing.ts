/** Inputs of probes of a test cluster: who asks, by which login, on which listener. */
import { directDialer } from '../../../src/kafka/dial.js';
import type { ProbeInput } from '../../../src/probe/probe-input.js';
import { clientIdentities, serverAuthority, type Identity } from './certificates.js';
import type { Listener } from './properties.js';
import { iamRegion, type RealKafka } from './real-kafka.js';

/** What a case changes of a probe that reaches its topic. */
export type Asked = Partial<Omit<ProbeInput, 'auth'>>;

/** Milliseconds: generous where an answer is expected, since machines may be busy. */
const patient = { step: 20_000, whole: 60_000 };
/** Where nothing will answer. */
export const impatient = { step: 1000, whole: 10_000 };

const common = (kafka: RealKafka, listener: Listener): Omit<ProbeInput, 'auth' | 'credentials'> => ({
  bootstrap: [{ host: 'localhost', port: kafka.port(listener) }],
  certificateAuthority: serverAuthority.pem,
  topic: 'orders',
  group: 'order-readers',
  limits: patient,
  showRecord: false,
  dial: directDialer,
  signal: AbortSignal.timeout(600_000),
});

export const plaintext = (kafka: RealKafka, asked: Asked = {}): ProbeInput => ({
  ...common(kafka, 'PLAINTEXT'),
  auth: 'plaintext',
  credentials: { kind: 'none' },
  ...asked,
});

export const tls = (kafka: RealKafka, asked: Asked = {}, listener: Listener = 'TLS'): ProbeInput => ({
  ...common(kafka, listener),
  auth: 'tls',
  credentials: { kind: 'none' },
  ...asked,
});

export const mtls = (
  kafka: RealKafka,
  { certificate, privateKey }: Identity = clientIdentities.trusted,
  asked: Asked = {},
  listener: Listener = 'MTLS',
): ProbeInput => ({
  ...common(kafka, listener),
  auth: 'mtls',
  credentials: { kind: 'mtls', certificate, privateKey, passphrase: null },
  ...asked,
});

export const scram = (
  kafka: RealKafka,
  user: { username: string; password: string } = kafka.users.orders,
  asked: Asked = {},
): ProbeInput => ({
  ...common(kafka, 'SCRAM'),
  auth: 'scram',
  credentials: { kind: 'scram', ...user },
  ...asked,
});

export const iamMechanisms = ['OAUTHBEARER', 'AWS_MSK_IAM'] as const;

export const iam = (
  kafka: RealKafka,
  mechanism: (typeof iamMechanisms)[number],
  wrong: Partial<{ region: string; secretAccessKey: string; sessionToken: string | null; accessKeyId: string }> = {},
  asked: Asked = {},
): ProbeInput => {
  const { region = iamRegion, ...key } = wrong;
  const { accessKeyId, secretAccessKey, sessionToken } = { ...kafka.key, ...key };
  return {
    ...common(kafka, 'IAM'),
    auth: 'iam',
    credentials: { kind: 'iam', region, mechanism, credentials: { accessKeyId, secretAccessKey, sessionToken } },
    ...asked,
  };
};
