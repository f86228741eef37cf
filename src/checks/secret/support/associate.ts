/** Associates a secret with a cluster. */
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
        `Create a secret that MSK can associate: its name begins with ${scramPrefix} and its key is a customer managed key`,
        createUser(use),
      ),
    ];
  if (!secret.startsWith('arn:'))
    return [
      manual('Associate the secret with the cluster by its ARN', [
        shell`aws secretsmanager describe-secret --secret-id ${secret} --query ARN`,
        associateLine(clusterArn, 'ARN'),
      ]),
    ];
  return [
    {
      title: 'Associate the secret with the cluster',
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
