import fc from 'fast-check';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { looksLikePassword, looksLikeUserName } from '../../src/text/user-name.js';

test.each([
  'alice',
  'orders-reader',
  'svc.orders_reader',
  'orders@example.com',
  String.raw`EXAMPLE\orders`,
  'OrdersReader',
  'IAMUser',
  'ORDERS_PROD_2',
  'kafka2024',
  'team/orders',
  'jürgen',
  '漢字',
])('%s is the name of a user', (name) => {
  expect(looksLikeUserName(name)).toBe(true);
  expect(looksLikePassword(name)).toBe(false);
});

test.each([
  ['signs', 'CANARY-Aa1!-7f3e'],
  ['digits in the middle', 'svc-7f3a91b'],
  ['changing case', 'aGVsbG8gd29y'],
  ['a phrase', 'correct horse battery staple'],
  ['JSON', '{"username":"a"}'],
  ['one letter', 'x'],
  ['nothing', '  '],
  ['no word of any language', 'qwhzkfjtplmx'],
  ['very long', 'a'.repeat(65)],
])('%s is not shown as the name of a user', (_, text) => expect(looksLikeUserName(text)).toBe(false));

describe('what is generated is never taken for a name', () => {
  test.each<[string, (bytes: Buffer) => string]>([
    ['hexadecimal', (bytes) => bytes.toString('hex')],
    ['base64', (bytes) => bytes.toString('base64')],
    ['base64url', (bytes) => bytes.toString('base64url')],
    ['a UUID', () => randomUUID()],
  ])('%s', (_, encode) => {
    for (let count = 0; count < 500; count++) {
      const text = encode(randomBytes(16));
      expect(looksLikeUserName(text), text).toBe(false);
    }
  });
});

test('hexadecimal and UUIDs are taken for passwords', () => {
  for (const text of [randomUUID(), randomBytes(32).toString('hex')]) expect(looksLikePassword(text)).toBe(true);
});

test('nothing is both', () =>
  fc.assert(fc.property(fc.string(), (text) => !(looksLikeUserName(text) && looksLikePassword(text)))));
