/** Fixes for a mismatch between the authentication that Lambda selects and what the cluster has enabled. */
import { type AuthMethod, authNames } from '../../../aws/msk.js';
import type { Fix } from '../../../fixes/fix.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { ClusterView } from '../../../subject/cluster-view.js';
import { shell } from '../../../text/shell.js';
import { nameSecret, replaceAccess } from '../../support/name-secret.js';
import { manual } from '../../support/secret-use.js';

export interface OtherAuth {
  source: string;
  /** The method that Lambda selects. */
  method: AuthMethod;
  mapping: Mapping;
  /** Null where it could not be read, or is another account's. */
  cluster: ClusterView | null;
  candidates: readonly string[] | null;
}

export function fixAuth({ source, method, mapping, cluster, candidates }: OtherAuth): Fix[] {
  const { UUID: uuid, SourceAccessConfigurations: before } = mapping;
  if (method !== 'scram' && method !== 'mtls')
    return nameSecret({ uuid, before, clusterArn: source, takes: cluster, candidates });
  const instead = methodWithoutSecret(cluster);
  const remove =
    instead === null
      ? []
      : [
          replaceAccess(
            `Remove the secret from the mapping, so that Lambda uses ${authNames[instead]}`,
            uuid,
            before,
            [],
          ),
        ];
  // The other one of the two methods with a secret.
  const other =
    method === 'scram'
      ? { scram: false, mtls: cluster?.mtls === true }
      : { scram: cluster?.scram === true, mtls: false };
  return [
    ...remove,
    ...(other.scram || other.mtls ? nameSecret({ uuid, before, clusterArn: source, takes: other, candidates }) : []),
    ...(cluster === null ? [turnOnSomewhere(method)] : [turnOn(method, cluster)]),
  ];
}

/** The method that Lambda would select for a mapping without a secret. */
function methodWithoutSecret(cluster: ClusterView | null): AuthMethod | null {
  if (cluster === null) return null;
  return cluster.iam ? 'iam' : cluster.unauthenticatedTls ? 'tls' : cluster.plaintext ? 'plaintext' : null;
}

const turnOnSomewhere = (method: AuthMethod): Fix =>
  manual(
    `Enable ${authNames[method]} in the cluster, or use a VPC connection with the mapping’s authentication method`,
  );

/**
 * The call replaces all methods, and the brokers restart one by one. The version of the cluster in it may be
 * outdated by then.
 */
function turnOn(method: AuthMethod, { arn, iam, scram, mtls, certificateAuthorities, raw }: ClusterView): Fix {
  const authentication = {
    Sasl: { Scram: { Enabled: scram || method === 'scram' }, Iam: { Enabled: iam } },
    ...(mtls || method === 'mtls'
      ? {
          Tls: {
            Enabled: true,
            CertificateAuthorityArnList:
              certificateAuthorities.length === 0 ? ['CERTIFICATE_AUTHORITY_ARN'] : certificateAuthorities,
          },
        }
      : {}),
    Unauthenticated: { Enabled: raw.Provisioned?.ClientAuthentication?.Unauthenticated?.Enabled === true },
  };
  return manual(`Enable ${authNames[method]} in the cluster (restarts the brokers one by one)`, [
    shell`aws kafka update-security --cluster-arn ${arn} --current-version ${raw.CurrentVersion ?? 'VERSION'} --client-authentication ${JSON.stringify(authentication)}`,
  ]);
}
