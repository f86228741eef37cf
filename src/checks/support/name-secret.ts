/** Fixes that change which secret a mapping names, or its type. */
import { secretTypes } from '../../aws/msk.js';
import { secretNameOf } from '../../aws/secret-arn.js';
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { shell } from '../../text/shell.js';
import { createPair, createUser, manual, type SecretUse } from './secret-use.js';
import { updateMapping } from './update-mapping.js';

type Access = Mapping['SourceAccessConfigurations'];

/** A mapping without a secret, on a cluster that accepts only logins with one. */
export interface WithoutSecret {
  uuid: string;
  before: Access;
  clusterArn: string;
  /** Null where the cluster could not be read. */
  takes: { scram: boolean; mtls: boolean } | null;
  /** Secrets that are associated with the cluster; null where unread. */
  candidates: readonly string[] | null;
}

/** Replaces the mapping's source access configuration. */
export const replaceAccess = (title: string, uuid: string, before: Access, after: Access): Fix => ({
  title,
  safety: 'care',
  changes: [updateMapping(uuid, { SourceAccessConfigurations: after }, { SourceAccessConfigurations: before })],
});

/** A SASL/SCRAM secret, a client certificate, or both to choose from. */
export function nameSecret(without: WithoutSecret): Fix[] {
  const { uuid, clusterArn, takes } = without;
  if (takes === null)
    return [
      manual('Add a secret to the mapping for an authentication method that is enabled in the cluster', [
        ownCommand('update', uuid, '--secret', 'SECRET'),
      ]),
    ];
  const use: SecretUse = { secret: 'NAME', arn: null, uuid, key: null, clusterArn, username: null };
  const pair = manual(
    'Create a secret with a client certificate from a certificate authority of the cluster, and use it in the mapping',
    createPair(use, { name: 'NAME' }),
  );
  return [...(takes.scram ? userOf(without, use) : []), ...(takes.mtls ? [pair] : [])];
}

function userOf({ uuid, before, clusterArn, candidates }: WithoutSecret, use: SecretUse): Fix[] {
  const [only, ...others] = candidates ?? [];
  if (only !== undefined && others.length === 0)
    return [
      replaceAccess(
        `Use ${secretNameOf(only)} in the mapping, the only secret that is associated with the cluster`,
        uuid,
        before,
        [{ Type: secretTypes.scram, URI: only }],
      ),
    ];
  if (only !== undefined)
    return [
      manual(
        'Use one of the secrets in the mapping that are associated with the cluster',
        [only, ...others].map((arn) => ownCommand('update', uuid, '--secret', arn)),
      ),
    ];
  if (candidates === null)
    return [
      manual('Use a secret in the mapping that is associated with the cluster', [
        shell`aws kafka list-scram-secrets --cluster-arn ${clusterArn}`,
        ownCommand('update', uuid, '--secret', 'SECRET'),
      ]),
    ];
  return [
    manual(
      'Create a secret with user name and password, associate it with the cluster, and use it in the mapping',
      createUser(use, 'NAME'),
    ),
  ];
}
