import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/account/make-changes.js';
import {
  conflictingUuid,
  isConflict,
  isInUse,
  isUnsure,
  mayBePropagation,
  meaningOf,
} from '../../src/mapping/refusals.js';
import { uuid } from '../../src/sandbox/healthy.js';

const refusal = (
  name: string,
  message: string,
  status: number | null = 400,
  outcome: Refusal['outcome'] = 'failed',
): Refusal => ({
  outcome,
  service: 'lambda',
  operation: 'CreateEventSourceMapping',
  action: 'lambda:CreateEventSourceMapping',
  error: name,
  name,
  message,
  status,
});
const invalid = (message: string): Refusal => refusal('InvalidParameterValueException', message);
const wrapped = (message: string): string =>
  `Resource handler returned message: "Invalid request provided: ${message} (Service: Lambda, Status Code: 400, Request ID: 1)"`;

describe('a refusal in plain words', () => {
  test.each<{ given: Refusal; meaning: RegExp }>([
    {
      given: invalid(
        "Cannot access secret manager value arn:x. Please ensure the role can perform the 'secretsmanager:GetSecretValue' action on your broker in IAM.",
      ),
      meaning: /may not read the secret or use its KMS key/,
    },
    {
      given: invalid(wrapped('The role defined for the function cannot be assumed by Lambda.')),
      meaning: /trust policy/,
    },
    {
      given: invalid('The function execution role does not have permissions to call DescribeClusterV2 on KAFKA'),
      meaning: /lacks a permission/,
    },
    {
      given: invalid("Unsupported 'maximumRetryAttempts' parameter for given event source mapping type."),
      meaning: /only in provisioned mode/,
    },
    {
      given: invalid(
        "Unsupported 'amazonManagedKafkaEventSourceConfig.consumerGroupId' parameter for given event source mapping type.",
      ),
      meaning: /consumer group of an existing mapping would change/,
    },
    { given: invalid('Need to specify a timestamp'), meaning: /needs a timestamp/ },
    { given: invalid('Unrecognized event source.'), meaning: /not an MSK cluster/ },
    { given: invalid('Invalid filter pattern definition.'), meaning: /is invalid/ },
    { given: invalid('Function does not exist'), meaning: /alias or version does not exist/ },
    {
      given: refusal(
        'ValidationException',
        "1 validation error detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
      ),
      meaning: /outside the range that Lambda allows/,
    },
    {
      given: refusal('AccessDeniedException', 'User: x is not authorized', 403, 'denied'),
      meaning: /Your credentials need lambda:CreateEventSourceMapping/,
    },
    { given: refusal('TooManyRequestsException', 'Rate exceeded', 429, 'throttled'), meaning: /throttles/ },
    { given: refusal('ResourceInUseException', 'in use'), meaning: /another operation/ },
    { given: refusal('ResourceNotFoundException', 'gone', 404, 'not-found'), meaning: /does not exist/ },
    { given: invalid('Something new'), meaning: /AWS refused it/ },
  ])('$given', ({ given, meaning }) => expect(meaningOf(given)).toMatch(meaning));
});

test('what passes by itself, what is a conflict, and what is not known are told apart', () => {
  const conflict = refusal(
    'ResourceConflictException',
    `x already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    409,
  );
  const kinds = (refusal: Refusal) => ({
    conflict: isConflict(refusal),
    unsure: isUnsure(refusal),
    propagation: mayBePropagation(refusal),
    inUse: isInUse(refusal),
  });
  const none = { conflict: false, unsure: false, propagation: false, inUse: false };
  expect(kinds(conflict)).toEqual({ ...none, conflict: true });
  expect(
    conflictingUuid({ ...conflict, message: `0a1b2c3d-1111-4222-8333-444455556666 … ${uuid.toUpperCase()}.` }),
  ).toBe(uuid);
  expect(kinds(invalid(wrapped('The provided execution role does not have permissions to call x')))).toEqual({
    ...none,
    propagation: true,
  });
  expect(kinds(refusal('ECONNRESET', 'read ECONNRESET', null))).toEqual({ ...none, unsure: true });
  expect(kinds(refusal('TimeoutError', 'no answer', null, 'timed-out'))).toEqual({ ...none, unsure: true });
  expect(kinds(refusal('ServiceException', 'sorry', 500))).toEqual({ ...none, unsure: true });
  expect(kinds(refusal('SyntaxError', 'Unexpected token', 200))).toEqual({ ...none, unsure: true });
  expect(kinds(refusal('ResourceInUseException', 'in use'))).toEqual({ ...none, inUse: true });
  expect(kinds(refusal('TooManyRequestsException', 'x', 429, 'throttled'))).toEqual(none);
  expect(kinds(refusal('CredentialsProviderError', 'x', null, 'denied'))).toEqual(none);
});
