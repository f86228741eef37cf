/** Whether a secret is one of those that are associated with the cluster. */
import type { Fact } from '../../../subject/fact.js';

/** MSK takes only secrets of such names for its users (AWS: SASL/SCRAM, limitations). */
export const scramPrefix = 'AmazonMSK_';

/** A mapping may name a secret by name, or by an ARN without the six characters at its end. */
export function isSameSecret(arn: string, uri: string): boolean {
  const withoutSuffix = arn.replace(/-[A-Za-z0-9]{6}$/, '');
  return arn === uri || withoutSuffix === uri || withoutSuffix.split(':secret:')[1] === uri;
}

/** Brokers know users, not secrets: where another secret is associated it may hold the same user, and this one may be a copy of it. */
export const mayBeCopy = (scramSecrets: Fact<string[]>, uri: string): boolean =>
  scramSecrets.is === 'known' &&
  scramSecrets.value.length > 0 &&
  !scramSecrets.value.some((arn) => isSameSecret(arn, uri));

/** The name of a secret, from its ARN or as it was given. */
export const secretNameOf = (uri: string): string => (uri.split(':secret:')[1] ?? uri).replace(/-[A-Za-z0-9]{6}$/, '');
