/** Faults of a mapping's SourceAccessConfigurations. */
import { authNames, isSecretType, secretTypes, isUnknownAccessType } from '../../aws/msk.js';
import { serviceOf } from '../../aws/arn.js';
import { hasSecretSuffix, withoutSecretSuffix } from '../../aws/secret-arn.js';
import type { Mapping, Secret, SecretProfile } from '../../snapshot/resources/index.js';
import type { ClusterView } from '../../subject/cluster-view.js';
import type { FailureKind } from '../define.js';

const noType = 'no type';

/** Other authentication types whose secret also holds a user name and a password. */
export const passwordTypes: ReadonlySet<string> = new Set(['SASL_SCRAM_256_AUTH', 'BASIC_AUTH']);

/** A fault as a sentence; `kind` where the authentication depends on it. */
export interface SourceAccessFault {
  fact: string;
  kind?: FailureKind;
}

/** Empty where the settings are correct. Cluster and secret are null where unread. */
export function sourceAccessFaults(
  mapping: Mapping,
  cluster: ClusterView | null,
  secret: SecretProfile | null,
): SourceAccessFault[] {
  const access = mapping.SourceAccessConfigurations;
  const types = access.map(({ Type: type }) => type ?? noType);
  const credentials = types.filter((type) => isSecretType(type));
  return [
    ...[...new Set(types)]
      .filter((type) => !isSecretType(type) && (type === noType || !isUnknownAccessType(type)))
      .map((type) => ({
        fact: `${type} is ${type.startsWith('VPC_') ? 'for self-managed Kafka only (with MSK, the pollers use the cluster’s subnets and security groups)' : 'not valid for MSK'}`,
      })),
    ...(credentials.length > 1
      ? [
          {
            fact: `it has ${credentials.length} secrets (${credentials.join(', ')}); MSK allows one`,
            kind: 'several-secrets' as const,
          },
        ]
      : []),
    ...(credentials.length === 0 && cluster !== null ? secretMissing(cluster) : []).map((fact) => ({
      fact,
      kind: 'no-secret' as const,
    })),
    ...(credentials.length === 1 && secret !== null ? wrongKind(credentials[0]!, secret) : []).map((fact) => ({
      fact,
      kind: 'wrong-secret' as const,
    })),
  ];
}

/** The kind of the failure; `named`: the fault of the secret's ARN. */
export const kindOf = (faults: readonly SourceAccessFault[], named: readonly string[]): FailureKind | undefined =>
  faults.length === 0 && named.length > 0 ? 'invalid-arn' : faults.find(({ kind }) => kind !== undefined)?.kind;

export const isSecretArn = (uri: string): boolean => serviceOf(uri) === 'secretsmanager';

/** With the suffix that Secrets Manager appends to a secret's name. */
export const isWholeSecretArn = (uri: string): boolean => isSecretArn(uri) && hasSecretSuffix(uri);

/**
 * How a mapping names its secret, instead of with the complete ARN that Lambda requires (AWS: MSK cluster
 * authentication for Lambda).
 */
export interface NamedSecret {
  /** For a sentence; null where it is the complete ARN. */
  fault: string | null;
  /** An ARN without its last six characters; Secrets Manager finds the secret anyway. */
  partial: boolean;
  /** The correct value, where it was read. */
  whole: string | null;
}

/** `secret`: as DescribeSecret returns it; null where unread. */
export function namedSecret({ SourceAccessConfigurations: access }: Mapping, secret: Secret | null): NamedSecret {
  const { Type: type = '', URI: uri = '' } = access.find((entry) => isSecretType(entry.Type)) ?? {};
  const whole = secret?.ARN ?? null;
  if (type === '' || whole === uri) return { fault: null, partial: false, whole };
  if (!isSecretArn(uri))
    return { fault: `the URI of ${type}, “${uri}”, is not the ARN of a secret`, partial: false, whole };
  const partial = (whole !== null && withoutSecretSuffix(whole) === uri) || !hasSecretSuffix(uri);
  return {
    fault: partial
      ? `the URI of ${type} is not a complete ARN: the hyphen and six characters at its end are missing`
      : null,
    partial,
    whole,
  };
}

/** A cluster that accepts only logins with a secret. */
function secretMissing({ iam, unauthenticatedTls, plaintext, scram, mtls }: ClusterView): string[] {
  if (iam || unauthenticatedTls || plaintext || !(scram || mtls)) return [];
  return [
    `SourceAccessConfigurations contains no secret, but the cluster accepts only ${secretMethods({ scram, mtls })}`,
  ];
}

/** The methods of a cluster that need a secret, for a sentence: “SASL/SCRAM or mutual TLS”. */
export const secretMethods = ({ scram, mtls }: Pick<ClusterView, 'scram' | 'mtls'>): string =>
  [...(scram ? [authNames.scram] : []), ...(mtls ? [authNames.mtls] : [])].join(' or ');

/** A secret of one kind, complete, but named under the type of the other. */
function wrongKind(type: string, { members }: SecretProfile): string[] {
  const holds = (...names: string[]) => names.every((name) => members.includes(name));
  const lacks = (...names: string[]) => !names.some((name) => members.includes(name));
  if (type === secretTypes.scram && holds('certificate', 'privateKey') && lacks('username', 'password'))
    return [`the secret contains a certificate, so its type must be ${secretTypes.mtls}, not ${type}`];
  if (type === secretTypes.mtls && holds('username', 'password') && lacks('certificate', 'privateKey'))
    return [`the secret contains a user name and password, so its type must be ${secretTypes.scram}, not ${type}`];
  return [];
}
