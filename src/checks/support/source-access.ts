/** What can be wrong with a mapping's SourceAccessConfigurations. */
import type { Mapping, SecretProfile } from '../../snapshot/resources/index.js';
import type { ClusterView } from '../../subject/facts.js';

/** The two types that MSK knows; all others are for self-managed Kafka or Amazon MQ (API reference, SourceAccessConfiguration). */
export const mskTypes: ReadonlySet<string> = new Set(['SASL_SCRAM_512_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH']);

/** In words; empty where it fits. Cluster and secret are null where they could not be read. */
export function sourceAccessFaults(mapping: Mapping, cluster: ClusterView | null, secret: SecretProfile | null): string[] {
  const access = mapping.SourceAccessConfigurations;
  const types = access.map(({ Type: type }) => type ?? 'no type');
  const credentials = types.filter((type) => mskTypes.has(type));
  return [
    ...types
      .filter((type) => !mskTypes.has(type))
      .map((type) => `${type} is ${type.startsWith('VPC_') ? 'for self-managed Kafka: the pollers of MSK take subnets and groups from the cluster' : 'not a type for MSK'}`),
    ...(credentials.length > 1 ? [`it names ${credentials.length} secrets (${credentials.join(', ')}); MSK takes one`] : []),
    ...access.flatMap(({ Type: type = '', URI: uri = '' }) => (mskTypes.has(type) && !/^arn:[^:]+:secretsmanager:/.test(uri) ? [`the URI of ${type}, “${uri}”, is no ARN of a secret`] : [])),
    ...(credentials.length === 0 && cluster !== null ? secretMissing(cluster) : []),
    ...(credentials.length === 1 && secret !== null ? wrongKind(credentials[0]!, secret) : []),
  ];
}

/** A cluster that takes secrets only. */
function secretMissing({ iam, unauthenticatedTls, plaintext, scram, mtls }: ClusterView): string[] {
  if (iam || unauthenticatedTls || plaintext || !(scram || mtls)) return [];
  return [`it names no secret, and the cluster takes ${[scram && 'SASL/SCRAM', mtls && 'mutual TLS'].filter(Boolean).join(' or ')} only`];
}

/** A secret of the one kind, whole, named under the type of the other. */
function wrongKind(type: string, { members }: SecretProfile): string[] {
  const holds = (...names: string[]) => names.every((name) => members.includes(name));
  const lacks = (...names: string[]) => !names.some((name) => members.includes(name));
  if (type === 'SASL_SCRAM_512_AUTH' && holds('certificate', 'privateKey') && lacks('username', 'password'))
    return [`the secret that ${type} names holds a certificate and its key, which belong under CLIENT_CERTIFICATE_TLS_AUTH`];
  if (type === 'CLIENT_CERTIFICATE_TLS_AUTH' && holds('username', 'password') && lacks('certificate', 'privateKey'))
    return [`the secret that ${type} names holds a user name and a password, which belong under SASL_SCRAM_512_AUTH`];
  return [];
}
