/** The KMS key of the secret with which a mapping logs in to its schema registry. */
import { expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { account, denied, region, roleArn, secretArn, uuid, value } from '../../accounts/account.js';
import { expectMended, judge, type Change } from '../judging.js';

const keyArn = `arn:aws:kms:${region}:${account}:key/ffffffff-12ab-34cd-56ef-1234567890ab`;
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const delegating = document(allow('kms:*', '*', { Principal: { AWS: account } }));

/** A Confluent registry whose secret is encrypted with a customer managed key; the role may read the secret. */
const registry =
  ({ statements = [], policy = delegating }: { statements?: object[]; policy?: string } = {}) =>
  (snapshot: Snapshot): void => {
    value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = {
      SchemaRegistryConfig: {
        SchemaRegistryURI: 'https://registry.example',
        EventRecordFormat: 'JSON',
        AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secretArn }],
        SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
      },
    };
    value(snapshot.mappings, uuid).ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 3 };
    snapshot.secrets[secretArn] = ok({ ARN: secretArn, Name: 'AmazonMSK_registry', KmsKeyId: keyArn });
    snapshot.secretPolicies[secretArn] = ok('');
    snapshot.keys[keyArn] = ok({
      KeyId: keyArn.split('/')[1]!,
      Arn: keyArn,
      KeyManager: 'CUSTOMER',
      KeyState: 'Enabled',
      Enabled: true,
    });
    snapshot.keyPolicies[keyArn] = ok(policy);
    value(snapshot.inlinePolicyNames, roleArn).push('registry');
    snapshot.inlinePolicies[`${roleArn}#registry`] = ok(
      document(allow('secretsmanager:GetSecretValue', secretArn), ...statements),
    );
  };
const problem = (snapshot: Snapshot): void => {
  value(snapshot.mappings, uuid).LastProcessingResult = 'PROBLEM: Cannot access secret manager value';
};
const broken = (options?: Parameters<typeof registry>[0]) => (snapshot: Snapshot) => {
  registry(options)(snapshot);
  problem(snapshot);
};
const also =
  (...changes: Change[]): Change =>
  (snapshot) => {
    for (const change of changes) change(snapshot);
  };
const check = 'access.destination';

test('a role without kms:Decrypt on the key is found, and the fix grants it', () => {
  const finding = judge(check, broken());
  expect(finding.status).toBe('fail');
  expect(JSON.stringify(finding)).toContain('kms:Decrypt');
  const [fix] = finding.fixes;
  expect(fix!.changes.map(({ operation }) => operation)).toEqual(['PutRolePolicy']);
  expect(String(fix!.changes[0]!.input['PolicyDocument'])).toContain(keyArn);
});

test('break, fix, healthy', () => {
  const before = judge(check, broken());
  expect(before.fixes.length).toBeGreaterThan(0);
  expectMended(check, (snapshot) => {
    registry()(snapshot);
    value(snapshot.mappings, uuid).LastProcessingResult = 'PROBLEM: Function call failed';
  });
});

test('healthy: the role may decrypt', () => {
  expect(judge(check, broken({ statements: [allow('kms:Decrypt', keyArn)] })).status).toBe('pass');
});

test('unusual but healthy: the key’s policy, a grant, or the default key', () => {
  const byKey = document(
    JSON.parse(delegating).Statement[0],
    allow('kms:Decrypt', '*', { Principal: { AWS: roleArn } }),
  );
  expect(judge(check, broken({ policy: byKey })).status).toBe('pass');
  const granted = also(broken(), (snapshot) => {
    snapshot.keyGrants[`${keyArn}#${roleArn}`] = ok([{ GranteePrincipal: roleArn, Operations: ['Decrypt'] }]);
  });
  expect(judge(check, granted).status).toBe('pass');
  const byDefault = also(broken(), (snapshot) => {
    delete value(snapshot.secrets, secretArn).KmsKeyId;
  });
  expect(judge(check, byDefault).status).toBe('pass');
});

test('unreadable: a key that cannot be described leaves it open', () => {
  const unread = also(broken({ statements: [allow('kms:Decrypt', keyArn)] }), (snapshot) => {
    snapshot.keys[keyArn] = denied('kms', 'DescribeKey', keyArn);
  });
  const finding = judge(check, unread);
  expect(finding.status).toBe('unknown');
  expect(JSON.stringify(finding)).toContain('kms:DescribeKey');
});
