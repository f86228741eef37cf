/**
 * What AWS's refusals mean, and which of them end without action. Texts may be wrapped in others, so they are
 * searched, not compared.
 */
import type { Refusal } from '../account/make-changes.js';
import { credentialsTrouble } from '../account/failure.js';

/** New permissions take minutes to take effect; until then AWS refuses with one of these texts. */
const notYetAllowed =
  /cannot be assumed by Lambda|execution role does not have permissions|ensure the role can perform/i;

export const mayBePropagation = ({ name, message }: Refusal): boolean =>
  name !== 'ResourceConflictException' && notYetAllowed.test(message);

export const isConflict = ({ name, message, status }: Refusal): boolean =>
  name === 'ResourceConflictException' || (status === 409 && /already exists/i.test(message));

export const isInUse = ({ name }: Refusal): boolean => name === 'ResourceInUseException';

/** The answer does not show whether the call was carried out: connection lost, timeout, or an error inside AWS. */
export const isUnsure = ({ status, outcome }: Refusal): boolean =>
  outcome !== 'denied' && outcome !== 'throttled' && (status === null || status < 400 || status >= 500);

/** The conflicting mapping: every form of the message ends with its UUID. */
export const conflictingUuid = ({ message }: Refusal): string | undefined =>
  message
    .match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi)
    ?.at(-1)
    ?.toLowerCase();

const meanings: readonly [RegExp, string][] = [
  [
    /Cannot access secret manager value/i,
    'The execution role may not read the secret or use its key, or the secret’s ARN is not whole (its last six characters belong to it).',
  ],
  [/expected format of/i, 'The secret’s members are not those that its type of authentication asks for.'],
  [
    /cannot be assumed by Lambda/i,
    'The trust policy of the execution role does not let lambda.amazonaws.com assume it.',
  ],
  [
    /execution role does not have permissions/i,
    'The execution role lacks a right that Lambda needs to look the cluster up or to make its network interfaces.',
  ],
  [/ensure the role can perform/i, 'The execution role lacks the right that is named.'],
  [
    /consumer ?group/i,
    'Lambda does not take this consumer group: it must be used by no other Kafka mapping of the region, and cannot be changed.',
  ],
  [
    /parameter for given event source mapping type/i,
    'Lambda does not take this setting for MSK, or not without provisioned pollers.',
  ],
  [/Destination field is required/i, 'An on-failure destination was sent without its ARN.'],
  [/Need to specify a timestamp/i, 'AT_TIMESTAMP needs a timestamp.'],
  [
    /Unrecognized event source|Unsupported starting position/i,
    'The ARN is none of an MSK cluster or VPC connection in this region.',
  ],
  [/Invalid filter pattern/i, 'A filter pattern is no valid rule.'],
  [/Function (does not exist|not found)/i, 'There is no such function, alias or version in this region.'],
  [/failed to satisfy constraint/i, 'A value is outside of what Lambda takes.'],
];

/** Plain words for a refusal; AWS's message is shown with them. */
export function meaningOf(refusal: Refusal): string {
  const { message, outcome, action, error } = refusal;
  const trouble = credentialsTrouble(error);
  if (trouble !== null) return `${trouble.sentence} ${trouble.hint}`;
  if (outcome === 'denied') return `Your credentials may not do this: they need ${action}.`;
  if (outcome === 'throttled') return 'AWS is asked too often at the moment.';
  if (isInUse(refusal)) return 'The mapping is in the middle of another change.';
  if (isConflict(refusal))
    return 'Another mapping stands in the way: Lambda takes a cluster, function and topic together once.';
  if (isUnsure(refusal)) return 'No answer of AWS tells what came of it.';
  const known = meanings.find(([pattern]) => pattern.test(message));
  if (known !== undefined) return known[1];
  return outcome === 'not-found' ? 'What is named is not there (any more).' : 'AWS refused it.';
}

/** A refusal of AWS in plain words, with its own message. */
export const refusalMessage = (refusal: Refusal): string => {
  const awsText = refusal.message === '' ? refusal.name : `${refusal.name}: ${refusal.message}`;
  return `${meaningOf(refusal)} AWS says: ${refusal.status === null ? refusal.error : awsText}`;
};
