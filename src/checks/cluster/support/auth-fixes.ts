/** What brings the authentication that Lambda picks and those that the cluster has on together. */
import { type AuthMethod, authNames } from '../../../aws/msk.js';
import type { Fix } from '../../../fixes/fix.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { ClusterView } from '../../../subject/cluster-view.js';
import { shell } from '../../../text/shell.js';
import { nameSecret, replaceAccess } from '../../support/name-secret.js';
import { manual } from '../../support/secret-use.js';

export interface OtherAuth {
  source: string;
  /** What Lambda picks. */
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
            `Remove the secret from the mapping, so that Lambda uses ${authNames[instead]} (msk-lambda update ${uuid} --no-secret)`,
            uuid,
            before,
            [],
          ),
        ];
  // Of two kinds of secret, the other one.
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

/** What Lambda would use for a mapping that names no secret. */
function methodWithoutSecret(cluster: ClusterView | null): AuthMethod | null {
  if (cluster === null) return null;
  return cluster.iam ? 'iam' : cluster.unauthenticatedTls ? 'tls' : cluster.plaintext ? 'plaintext' : null;
}

const turnOnSomewhere = (method: AuthMethod): Fix =>
  manual(
    `Turn on ${authNames[method]} in the cluster, or use a VPC connection for the authentication that the mapping uses`,
  );

/** The call replaces all methods, and the brokers restart one after another. Its version of the cluster may have passed. */
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
  return manual(
    `Turn on ${authNames[method]} in the cluster, beside what is on; its brokers restart one after another`,
    [
      shell`aws kafka update-security --cluster-arn ${arn} --current-version ${raw.CurrentVersion ?? 'VERSION'} --client-authentication ${JSON.stringify(authentication)}`,
    ],
  );
}
