/** Associates a secret with a cluster. */
import { clusterNameOf } from '../../../aws/event-source.js';
import { scramPrefix } from '../../../aws/msk.js';
import type { Fix } from '../../../fixes/fix.js';
import { shell } from '../../../text/shell.js';
import { associateLine, createUser, manual, type SecretUse } from '../../support/secret-use.js';

export interface Unassociated {
  clusterArn: string;
  secret: string;
  /** MSK refuses it because of its name or its key. */
  refused: boolean;
  use: SecretUse;
}

export function associate({ clusterArn, secret, refused, use }: Unassociated): Fix[] {
  const input = { ClusterArn: clusterArn, SecretArnList: [secret] };
  if (refused)
    return [
      manual(
        `Create a secret with a name that begins with ${scramPrefix} and a customer managed key, and associate it`,
        createUser(use),
      ),
    ];
  if (!secret.startsWith('arn:'))
    return [
      manual('Associate the secret with the cluster', [
        shell`aws secretsmanager describe-secret --secret-id ${secret} --query ARN`,
        associateLine(clusterArn, 'ARN'),
      ]),
    ];
  return [
    {
      title: `Associate the secret with ${clusterNameOf(clusterArn) ?? 'the cluster'}`,
      safety: 'care',
      changes: [
        {
          service: 'kafka',
          operation: 'BatchAssociateScramSecret',
          input,
          undo: { service: 'kafka', operation: 'BatchDisassociateScramSecret', input },
        },
      ],
    },
  ];
}
