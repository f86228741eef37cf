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
  { name: 'none', grants: [], expected: null },
  { name: 'one without a grantee', grants: [grant({ GranteePrincipal: undefined })], expected: null },
  { name: 'one to the role', grants: [grant()], expected: 'allowed' },
  { name: 'one to another role', grants: [grant({ GranteePrincipal: `${role}2` })], expected: 'denied' },
  { name: 'one of another operation', grants: [grant({ Operations: ['Encrypt'] })], expected: 'denied' },
  {
    name: 'one for this secret',
    grants: [grant({ Constraints: { EncryptionContextSubset: { SecretARN: secret } } })],
    expected: 'allowed',
  },
  {
    name: 'one for another secret',
    grants: [grant({ Constraints: { EncryptionContextSubset: { SecretARN: `${secret}2` } } })],
    expected: 'denied',
  },
  {
    name: 'one for exactly this pair, where the call has two',
    grants: [grant({ Constraints: { EncryptionContextEquals: { SecretARN: secret } } })],
    expected: 'denied',
  },
  {
    name: 'one for exactly both pairs, of which one is not known',
    grants: [grant({ Constraints: { EncryptionContextEquals: { SecretARN: secret, SecretVersionId: 'v' } } })],
    expected: 'cannot-tell',
  },
] as const)('$name', ({ grants, expected }) => expect(answer([...grants])).toBe(expected));
