import type { Mapping, SecretProfile } from '../../snapshot/resources/index.js';
import type { ClusterView } from '../../subject/facts.js';
import { defineCheck, fail, pass } from '../define.js';

/** The two types that MSK knows; all others are for self-managed Kafka or Amazon MQ (API reference, SourceAccessConfiguration). */
const mskTypes = new Set(['SASL_SCRAM_512_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH']);

/** The members that tell the one kind of secret from the other. */
const ofScram = ['username', 'password'];
const ofMtls = ['certificate', 'privateKey'];

/** A secret of the one kind, whole, named under the type of the other. */
function mistaken(type: string, { members }: SecretProfile): string | null {
  const holds = (names: readonly string[]) => names.every((name) => members.includes(name));
  const lacks = (names: readonly string[]) => !names.some((name) => members.includes(name));
  if (type === 'SASL_SCRAM_512_AUTH' && holds(ofMtls) && lacks(ofScram)) return `the secret that ${type} names holds a certificate and its key, which belong under CLIENT_CERTIFICATE_TLS_AUTH`;
  if (type === 'CLIENT_CERTIFICATE_TLS_AUTH' && holds(ofScram) && lacks(ofMtls)) return `the secret that ${type} names holds a user name and a password, which belong under SASL_SCRAM_512_AUTH`;
  return null;
}

/** What is wrong with the configuration, in words. */
function faults(mapping: Mapping, cluster: ClusterView | null, secret: SecretProfile | null): string[] {
  const access = mapping.SourceAccessConfigurations;
  const types = access.map(({ Type: type }) => type ?? 'no type');
  const credentials = types.filter((type) => mskTypes.has(type));
  const found = types
    .filter((type) => !mskTypes.has(type))
    .map((type) => `${type} is ${type.startsWith('VPC_') ? 'for self-managed Kafka: the pollers of MSK take subnets and groups from the cluster' : 'not a type for MSK'}`);
  if (credentials.length > 1) found.push(`it names ${credentials.length} secrets (${credentials.join(', ')}); MSK takes one`);
  for (const { Type: type, URI: uri } of access)
    if (mskTypes.has(type ?? '') && !/^arn:[^:]+:secretsmanager:/.test(uri ?? '')) found.push(`the URI of ${type!}, “${uri ?? ''}”, is no ARN of a secret`);
  const swapped = credentials.length === 1 && secret !== null ? mistaken(credentials[0]!, secret) : null;
  if (swapped !== null) found.push(swapped);
  if (credentials.length === 0 && cluster !== null && !cluster.iam && !cluster.unauthenticatedTls && !cluster.plaintext && (cluster.scram || cluster.mtls))
    found.push(`it names no secret, and the cluster takes ${[cluster.scram && 'SASL/SCRAM', cluster.mtls && 'mutual TLS'].filter(Boolean).join(' or ')} only`);
  return found;
}

export default defineCheck({
  id: 'mapping.source-access',
  title: 'SourceAccessConfigurations does not fit the cluster',
  severity: 'error',
  stage: 'mapping',
  needs: ['mapping', 'clusterIfRead', 'secretProfileIfRead'],
  judge({ mapping, clusterIfRead, secretProfileIfRead }) {
    const found = faults(mapping, clusterIfRead, secretProfileIfRead);
    return found.length === 0 ? pass : fail({ uuid: mapping.UUID, found });
  },
  describe: ({ uuid, found }) => ({
    title: 'The mapping’s SourceAccessConfigurations does not fit the cluster',
    evidence: found.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes: () => [
    { title: 'Give the mapping one secret of the type that the cluster takes: SASL_SCRAM_512_AUTH or CLIENT_CERTIFICATE_TLS_AUTH (none with IAM)', safety: 'by-hand', changes: [] },
  ],
});
