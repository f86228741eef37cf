import { describe, expect, test } from 'vitest';
import { replayAll } from '../../../src/simulate/simulate.js';
import type { Finding } from '../../../src/checks/run.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import {
  account,
  accountWith,
  clusterArn,
  denied,
  deny,
  keyArn,
  notFound,
  region,
  secretArn,
  uuid,
  value,
} from '../../accounts/account.js';
import { findingIn, judge, texts, type SecretCheck } from './judge.js';

const sibling = `arn:aws:secretsmanager:${region}:${account}:secret:AmazonMSK_other-Ab12Cd`;
const renamed = (snapshot: Snapshot) => void (value(snapshot.secrets, secretArn).Name = 'orders-secret');
const defaultKey = (snapshot: Snapshot) => {
  delete value(snapshot.secrets, secretArn).KmsKeyId;
  snapshot.keys = {};
};
const associated =
  (...arns: string[]) =>
  (snapshot: Snapshot) =>
    void (snapshot.scramSecrets[clusterArn] = ok(arns));
const connection = `arn:aws:kafka:${region}:${account}:vpc-connection/444455556666/orders-cluster/1a2b3c4d-0000-1111-2222-333344445555-2`;
const crossAccount = (snapshot: Snapshot) => {
  value(snapshot.mappings, uuid).EventSourceArn = connection;
  snapshot.vpcConnections[connection] = ok({
    VpcConnectionArn: connection,
    TargetClusterArn: clusterArn.replace(account, '444455556666'),
    State: 'AVAILABLE',
    Authentication: 'SASL_SCRAM',
    Subnets: [],
    SecurityGroups: [],
  } as never);
};
const both =
  (...changes: ((snapshot: Snapshot) => void)[]) =>
  (snapshot: Snapshot) =>
    changes.forEach((change) => change(snapshot));

/** The account after the finding's first fix. */
function afterFix(change: (snapshot: Snapshot) => void, check: SecretCheck): { before: Finding; after: Finding } {
  const broken = accountWith(
    (snapshot) => {
      value(snapshot.mappings, uuid).LastProcessingResult = texts.sasl;
      change(snapshot);
    },
    { auth: 'scram' },
  );
  const before = findingIn(broken, check);
  return { before, after: findingIn(replayAll(broken, before.fixes[0]!.changes), check) };
}

describe.each(['exists', 'name-prefix', 'kms', 'association', 'scram', 'size'] as const)(
  'secret.%s of a healthy SCRAM account',
  (check) =>
    test.each(['ok', 'sasl'] as const)('passes under the text %s', (text) =>
      expect(judge(check, () => {}, { text }).status).toBe('pass'),
    ),
);
describe.each(['exists', 'kms', 'certificate', 'private-key', 'size'] as const)(
  'secret.%s of a healthy mTLS account',
  (check) =>
    test.each(['ok', 'tls'] as const)('passes under the text %s', (text) =>
      expect(judge(check, () => {}, { text, auth: 'mtls' }).status).toBe('pass'),
    ),
);

