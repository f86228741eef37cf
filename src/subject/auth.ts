/**
 * Which authentication Lambda selects: a fixed order, without a second attempt (AWS: MSK cluster authentication for
 * Lambda).
 */
import { type AuthMethod, type SecretMethod, methodOfConnection, methodOfSecretType, secretTypes } from '../aws/msk.js';
import type { EventSource } from '../aws/event-source.js';
import type { BootstrapBrokers, Mapping, VpcConnection } from '../snapshot/resources/index.js';

/** The authentication that Lambda selects. */
export interface AuthChoice {
  method: AuthMethod;
  /** The reason: a clause that can follow "picked because". */
  because: string;
  /** Whether the cluster has this method enabled. */
  enabled: boolean;
  /** The secret that the mapping names for it. */
  secretUri: string | null;
}

/** A secret that the mapping names, with its type. */
export interface SecretReference {
  type: string;
  uri: string;
}

/** The authentication methods that a cluster offers. */
export interface OfferedAuth {
  iam: boolean;
  scram: boolean;
  mtls: boolean;
  unauthenticatedTls: boolean;
  plaintext: boolean;
}

/** The secret with which the mapping authenticates; null where it names none of MSK's two types. */
export function secretReferenceOf(mapping: Mapping): SecretReference | null {
  for (const type of Object.values(secretTypes)) {
    const access = mapping.SourceAccessConfigurations.find((entry) => entry.Type === type);
    if (access?.Type !== undefined) return { type: access.Type, uri: access.URI ?? '' };
  }
  return null;
}

/** The method that the mapping's secret decides, whatever the cluster has enabled; null without such a secret. */
export const methodOfSecret = (mapping: Mapping): SecretMethod | null =>
  methodOfSecretType(secretReferenceOf(mapping)?.type);

/**
 * The method that Lambda selects for this mapping on a cluster with these methods. Through a VPC connection a client
 * always authenticates with IAM, SASL/SCRAM or mutual TLS (AWS: MSK multi-VPC private connectivity), so without a
 * secret with IAM.
 */
export function chooseAuth(mapping: Mapping, offered: OfferedAuth, kind: EventSource['kind'] = 'cluster'): AuthChoice {
  const secret = secretReferenceOf(mapping);
  if (secret !== null) {
    const method = methodOfSecretType(secret.type)!;
    return {
      method,
      because: `the mapping has a secret of type ${secret.type}`,
      enabled: offered[method],
      secretUri: secret.uri,
    };
  }
  const without = (method: AuthMethod, because: string, enabled: boolean): AuthChoice => ({
    method,
    because,
    enabled,
    secretUri: null,
  });
  if (kind === 'vpc-connection')
    return without('iam', 'the mapping has no secret, and a VPC connection requires authentication', offered.iam);
  if (offered.iam)
    return without('iam', 'the mapping has no secret, and IAM authentication is enabled in the cluster', true);
  if (offered.plaintext && !offered.unauthenticatedTls)
    return without(
      'plaintext',
      'the mapping has no secret, IAM authentication is disabled, and the cluster has no TLS brokers',
      true,
    );
  return without(
    'tls',
    'the mapping has no secret, and IAM authentication is disabled in the cluster, so Lambda uses TLS without authentication',
    offered.unauthenticatedTls,
  );
}

/** The single method of a VPC connection. A connection that does not show it is assumed to have the requested one. */
export function offeredByConnection(connection: VpcConnection, mapping: Mapping): OfferedAuth {
  const nothing = { iam: false, scram: false, mtls: false, unauthenticatedTls: false, plaintext: false };
  const method = methodOfConnection(connection.Authentication);
  if (method !== null) return { ...nothing, [method]: true };
  const secret = secretReferenceOf(mapping);
  return { ...nothing, [methodOfSecretType(secret?.type) ?? 'iam']: true };
}

/** The methods in the bootstrap strings, where the cluster itself could not be read: there is one string for each. */
export function offeredByBootstrap(strings: BootstrapBrokers): OfferedAuth {
  const has = (...fields: (keyof BootstrapBrokers)[]) => fields.some((field) => (strings[field] ?? '') !== '');
  const tls = has('BootstrapBrokerStringTls', 'BootstrapBrokerStringVpcConnectivityTls');
  return {
    iam: has('BootstrapBrokerStringSaslIam', 'BootstrapBrokerStringVpcConnectivitySaslIam'),
    scram: has('BootstrapBrokerStringSaslScram', 'BootstrapBrokerStringVpcConnectivitySaslScram'),
    mtls: tls,
    unauthenticatedTls: tls,
    plaintext: has('BootstrapBrokerString'),
  };
}
