import { describe, expect, it } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import {
  accountWith,
  clusterArn,
  healthyAccount,
  keyArn,
  roleArn,
  secretArn,
  uuid,
  value,
} from '../accounts/account.js';
import { answerFrom } from './support/answer-from.js';
import { inWaves, readThrough, recording } from './support/read.js';

const withoutValues = { targets: [uuid], secretValues: false };

describe('a mapping with a SCRAM secret', () => {
  it('has its secret, key and association read; the value is not asked for where the user forbids it', async () => {
    const account = healthyAccount({ auth: 'scram' });
    const { answerer, calls } = recording(answerFrom(account));
    const { snapshot } = await readThrough(answerer, withoutValues);
    for (const name of ['secrets', 'keys', 'keyPolicies', 'secretPolicies', 'scramSecrets'] as const)
      expect(snapshot[name], name).toEqual(account[name]);
    expect(calls.some((call) => call.operation === 'GetSecretValue')).toBe(false);
    expect(snapshot.secretProfiles[secretArn]).toMatchObject({
      outcome: 'failed',
      action: 'secretsmanager:GetSecretValue',
    });
  });

  it('costs at most six calls more, and no round', async () => {
    const { answerer, waves } = inWaves(answerFrom(healthyAccount({ auth: 'scram' })));
    await readThrough(answerer, withoutValues);
    // With the secret's value, which this reading leaves out, it is one more.
    expect(waves.flat().length + 1).toBeLessThanOrEqual(26 + 6);
    expect(waves.length).toBeLessThanOrEqual(5);
  });

  it('on the default key of Secrets Manager asks nothing about a key', async () => {
    const account = accountWith((snapshot) => delete value(snapshot.secrets, secretArn).KmsKeyId, { auth: 'scram' });
    const { answerer, calls } = recording(answerFrom(account));
    const { snapshot } = await readThrough(answerer, withoutValues);
    expect(calls.filter((call) => call.service === 'kms')).toEqual([]);
    expect(snapshot.keys[keyArn]).toBeUndefined();
  });

  it('has the grants on its key read where no policy of the role speaks of KMS, but for those of another use', async () => {
    const silent = accountWith(
      (snapshot) =>
        void (snapshot.inlinePolicies[`${roleArn}#kafka-access`] = { outcome: 'ok', value: '{"Statement":[]}' }),
      { auth: 'scram' },
    );
    const grant = (context: object) => ({
      GranteePrincipal: roleArn,
      Operations: ['Decrypt'],
      GrantId: 'g',
      Constraints: { EncryptionContextSubset: context },
    });
    const reading = async (account: typeof silent) => {
      const answer = answerFrom(account);
      return (
        await readThrough(
          async (call) =>
            call.operation === 'ListGrants'
              ? { Grants: [grant({ SecretARN: secretArn }), grant({ Department: 'sales' })] }
              : answer(call),
          withoutValues,
        )
      ).snapshot;
    };
    expect((await reading(silent)).keyGrants[`${keyArn}#${roleArn}`]).toEqual({
      outcome: 'ok',
      value: [
        {
          GranteePrincipal: roleArn,
          Operations: ['Decrypt'],
          Constraints: { EncryptionContextSubset: { SecretARN: secretArn } },
        },
      ],
    });
    expect((await reading(healthyAccount({ auth: 'scram' }))).keyGrants).toEqual({});
  });

  it('on a cluster with its own configuration has that read, though IAM access is on too', async () => {
    const configuration =
      'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1a2b3c4d-0000-1111-2222-333344445555-2';
    const account = accountWith(
      (snapshot) => {
        const provisioned = value(snapshot.clusters, clusterArn).Provisioned!;
        provisioned.CurrentBrokerSoftwareInfo = {
          KafkaVersion: '3.8.x',
          ConfigurationArn: configuration,
          ConfigurationRevision: 2,
        };
        provisioned.ClientAuthentication!.Sasl!.Iam = { Enabled: true };
      },
      { auth: 'scram' },
    );
    const answer = answerFrom(account);
    const properties = '# notes\nauto.create.topics.enable = true\nallow.everyone.if.no.acl.found=false\n';
    const { snapshot } = await readThrough(
      async (call) =>
        call.operation === 'DescribeConfigurationRevision'
          ? { ServerProperties: new TextEncoder().encode(properties) }
          : answer(call),
      withoutValues,
    );
    expect(value(snapshot.serverProperties, `${configuration}@2`)).toEqual({
      'auto.create.topics.enable': 'true',
      'allow.everyone.if.no.acl.found': 'false',
    });
  });

  it('leaves nothing of the value behind, whatever becomes of it', async () => {
    const answer = answerFrom(healthyAccount({ auth: 'scram' }));
    const refusing: Answerer = async (call) => {
      if (call.operation === 'GetSecretValue')
        throw Object.assign(new Error('cannot parse {"password":"canary"}'), { name: 'SyntaxError' });
      return answer(call);
    };
    for (const answerer of [answer, refusing]) {
      const { snapshot, trouble } = await readThrough(answerer, { targets: [uuid] });
      expect(snapshot.secretProfiles[secretArn]).toBeDefined();
      expect(JSON.stringify([snapshot, trouble])).not.toContain('canary');
    }
  });
});

describe('a secret for a schema registry', () => {
  const registrySecret = secretArn.replace('AmazonMSK_orders', 'registry');
  const withRegistry = (uri: string) =>
    accountWith(
      (snapshot) => {
        value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = {
          SchemaRegistryConfig: {
            SchemaRegistryURI: 'https://registry.example.com',
            AccessConfigs: [{ Type: 'BASIC_AUTH', URI: uri }],
            SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
          },
        };
        snapshot.secrets[uri] = { outcome: 'ok', value: { ARN: uri, Name: 'registry' } };
        snapshot.secretPolicies[uri] = { outcome: 'ok', value: '' };
      },
      { auth: 'scram' },
    );
  const reading = async (account: ReturnType<typeof withRegistry>, request: object) => {
    const answer = answerFrom(account);
    const { answerer, calls } = recording(async (call) =>
      call.operation === 'GetSecretValue'
        ? { SecretString: JSON.stringify({ username: 'orders', password: 'canary' }) }
        : answer(call),
    );
    const { snapshot } = await readThrough(answerer, { targets: [uuid], ...request });
    const asked = calls.filter(({ operation }) => operation === 'GetSecretValue');
    return { snapshot, asked: asked.map(({ input }) => (input as { SecretId: string }).SecretId).toSorted() };
  };

  it('has its content profiled, and nothing of the value stays', async () => {
    const { snapshot, asked } = await reading(withRegistry(registrySecret), {});
    expect(asked).toEqual([secretArn, registrySecret].toSorted());
    expect(value(snapshot.secretProfiles, registrySecret).members).toEqual(['username', 'password']);
    expect(JSON.stringify(snapshot)).not.toContain('canary');
  });

  it('is asked for once where the mapping logs in to the cluster with it, too', async () => {
    const { snapshot, asked } = await reading(withRegistry(secretArn), {});
    expect(asked).toEqual([secretArn]);
    expect(snapshot.secretProfiles[secretArn]?.outcome).toBe('ok');
  });

  it('is not asked for where the user forbids it', async () => {
    const { snapshot, asked } = await reading(withRegistry(registrySecret), { secretValues: false });
    expect(asked).toEqual([]);
    expect(snapshot.secretProfiles[registrySecret]).toMatchObject({
      outcome: 'failed',
      error: 'not read because of --no-secret-values',
    });
  });
});
