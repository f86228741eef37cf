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
    'The execution role may not read the secret or use its KMS key, or the ARN of the secret is incomplete (its six-character suffix is missing).',
  ],
  [/expected format of/i, 'The secret does not have the members that its authentication type requires.'],
  [
    /cannot be assumed by Lambda/i,
    'The trust policy of the execution role does not allow lambda.amazonaws.com to assume it.',
  ],
  [
    /execution role does not have permissions/i,
    'The execution role lacks a permission to describe the cluster or to create network interfaces.',
  ],
  [/ensure the role can perform/i, 'The execution role lacks the named permission.'],
  [
    /consumer ?group/i,
    'Lambda rejects this consumer group: another Kafka mapping of the region uses it, or the consumer group of an existing mapping would change.',
  ],
  [
    /parameter for given event source mapping type/i,
    'Lambda does not support this setting for MSK, or only in provisioned mode.',
  ],
  [/Destination field is required/i, 'The on-failure destination has no ARN.'],
  [/Need to specify a timestamp/i, 'AT_TIMESTAMP needs a timestamp.'],
  [
    /Unrecognized event source|Unsupported starting position/i,
    'The ARN is not an MSK cluster or VPC connection in this region.',
  ],
  [/Invalid filter pattern/i, 'A filter pattern is invalid.'],
  [/Function (does not exist|not found)/i, 'The function, alias or version does not exist in this region.'],
  [/failed to satisfy constraint/i, 'A value is outside the range that Lambda allows.'],
];

/** A quota of IAM, which the SDK reports under the name of a throttled call. */
const versionQuota = /up to 5 versions/i;

/** Plain words for a refusal; AWS's message is shown with them. */
export function meaningOf(refusal: Refusal): string {
  const { message, outcome, action, error } = refusal;
  const trouble = credentialsTrouble(error);
  if (trouble !== null) return `${trouble.sentence} ${trouble.hint}`;
  if (outcome === 'denied') return `Your credentials need ${action}.`;
  if (versionQuota.test(message))
    return 'The policy has 5 versions, the most that IAM keeps. Delete an old version (aws iam list-policy-versions, aws iam delete-policy-version), then repeat the repair.';
  if (outcome === 'throttled') return 'AWS throttles the calls; try again later.';
  if (isInUse(refusal)) return 'The mapping is being changed by another operation.';
  if (isConflict(refusal))
    return 'Another mapping already exists: Lambda allows one mapping per cluster, topic and function.';
  if (isUnsure(refusal)) return 'AWS did not confirm the result.';
  const known = meanings.find(([pattern]) => pattern.test(message));
  if (known !== undefined) return known[1];
  return outcome === 'not-found' ? 'The named resource does not exist (any more).' : 'AWS refused it.';
}

/** A refusal of AWS in plain words, with its own message. */
export const refusalMessage = (refusal: Refusal): string => {
  const awsText = refusal.message === '' ? refusal.name : `${refusal.name}: ${refusal.message}`;
  return `${meaningOf(refusal)} AWS reports: ${refusal.status === null ? refusal.error : awsText}`;
};
