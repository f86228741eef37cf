import { formatArn, parseArn } from '../aws/arn.js';
import type { Secret } from './resources/index.js';

/**
 * The KMS key of a secret, as KMS accepts it; null for the default key of Secrets Manager. A key id or alias belongs
 * to the secret's account, so a caller in another `account` gets its ARN.
 */
export function keyOfSecret({ ARN: arn, KmsKeyId: key = '' }: Secret, account: string | null): string | null {
  if (key === '' || key.endsWith('alias/aws/secretsmanager')) return null;
  const secret = parseArn(arn);
  if (key.startsWith('arn:') || account === null || secret === null || secret.account === account) return key;
  return formatArn({ ...secret, service: 'kms', resource: key.startsWith('alias/') ? key : `key/${key}` });
}
