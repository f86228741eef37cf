/** Accounts whose mapping decodes records with a schema registry outside AWS. */
import type { RegistryAccessType } from '../../aws/mapping-api.js';
import { ok } from '../../snapshot/read.js';
import type { SecretProfile } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, value, type SandboxAccount } from '../account.js';
import { roleArn, secretArn, uuid } from '../healthy.js';

const mayRead = (snapshot: Snapshot, Action: string, Resource: string): void => {
  const key = `${roleArn}#kafka-access`;
  const document = JSON.parse(value(snapshot.inlinePolicies, key)) as { Statement: object[] };
  document.Statement.push({ Effect: 'Allow', Action, Resource });
  snapshot.inlinePolicies[key] = ok(JSON.stringify(document));
};

const registrySecret = secretArn.replace(/secret:.*$/, 'secret:registry-login-Ab12Cd');

/** A schema registry outside AWS, with a secret for the login. */
const confluent = (snapshot: Snapshot, Type: RegistryAccessType): void => {
  value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig!.SchemaRegistryConfig = {
    SchemaRegistryURI: 'https://registry.example.com',
    EventRecordFormat: 'JSON',
    AccessConfigs: [{ Type, URI: registrySecret }],
    SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
  };
  snapshot.secrets[registrySecret] = ok({ ARN: registrySecret, Name: 'registry-login' });
  snapshot.secretPolicies[registrySecret] = ok('');
  snapshot.secretProfiles[registrySecret] = ok(
    Type === 'OAUTHBEARER_AUTH'
      ? {
          ...emptyProfile,
          members: ['oauthTokenEndpointUrl', 'oauthClientId', 'oauthClientSecret'],
          oauth: { empty: [], edgeWhitespace: [], httpsEndpoint: true },
        }
      : { ...emptyProfile, members: ['username'], misspelt: [{ found: 'pass', meant: 'password' }] },
  );
  mayRead(snapshot, 'secretsmanager:GetSecretValue', registrySecret);
};

const emptyProfile: SecretProfile = {
  bytes: 120,
  form: 'object',
  members: [],
  misspelt: [],
  otherMembers: 0,
  notText: [],
};

export const registryAccounts: readonly SandboxAccount[] = [
  broken(
    'registry-login',
    'The secret for the schema registry has no password',
    'mapping.schema-registry',
    null,
    { provisioned: true, wayOut: 'nat' },
    (snapshot) => {
      confluent(snapshot, 'BASIC_AUTH');
      Object.assign(value(snapshot.mappings, uuid), {
        State: 'Disabled',
        StateTransitionReason: 'ESM_CONFIG_NOT_VALID',
      });
    },
    { contents: () => ({ [registrySecret]: () => JSON.stringify({ username: 'orders-reader', pass: 'not kept' }) }) },
  ),
];

export const unusualRegistries: readonly SandboxAccount[] = [
  healthy(
    'registry-with-oauth',
    'A Confluent schema registry with OAuth',
    { provisioned: true, wayOut: 'nat' },
    (snapshot) => confluent(snapshot, 'OAUTHBEARER_AUTH'),
  ),
];
