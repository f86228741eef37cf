/** Whether a secret is one of those that are associated with the cluster. */
import { isSameSecret } from '../../../aws/secret-arn.js';
import type { Fact } from '../../../subject/fact.js';

/**
 * Brokers know users, not secrets: if another secret is associated, it may hold the same user, and this one may be a
 * copy.
 */
export const mayBeCopy = (scramSecrets: Fact<string[]>, uri: string): boolean =>
  scramSecrets.is === 'known' &&
  scramSecrets.value.length > 0 &&
  !scramSecrets.value.some((arn) => isSameSecret(arn, uri));
