/** Replacements for a secret that does not exist. */
import { methodOfSecretType } from '../../../aws/msk.js';
import { isSameSecret, secretNameOf } from '../../../aws/secret-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import { ownCommand } from '../../../fixes/own-command.js';
import { updateMapping } from '../../support/update-mapping.js';
import { createPair, createUser, manual, type SecretUse } from '../../support/secret-use.js';

/** A new secret of the same name. */
export function recreated(use: SecretUse, type: string, title: string): Fix {
  const name = secretNameOf(use.secret);
  return manual(title, methodOfSecretType(type) === 'scram' ? createUser(use, name) : createPair(use, { name }));
}

/** Secrets that are associated with the cluster: one of the same name is the recreated secret. */
export function otherSecrets({ secret: uri, uuid }: SecretUse, type: string, associated: readonly string[]): Fix[] {
  const candidates = associated.filter((arn) => arn !== uri);
  const again = candidates.find((arn) => isSameSecret(arn, secretNameOf(uri)));
  if (uuid === null || candidates.length === 0) return [];
  if (again !== undefined) {
    const access = (URI: string) => ({ SourceAccessConfigurations: [{ Type: type, URI }] });
    return [
      {
        title: `Use the recreated secret ${secretNameOf(again)} in the mapping; it is associated with the cluster`,
        safety: 'care',
        changes: [updateMapping(uuid, access(again), access(uri))],
      },
    ];
  }
  return [
    manual(
      'Use a secret in the mapping that is associated with the cluster',
      candidates.map((arn) => ownCommand('update', uuid, '--secret', arn)),
    ),
  ];
}
