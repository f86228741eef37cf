/** A grant on a key as a policy: it allows its operations to its grantee, under the encryption context that it asks for. */
import { expect, test } from 'vitest';
import { evaluateDocument } from '../../src/access/evaluate.js';
import { grantsAsPolicy } from '../../src/access/grants.js';
import type { KeyGrant } from '../../src/snapshot/resources/index.js';

const role = 'arn:aws:iam::111122223333:role/orders';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/k';
const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3';
const context = {
  'kms:EncryptionContext:SecretARN': secret,
  'kms:EncryptionContextKeys': ['SecretARN', 'SecretVersionId'],
};
const grant = (more: Partial<KeyGrant> = {}): KeyGrant => ({
  GranteePrincipal: role,
  Operations: ['Decrypt'],
  ...more,
});
const answer = (grants: KeyGrant[], action = 'kms:Decrypt') => {
  const document = grantsAsPolicy(grants);
  return document === null
    ? null
    : evaluateDocument(
        document,
        { action, resource: key, principal: { aws: role }, context },
        { layer: 'resource', policy: 'p' },
      ).answer;
};

test.each([
  ['none', [], null],
  ['one without a grantee', [grant({ GranteePrincipal: undefined })], null],
  ['one to the role', [grant()], 'allowed'],
  ['one to another role', [grant({ GranteePrincipal: `${role}2` })], 'denied'],
  ['one of another operation', [grant({ Operations: ['Encrypt'] })], 'denied'],
  ['one for this secret', [grant({ Constraints: { EncryptionContextSubset: { SecretARN: secret } } })], 'allowed'],
  [
    'one for another secret',
    [grant({ Constraints: { EncryptionContextSubset: { SecretARN: `${secret}2` } } })],
    'denied',
  ],
  [
    'one for exactly this pair, where the call has two',
    [grant({ Constraints: { EncryptionContextEquals: { SecretARN: secret } } })],
    'denied',
  ],
  [
    'one for exactly both pairs, of which one is not known',
    [grant({ Constraints: { EncryptionContextEquals: { SecretARN: secret, SecretVersionId: 'v' } } })],
    'cannot-tell',
  ],
] as const)('%s', (_, grants, expected) => expect(answer([...grants])).toBe(expected));
