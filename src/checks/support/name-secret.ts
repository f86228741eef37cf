/** Fixes that change which secret a mapping names, or its type. */
import { secretTypes } from '../../aws/msk.js';
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
      manual('Name a secret in the mapping for an authentication method that the cluster has on', [
        ownCommand('update', uuid, '--secret', 'SECRET'),
      ]),
    ];
  const use: SecretUse = { secret: 'NAME', arn: null, uuid, key: null, clusterArn, username: null };
  const pair = manual(
    'Create a secret with a client certificate that a certificate authority of the cluster issued, and name it in the mapping',
    createPair(use, { name: 'NAME' }),
  );
  return [...(takes.scram ? userOf(without, use) : []), ...(takes.mtls ? [pair] : [])];
}

function userOf({ uuid, before, clusterArn, candidates }: WithoutSecret, use: SecretUse): Fix[] {
  const [only, ...others] = candidates ?? [];
  if (only !== undefined && others.length === 0)
    return [
      replaceAccess(`Name ${only} in the mapping, the only secret that is associated with the cluster`, uuid, before, [
        { Type: secretTypes.scram, URI: only },
      ]),
    ];
  if (only !== undefined)
    return [
      manual(
        'Name one of the secrets that are associated with the cluster in the mapping',
        [only, ...others].map((arn) => ownCommand('update', uuid, '--secret', arn)),
      ),
    ];
  if (candidates === null)
    return [
      manual('Name a secret that is associated with the cluster in the mapping', [
        shell`aws kafka list-scram-secrets --cluster-arn ${clusterArn}`,
        ownCommand('update', uuid, '--secret', 'SECRET'),
      ]),
    ];
  return [
    manual(
      'Create a secret with a user of the cluster, associate it, and name it in the mapping',
      createUser(use, 'NAME'),
    ),
  ];
}