describe('secret.exists', () => {
  test('gone', () =>
    expect(
      judge('exists', (snapshot) => void (snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret')))
        .status,
    ).toBe('fail'));
  test('in another region', () => {
    const elsewhere = secretArn.replace(region, 'us-east-1');
    const finding = judge('exists', (snapshot) => {
      value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!.URI = elsewhere;
      snapshot.secrets[elsewhere] = notFound('secretsmanager', 'DescribeSecret');
    });
    expect(finding).toMatchObject({ status: 'fail', title: expect.stringContaining('is in us-east-1') });
  });
  test('scheduled for deletion: found, restored, healthy', () => {
    const { before, after } = afterFix(
      (snapshot) => void (value(snapshot.secrets, secretArn).DeletedDate = '2026-11-22T08:00:00.000Z'),
      'exists',
    );
    expect([before.status, after.status]).toEqual(['fail', 'pass']);
  });
  test('what hangs on a secret that is gone is not judged beside it', () => {
    const gone = (snapshot: Snapshot) =>
      void (snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret'));
    for (const check of ['name-prefix', 'kms', 'association', 'scram'] as const)
      expect(judge(check, gone).status, check).toBe('skip');
  });
  test('not readable', () =>
    expect(judge('exists', (snapshot) => deny(snapshot, 'secrets', 'secretsmanager', 'DescribeSecret'))).toMatchObject({
      status: 'unknown',
      missingActions: ['secretsmanager:DescribeSecret'],
    }));
});

describe('secret.name-prefix', () => {
  test('another name', () => expect(judge('name-prefix', both(renamed, associated())).status).toBe('fail'));
  test('another name, and the mapping works: a risk', () =>
    expect(judge('name-prefix', both(renamed, associated()), { text: 'ok' }).status).toBe('warn'));
  test('a copy of an associated secret may have any name', () =>
    expect(judge('name-prefix', both(renamed, associated(sibling))).status).toBe('warn'));
  test('a list that cannot be read excuses nothing', () =>
    expect(
      judge(
        'name-prefix',
        both(renamed, (snapshot) => deny(snapshot, 'scramSecrets', 'kafka', 'ListScramSecrets')),
      ).status,
    ).toBe('fail'));
  test('the case of letters counts', () =>
    expect(
      judge(
        'name-prefix',
        both((snapshot) => void (value(snapshot.secrets, secretArn).Name = 'amazonmsk_orders'), associated()),
      ).status,
    ).toBe('fail'));
  test('free across accounts', () => expect(judge('name-prefix', both(renamed, crossAccount)).status).toBe('skip'));
  test('free for a certificate', () => expect(judge('name-prefix', renamed, { auth: 'mtls' }).status).toBe('skip'));
  test('not readable', () =>
    expect(
      judge('name-prefix', (snapshot) => deny(snapshot, 'secrets', 'secretsmanager', 'DescribeSecret')).status,
    ).toBe('unknown'));
});

describe('secret.kms', () => {
  test('the default key', () => expect(judge('kms', both(defaultKey, associated())).status).toBe('fail'));
  test('the default key by its alias', () =>
    expect(
      judge(
        'kms',
        both(
          (snapshot) => void (value(snapshot.secrets, secretArn).KmsKeyId = 'alias/aws/secretsmanager'),
          associated(),
        ),
      ).status,
    ).toBe('fail'));
  test('a key that AWS manages', () =>
    expect(
      judge(
        'kms',
        both((snapshot) => void (value(snapshot.keys, keyArn).KeyManager = 'AWS'), associated()),
      ).status,
    ).toBe('fail'));
  test('the default key of a mapping that works, or of a copy: a risk', () => {
    expect(judge('kms', both(defaultKey, associated()), { text: 'ok' }).status).toBe('warn');
    expect(judge('kms', both(defaultKey, associated(sibling))).status).toBe('warn');
  });
  test('the default key is free across accounts and for certificates', () => {
    expect(judge('kms', both(defaultKey, crossAccount)).status).toBe('pass');
    expect(judge('kms', defaultKey, { auth: 'mtls', text: 'tls' }).status).toBe('pass');
  });
  test('gone', () =>
    expect(judge('kms', (snapshot) => void (snapshot.keys[keyArn] = notFound('kms', 'DescribeKey'))).status).toBe(
      'fail',
    ));
  test('in a state in which it goes on decrypting', () =>
    expect(judge('kms', (snapshot) => void (value(snapshot.keys, keyArn).KeyState = 'Updating')).status).toBe('pass'));
  test('without its material', () =>
    expect(judge('kms', (snapshot) => void (value(snapshot.keys, keyArn).KeyState = 'PendingImport')).status).toBe(
      'fail',
    ));
  test('not readable', () =>
    expect(judge('kms', (snapshot) => deny(snapshot, 'keys', 'kms', 'DescribeKey'))).toMatchObject({
      status: 'unknown',
      missingActions: ['kms:DescribeKey'],
    }));
  test.each([
    { name: 'disabled', state: { KeyState: 'Disabled', Enabled: false } },
    {
      name: 'scheduled for deletion',
      state: { KeyState: 'PendingDeletion', Enabled: false, DeletionDate: '2026-12-01T00:00:00.000Z' },
    },
  ])('$name: found, mended, healthy', ({ state }) => {
    const { before, after } = afterFix((snapshot) => void Object.assign(value(snapshot.keys, keyArn), state), 'kms');
    expect([before.status, after.status]).toEqual(['fail', 'pass']);
  });
});

describe('secret.association', () => {
  test('none: found, associated, healthy', () => {
    const { before, after } = afterFix(associated(), 'association');
    expect([before.status, after.status]).toEqual(['fail', 'pass']);
  });
  test('a sibling: a risk', () => expect(judge('association', associated(sibling)).status).toBe('warn'));
  test('none, and the mapping works: a risk', () =>
    expect(judge('association', associated(), { text: 'ok' }).status).toBe('warn'));
  test('a secret named without its six characters is the same', () =>
    expect(
      judge('association', (snapshot) => {
        const short = secretArn.slice(0, -7);
        value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!.URI = short;
        snapshot.secrets[short] = snapshot.secrets[secretArn]!;
      }).status,
    ).toBe('pass'));
  test('a secret that MSK would not take is not offered to be associated', () => {
    const other = secretArn.replace('AmazonMSK_orders', 'orders');
    const finding = judge(
      'association',
      both(associated(), (snapshot) => {
        value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!.URI = other;
        snapshot.secrets[other] = ok({ ...value(snapshot.secrets, secretArn), ARN: other, Name: 'orders' });
      }),
    );
    expect(finding).toMatchObject({ status: 'skip', fixes: [], consequence: { of: 'secret.name-prefix' } });
  });
  test.each([
    {
      name: 'name',
      change: (snapshot: Snapshot) => {
        const other = secretArn.replace('AmazonMSK_orders', 'orders');
        value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!.URI = other;
        snapshot.secrets[other] = ok({ ...value(snapshot.secrets, secretArn), ARN: other, Name: 'orders' });
      },
    },
    { name: 'key', change: (snapshot: Snapshot) => void delete value(snapshot.secrets, secretArn).KmsKeyId },
  ])('where MSK refuses the $name, and another secret is associated, no call associates it', ({ change }) => {
    const finding = judge('association', both(associated(sibling), change));
    expect(finding).toMatchObject({ status: 'warn', fixes: [{ safety: 'by-hand', changes: [] }] });
  });
  test('across accounts the list is another’s', () =>
    expect(judge('association', both(associated(), crossAccount)).status).toBe('skip'));
  test('not readable', () =>
    expect(
      judge(
        'association',
        (snapshot) => void (snapshot.scramSecrets[clusterArn] = denied('kafka', 'ListScramSecrets')),
      ),
    ).toMatchObject({ status: 'unknown', missingActions: ['kafka:ListScramSecrets'] }));
});
