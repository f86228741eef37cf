/** `secret check`: what a secret is taken for, and the verdict on it. */
import { describe, expect, test } from 'vitest';
import { diagnoseSecret } from '../../src/diagnosis/secret.js';
import { profileSecret } from '../../src/secrets/profile.js';
import { ok } from '../../src/snapshot/read.js';
import { accountWith, clusterArn, deny, notFound, secretArn } from '../accounts/account.js';
import type { Change } from '../checks/judging.js';

const random = () => crypto.randomUUID();
const content =
  (members: object): Change =>
  (snapshot) =>
    void (snapshot.secretProfiles[secretArn] = ok(profileSecret({ text: JSON.stringify(members) })));
const diagnosis = (change: Change, asserted?: 'scram' | 'mtls', cluster: string | null = clusterArn) =>
  diagnoseSecret(accountWith(change, { auth: 'scram' }), secretArn, {
    asserted,
    clusterArn: cluster,
    fromFile: false,
  });
const ids = (change: Change, asserted?: 'scram' | 'mtls') =>
  diagnosis(change, asserted)
    .findings.filter(({ status }) => status !== 'skip')
    .map(({ check }) => check);

describe('the type of a secret', () => {
  test.each([
    { name: 'user name and password', members: { username: 'orders', password: random() }, type: 'scram' },
    { name: 'a user name alone', members: { username: 'orders' }, type: 'scram' },
    { name: 'a password alone', members: { password: random() }, type: 'scram' },
    { name: 'a certificate alone', members: { certificate: 'x' }, type: 'mtls' },
    { name: 'a key alone', members: { privateKey: 'x' }, type: 'mtls' },
    { name: 'a misspelt member', members: { user: 'orders', pass: random() }, type: 'scram' },
  ])('$name: $type', ({ members, type }) => expect(diagnosis(content(members)).type).toBe(type));

  test('what the user says it is for decides', () => {
    const members = { username: 'orders', password: random() };
    expect(diagnosis(content(members), 'mtls').type).toBe('mtls');
    expect(ids(content(members), 'mtls')).toContain('secret.certificate');
    expect(ids(content(members), 'mtls')).not.toContain('secret.scram');
  });
});

describe('the verdict', () => {
  const good = content({ username: 'orders', password: random() });
  test('healthy', () => {
    const { verdict, arn, profile } = diagnosis(good);
    expect([verdict, arn]).toEqual(['healthy', secretArn]);
    expect(profile).not.toBeNull();
  });
  test('a content that fails is broken', () =>
    expect(diagnosis(content({ username: 'orders' })).verdict).toBe('broken'));
  test('a content that could not be read is unknown, and nothing fails', () => {
    const { verdict, profile, findings } = diagnosis((snapshot) =>
      deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'),
    );
    expect([verdict, profile]).toEqual(['unknown', null]);
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
  });
  test('a failure outweighs what could not be read', () =>
    expect(
      diagnosis((snapshot) => {
        snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret', secretArn);
        deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue');
      }).verdict,
    ).toBe('broken'));
  test('a warning is at-risk', () =>
    expect(diagnosis(content({ username: 'orders', password: ` ${random()}` })).verdict).toBe('at-risk'));
});
