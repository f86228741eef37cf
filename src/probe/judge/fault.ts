/** What a failed step means: the kind of fault, and the check that is responsible for it. */
import type { AuthMethod } from '../../aws/msk.js';
import type { CheckId } from '../../catalogue/check-ids.js';
import type { ProbeResult, ProbeStep, StepProblem } from '../probe-result.js';
import type { ProbeContext } from './probe-context.js';

/** A step of one broker that failed. */
export type FailedStep = { broker: string; step: ProbeStep } & StepProblem;

export type FaultKind =
  | 'name'
  | 'unreachable'
  | 'handshake'
  | 'untrusted'
  | 'not-kafka'
  | 'silent'
  | 'certificate-missing'
  | 'certificate'
  | 'private-key'
  | 'mechanism'
  | 'login'
  | 'no-user'
  | 'topic-missing'
  | 'topic-without-leader'
  | 'topic-denied'
  | 'group-denied'
  | 'cluster-denied'
  | 'coordinator'
  | 'group-conflict'
  | 'broker-error';

/** Kafka's error numbers (Apache Kafka: protocol guide, error codes). */
const byCode: Readonly<Record<number, FaultKind>> = {
  3: 'topic-missing',
  5: 'topic-without-leader',
  6: 'topic-without-leader',
  9: 'topic-without-leader',
  14: 'coordinator',
  15: 'coordinator',
  16: 'coordinator',
  17: 'topic-missing',
  23: 'group-conflict',
  24: 'group-conflict',
  25: 'group-conflict',
  26: 'group-conflict',
  27: 'group-conflict',
  29: 'topic-denied',
  30: 'group-denied',
  31: 'cluster-denied',
  33: 'mechanism',
  34: 'mechanism',
  58: 'login',
  72: 'topic-without-leader',
  79: 'group-conflict',
  81: 'group-conflict',
  82: 'group-conflict',
};

/** Codes with which Node and OpenSSL refuse the certificate of a server. */
const untrustedNames = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Names of the end of a conversation that Kafka gave no number for. */
const isSilence = (name: string): boolean =>
  ['TIMEOUT', 'CLOSED', 'MALFORMED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'].includes(name);

/** The codes of a certificate that no additional authority would make valid. */
export const isWrongName = (name: string): boolean =>
  name === 'ERR_TLS_CERT_ALTNAME_INVALID' || name === 'HOSTNAME_MISMATCH';
export const isOutOfDate = (name: string): boolean => name === 'CERT_HAS_EXPIRED' || name === 'CERT_NOT_YET_VALID';

/** What a failed step means. */
export function faultOf({ step, code, name }: FailedStep, { auth }: Pick<ProbeResult, 'auth'>): FaultKind {
  const known = code === null ? undefined : byCode[code];
  if (known !== undefined) return known;
  if (code !== null && code !== 0) return 'broker-error';
  if (name === 'NOT_KAFKA') return 'not-kafka';
  switch (step) {
    case 'dns':
      return 'name';
    case 'tcp':
      return 'unreachable';
    case 'tls':
      return untrustedNames.has(name) ? 'untrusted' : 'handshake';
    case 'client-certificate':
      if (auth !== 'mtls') return 'certificate-missing';
      return /KEY|DECRYPT|PASSPHRASE|PKCS|PBE/i.test(name) ? 'private-key' : 'certificate';
    case 'sasl':
      if (isSilence(name)) return 'silent';
      return /USER|PASSWORD|MISSING|EMPTY/i.test(name) ? 'no-user' : 'login';
    default:
      return isSilence(name) ? 'silent' : 'broker-error';
  }
}

/** The check that is responsible for a fault. */
export function checkOf(kind: FaultKind, auth: AuthMethod, problem: FailedStep, { from }: ProbeContext): CheckId {
  const isIam = auth === 'iam';
  switch (kind) {
    case 'name':
      // A name that does not exist is a wrong address; in a subnet, a resolver that does not answer is the VPC's.
      return from.kind === 'subnet' && problem.name !== 'ENOTFOUND' ? 'network.vpc-dns' : 'cluster.broker';
    case 'certificate-missing':
      return auth === 'tls' || auth === 'plaintext' ? 'mapping.source-access' : 'cluster.auth';
    case 'certificate':
      return 'secret.certificate';
    case 'private-key':
      return 'secret.private-key';
    case 'mechanism':
      return 'cluster.auth';
    case 'login':
      return isIam ? 'access.kafka-connect' : auth === 'scram' ? 'secret.scram' : 'cluster.auth';
    case 'no-user':
      return isIam ? 'access.kafka-connect' : 'secret.scram';
    case 'topic-missing':
    case 'topic-without-leader':
      return 'cluster.topic';
    case 'topic-denied':
      return isIam ? 'access.kafka-topic' : 'cluster.acl';
    case 'group-denied':
      return isIam ? 'access.kafka-group' : 'cluster.acl';
    case 'cluster-denied':
      return isIam ? 'access.kafka-cluster' : 'cluster.acl';
    case 'group-conflict':
      return 'mapping.consumer-group';
    default:
      return 'cluster.broker';
  }
}
