import { formatArn, parseArn } from '../aws/arn.js';
import type { Secret } from './resources/index.js';

/**
 * A secret's own key as KMS is asked for it; null under the default key of Secrets Manager. An id or an alias, as which
 * it may have been given when the secret was made, is one of the secret's account: `account` asks for it by ARN where it is another.
 */
export function keyOfSecret({ ARN: arn, KmsKeyId: key = '' }: Secret, account: string | null): string | null {
  if (key === '' || key.endsWith('alias/aws/secretsmanager')) return null;
  const secret = parseArn(arn);
  if (key.startsWith('arn:') || account === null || secret === null || secret.account === account) return key;
  return formatArn({ ...secret, service: 'kms', resource: key.startsWith('alias/') ? key : `key/${key}` });
}
