import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import { clusterArn, denied, deny, secretArn, uuid, value } from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows, type Change } from '../judging.js';

const access = (...entries: [string, string][]): Change =>
  mapping({ SourceAccessConfigurations: entries.map(([Type, URI]) => ({ Type, URI })) });
const members =
  (...names: string[]): Change =>
  (snapshot) =>
    void (snapshot.secretProfiles[secretArn] = ok({ ...value(snapshot.secretProfiles, secretArn), members: names }));

describe('does not fit', () => {
  test.each<{ name: string; change: Change; auth: 'iam' | 'scram' | 'mtls'; says: RegExp }>([
    {
      name: 'no secret where the cluster takes SCRAM only',
      change: access(),
      auth: 'scram',
      says: /has no secret, but orders-cluster accepts only SASL\/SCRAM/,
    },
    {
      name: 'no secret where the cluster takes mutual TLS only',
      change: access(),
      auth: 'mtls',
      says: /accepts only mutual TLS/,
    },
    {
      name: 'two secrets',
      change: access(['SASL_SCRAM_512_AUTH', secretArn], ['CLIENT_CERTIFICATE_TLS_AUTH', secretArn]),
      auth: 'scram',
      says: /has 2 secrets/,
    },
    {
      name: 'a type of self-managed Kafka',
      change: access(['SASL_SCRAM_256_AUTH', secretArn]),
      auth: 'iam',
      says: /SASL_SCRAM_256_AUTH is not valid for MSK/,
    },
    {
      name: 'subnets',
      change: access(['VPC_SUBNET', 'subnet:subnet-1']),
      auth: 'iam',
      says: /the pollers use the cluster’s subnets/,
    },
    {
      name: 'a name where the ARN is meant',
      change: all(access(['SASL_SCRAM_512_AUTH', 'AmazonMSK_orders']), shows('PROBLEM: SASL authentication failed.')),
      auth: 'scram',
      says: /“AmazonMSK_orders”, is not the ARN/,
    },
    {
      name: 'a certificate under the type of passwords',
      change: members('certificate', 'privateKey'),
      auth: 'scram',
      says: /contains a certificate/,
    },
    {
      name: 'a password under the type of certificates',
      change: members('username', 'password'),
      auth: 'mtls',
      says: /contains a user name and password/,
    },
  ])('$name', ({ change, auth, says }) => {
    const finding = judge('mapping.source-access', change, { auth });
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });
});

describe('a secret that is not named by its whole ARN', () => {
  const partial = access(['SASL_SCRAM_512_AUTH', secretArn.slice(0, -7)]);
  const found: Change = (snapshot) => {
    for (const collection of [snapshot.secrets, snapshot.secretPolicies, snapshot.secretProfiles])
      Object.assign(collection, {
        [secretArn.slice(0, -7)]: collection[secretArn],
        AmazonMSK_orders: collection[secretArn],
      });
  };
  const refused = shows(
    `PROBLEM: Cannot access secret manager value ${secretArn.slice(0, -7)}. Please ensure the role can perform the 'secretsmanager:GetSecretValue' action on your broker in IAM.`,
  );
  const says = (...changes: Change[]) =>
    judge('mapping.source-access', all(found, ...changes), { auth: 'scram' }).status;
  test('is what Lambda refuses, and no fault of a mapping that works', () => {
    expect(says(partial, refused)).toBe('fail');
    expect(says(partial, shows('PROBLEM: SASL authentication failed.'))).toBe('warn');
    expect(says(partial)).toBe('pass');
    expect(says(access(['SASL_SCRAM_512_AUTH', 'AmazonMSK_orders']))).toBe('warn');
  });
  test('found first, named by its whole ARN, healthy', () => {
    expectMended('mapping.source-access', all(found, partial, refused), { auth: 'scram' });
    expectMended('mapping.source-access', all(found, access(['SASL_SCRAM_512_AUTH', 'AmazonMSK_orders']), refused), {
      auth: 'scram',
    });
  });
});

describe('fits', () => {
  test.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('%s', (auth) =>
    expectHarmless('mapping.source-access', 'pass', () => {}, { auth }),
  );
  test('no secret on a cluster that takes IAM and SCRAM: Lambda picks IAM', () =>
    expectHarmless(
      'mapping.source-access',
      'pass',
      (snapshot) =>
        void (value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication!.Sasl!.Scram = { Enabled: true }),
    ));
  test('a secret whose names are misspelt is the secret’s fault', () =>
    expect(judge('mapping.source-access', members(), { auth: 'scram' }).status).toBe('pass'));
  test('a cluster that could not be read is not guessed at', () =>
    expect(
      judge(
        'mapping.source-access',
        all(access(), (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2')),
        { auth: 'scram' },
      ).status,
    ).toBe('pass'));
});

describe('what is taken out', () => {
  const fixes = (auth: 'iam' | 'scram', ...entries: [string, string][]) =>
    judge('mapping.source-access', access(...entries), { auth }).fixes.flatMap(({ changes }) => changes);
  test('entries that MSK does not know, beside the one secret', () => {
    const [change] = fixes('scram', ['SASL_SCRAM_512_AUTH', secretArn], ['VPC_SUBNET', 'subnet:subnet-1']);
    expect(change!.input['SourceAccessConfigurations']).toEqual([{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }]);
    expect(change!.undo!.input['SourceAccessConfigurations'] as object[]).toHaveLength(2);
  });
  test('of two secrets the one that the cluster takes stays', () => {
    const [change] = fixes(
      'scram',
      ['SASL_SCRAM_512_AUTH', secretArn],
      ['CLIENT_CERTIFICATE_TLS_AUTH', secretArn],
      ['VPC_SUBNET', 'subnet:subnet-1'],
    );
    expect(change!.input['SourceAccessConfigurations']).toEqual([{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }]);
  });
  test('two secrets of one type: which one is meant is for a person', () => {
    const other = secretArn.replace('orders', 'other');
    const [fix] = judge(
      'mapping.source-access',
      access(['SASL_SCRAM_512_AUTH', secretArn], ['SASL_SCRAM_512_AUTH', other]),
      { auth: 'scram' },
    ).fixes;
    expect(fix!.commands).toEqual([secretArn, other].map((arn) => `msk-lambda update ${uuid} --secret ${arn}`));
  });
});

test('unread', () =>
  expect(
    judge(
      'mapping.source-access',
      (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping')),
    ).status,
  ).toBe('unknown'));

test('what rests on a wrong premise is not judged', () => {
  const wrong = all(
    access(),
    shows('PROBLEM: Connection error. Please check your event source connection configuration.'),
  );
  expect(judge('cluster.broker', wrong, { auth: 'scram' }).status).toBe('skip');
});

test('found first, what MSK does not know taken out, healthy', () =>
  expectMended(
    'mapping.source-access',
    access(['VPC_SUBNET', 'subnet:subnet-1'], ['VPC_SECURITY_GROUP', 'security_group:sg-1']),
  ));

test('found first, the secret named under the type that MSK knows, healthy', () =>
  expectMended('mapping.source-access', access(['SASL_SCRAM_256_AUTH', secretArn], ['VPC_SUBNET', 'subnet:subnet-1']), {
    auth: 'scram',
  }));
