/** Fixes for a mapping's SourceAccessConfigurations. */
import { isSecretType, methodOfSecretType, secretTypes, type SecretMethod } from '../../../aws/msk.js';
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import type { Mapping, SecretProfile } from '../../../snapshot/resources/index.js';
import type { ClusterView } from '../../../subject/cluster-view.js';
import { nameSecret, replaceAccess } from '../../support/name-secret.js';
import { manual } from '../../support/secret-use.js';
import { passwordTypes } from '../../support/source-access.js';

export interface Misfit {
  uuid: string;
  before: Mapping['SourceAccessConfigurations'];
  /** The secret's ARN, if that is the correct value. */
  whole: string | null;
  clusterArn: string;
  /** Null where it could not be read. */
  cluster: Pick<ClusterView, 'scram' | 'mtls' | 'iam' | 'unauthenticatedTls' | 'plaintext'> | null;
  /** The secret's method, by its members; null where they do not show it. */
  holds: SecretMethod | null;
  /** Secrets that are associated with the cluster; null where unread. */
  candidates: readonly string[] | null;
}

/** The method of a secret whose members all belong to one kind. */
export function contentKind(profile: SecretProfile | null): SecretMethod | null {
  const has = (...names: string[]) => names.every((name) => profile?.members.includes(name) === true);
  const [user, pair] = [has('username', 'password'), has('certificate', 'privateKey')];
  return user === pair ? null : user ? 'scram' : 'mtls';
}

export function fixSourceAccess(misfit: Misfit): Fix[] {
  const { uuid, before, whole, cluster, clusterArn, candidates, holds } = misfit;
  const replace = (title: string, after: Misfit['before']) => replaceAccess(title, uuid, before, after);
  const kept = before.filter(({ Type: type }) => isSecretType(type));
  if (kept.length > 1) return oneOf(misfit, kept);
  const [named] = kept;
  if (named !== undefined) {
    if (kept.length < before.length)
      return [replace('Remove the types that MSK does not support, and keep the secret', kept)];
    if (whole !== null) return [replace('Use the complete ARN of the secret', [{ ...named, URI: whole }])];
    const method = methodOfSecretType(named.Type);
    if (holds !== null && holds !== method)
      return [
        replace(`Change the secret’s type to ${secretTypes[holds]}, which matches its content`, [
          { ...named, Type: secretTypes[holds] },
        ]),
      ];
    return [
      manual('Set the secret of the mapping by name (msk-lambda fills in its complete ARN)', [
        ownCommand('update', uuid, '--secret', 'SECRET'),
      ]),
    ];
  }
  const [password, ...others] = before.filter(({ Type: type = '' }) => passwordTypes.has(type));
  if (cluster?.scram === true && password !== undefined && others.length === 0)
    return [
      replace(`Change the secret’s type to ${secretTypes.scram}, which MSK supports`, [
        { ...password, Type: secretTypes.scram },
      ]),
    ];
  const needsSecret = cluster !== null && !cluster.iam && !cluster.unauthenticatedTls && !cluster.plaintext;
  const name = needsSecret ? nameSecret({ uuid, before, clusterArn, takes: cluster, candidates }) : [];
  return name.length > 0 || before.length === 0 ? name : [replace('Remove the types that MSK does not support', [])];
}

/** Of several secrets, the one whose method the cluster accepts. If it accepts all, only a person can choose. */
function oneOf({ uuid, before, cluster }: Misfit, kept: Misfit['before']): Fix[] {
  const taken = kept.filter(({ Type: type }) => {
    const method = methodOfSecretType(type);
    return method !== null && cluster?.[method] === true;
  });
  const [only, ...others] = taken;
  return only !== undefined && others.length === 0
    ? [replaceAccess(`Keep only the ${only.Type} secret, which the cluster accepts`, uuid, before, [only])]
    : [
        manual(
          'Keep one of the secrets',
          kept.map(({ URI: uri = '' }) => ownCommand('update', uuid, '--secret', uri)),
        ),
      ];
}
