/** The contents of the secrets for a schema registry, as `doctor` judges them with their mapping. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { registryAccessTypes, type RegistryAccessType } from '../../../src/aws/mapping-api.js';
import { diagnoseMapping } from '../../../src/diagnosis/diagnose.js';
import { profileSecret } from '../../../src/secrets/profile.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { account, accountWith, denied, region, roleArn, uuid, value } from '../../accounts/account.js';
import { cn, issue, issueChain, keyOf, pkcs8 } from '../../secrets/support/issue.js';
import { counted, every } from '../counting.js';
import { all, expectHarmless, judge, mapping, shows, textOf, type Change } from '../judging.js';

const secret = `arn:aws:secretsmanager:${region}:${account}:secret:registry-Ab12Cd`;
const password = randomUUID();
const key = keyOf('rsa');
const { client, intermediate, root } = issueChain({ key });
const day = 86_400_000;
const expired = issue({
  name: cn('client'),
  key,
  from: new Date(Date.now() - 20 * day),
  to: new Date(Date.now() - 2 * day),
}).pem;
const pair = { certificate: client.pem + intermediate.pem + root.pem, privateKey: pkcs8(key) };
const oauth = {
  oauthTokenEndpointUrl: 'https://login.example.com/token',
  oauthClientId: 'orders',
  oauthClientSecret: password,
};

/** A registry outside AWS whose secret the role may read; the clock is now, when the certificates are made. */
const login =
  (Type: string, content?: object | string): Change =>
  (snapshot) => {
    snapshot.capturedAt = new Date().toISOString();
    mapping({
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
      AmazonManagedKafkaEventSourceConfig: {
        ConsumerGroupId: uuid,
        SchemaRegistryConfig: {
          SchemaRegistryURI: 'https://registry.example.com',
          EventRecordFormat: 'JSON',
          AccessConfigs: [{ Type, URI: secret }],
          SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        },
      },
    })(snapshot);
    snapshot.secrets[secret] = ok({ ARN: secret, Name: 'registry' });
    snapshot.secretPolicies[secret] = ok('');
    if (content !== undefined) store(content)(snapshot);
    const policy = `${roleArn}#kafka-access`;
    const document = JSON.parse(value(snapshot.inlinePolicies, policy)) as { Statement: object[] };
    document.Statement.push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret });
    snapshot.inlinePolicies[policy] = ok(JSON.stringify(document));
  };
const store =
  (content: object | string) =>
  (snapshot: Snapshot): void =>
    void (snapshot.secretProfiles[secret] = ok(
      profileSecret({ text: typeof content === 'string' ? content : JSON.stringify(content) }),
    ));
const wired = { wayOut: 'nat' } as const;
const text = shows('PROBLEM: Something of the registry.');
const sound: Record<RegistryAccessType, object> = {
  BASIC_AUTH: { username: 'orders', password },
  CLIENT_CERTIFICATE_TLS_AUTH: pair,
  SERVER_ROOT_CA_CERTIFICATE: { certificate: root.pem },
  OAUTHBEARER_AUTH: oauth,
};

const faulty: { name: string; type: RegistryAccessType; content: object | string; says: RegExp }[] = [
  { name: 'no password', type: 'BASIC_AUTH', content: { username: 'orders' }, says: /“password” is missing/ },
  {
    name: 'an empty password',
    type: 'BASIC_AUTH',
    content: { username: 'orders', password: '' },
    says: /“password” is empty/,
  },
  { name: 'a text that is no JSON', type: 'BASIC_AUTH', content: password, says: /does not parse as JSON/ },
  { name: 'the content of another type', type: 'BASIC_AUTH', content: oauth, says: /“username” is missing/ },
  {
    name: 'no key',
    type: 'CLIENT_CERTIFICATE_TLS_AUTH',
    content: { certificate: client.pem },
    says: /“privateKey” is missing/,
  },
  {
    name: 'an expired client certificate',
    type: 'CLIENT_CERTIFICATE_TLS_AUTH',
    content: { ...pair, certificate: expired },
    says: /CN=client expired on/,
  },
  {
    name: 'a key of another certificate',
    type: 'CLIENT_CERTIFICATE_TLS_AUTH',
    content: { ...pair, privateKey: pkcs8(keyOf('rsa', 1)) },
    says: /private key and the first certificate have different public keys/,
  },
  {
    name: 'a PKCS#1 key',
    type: 'CLIENT_CERTIFICATE_TLS_AUTH',
    content: { ...pair, privateKey: key.export({ type: 'pkcs1', format: 'pem' }) as string },
    says: /accepts only PKCS#8/,
  },
  {
    name: 'an expired authority',
    type: 'SERVER_ROOT_CA_CERTIFICATE',
    content: { certificate: expired },
    says: /expired on/,
  },
  {
    name: 'an authority that is no PEM',
    type: 'SERVER_ROOT_CA_CERTIFICATE',
    content: { certificate: password },
    says: /no PEM certificate/,
  },
  {
    name: 'both grants',
    type: 'OAUTHBEARER_AUTH',
    content: { ...oauth, oauthClientEmail: 'orders@example.com', oauthPrivateKey: pkcs8(key) },
    says: /fields of two grant types/,
  },
  {
    name: 'a misspelt member',
    type: 'OAUTHBEARER_AUTH',
    content: { ...oauth, oauthClientSecret: undefined, clientSecret: password },
    says: /it has “clientSecret”; Lambda expects “oauthClientSecret”/,
  },
];

describe.each(faulty)('$type: $name', ({ type, content, says }) => {
  const change = all(login(type, content), text);

  test('is the cause, and after the fix the mapping is healthy', () => {
    const broken = accountWith(change, wired);
    const before = diagnoseMapping(broken, uuid);
    expect(before.causes[0]?.check, JSON.stringify(before.causes)).toBe('mapping.schema-registry');
    const finding = before.findings.find(({ check }) => check === 'mapping.schema-registry')!;
    expect(textOf(finding)).toMatch(says);
    expect(finding.title).toContain(`registry (${type})`);
    expect(finding.evidence[0]!.resource).toBe(secret);
    const [first] = finding.fixes;
    expect(first).toMatchObject({ safety: 'by-hand', changes: [] });
    expect(first!.title).toMatch(/^Store .* in secret registry as JSON text$/);
    expect(JSON.stringify(first!.commands)).toContain('put-secret-value');
    store(sound[type])(broken);
    value(broken.mappings, uuid).LastProcessingResult = 'OK';
    expect(diagnoseMapping(broken, uuid)).toMatchObject({ verdict: 'healthy', causes: [] });
  });

  test('is a risk where the mapping works, and no value is shown', () => {
    const finding = judge('mapping.schema-registry', login(type, content), wired);
    expect(finding.status).toBe('warn');
    const shown = JSON.stringify(finding);
    expect([password, pkcs8(key).split('\n')[1]!].filter((secretValue) => shown.includes(secretValue))).toEqual([]);
  });
});

describe('a content that is sound', () => {
  test.each(registryAccessTypes)('%s', (type) =>
    expectHarmless('mapping.schema-registry', 'pass', login(type, sound[type]), wired),
  );
  test.each<[string, string, object]>([
    ['members beside it', 'BASIC_AUTH', { ...sound.BASIC_AUTH, url: 'https://registry.example.com' }],
    ['a user name with signs', 'BASIC_AUTH', { username: 'orders/reader', password: `"${password}\\` }],
    ['a certificate without its chain', 'CLIENT_CERTIFICATE_TLS_AUTH', { ...pair, certificate: client.pem }],
    ['several authorities', 'SERVER_ROOT_CA_CERTIFICATE', { certificate: intermediate.pem + root.pem }],
    ['a root of the registry’s own', 'SERVER_ROOT_CA_CERTIFICATE', { certificate: issue({ name: cn('x'), key }).pem }],
  ])('%s', (_, type, content) => expectHarmless('mapping.schema-registry', 'pass', login(type, content), wired));
  test('an expired authority beside a valid one is a risk', () => {
    const content = { certificate: expired + root.pem };
    const finding = judge('mapping.schema-registry', all(login('SERVER_ROOT_CA_CERTIFICATE', content), text), wired);
    expect([finding.status, finding.title]).toEqual(['warn', expect.stringContaining('expired on')]);
  });
});

test.each([
  ['denied', denied('secretsmanager', 'GetSecretValue', secret)],
  [
    'left out',
    { ...denied('secretsmanager', 'GetSecretValue', secret), outcome: 'failed', error: 'left out' } as const,
  ],
])('a content that is %s is not known, and the working mapping stays healthy', (_, read) => {
  const change: Change = all(login('BASIC_AUTH'), (snapshot) => void (snapshot.secretProfiles[secret] = read));
  const finding = judge('mapping.schema-registry', change, wired);
  expect(finding.status).toBe('unknown');
  expect(textOf(finding)).toContain('secretsmanager:GetSecretValue');
  expect(diagnoseMapping(accountWith(change, wired), uuid).verdict).toBe('healthy');
  expect(judge('mapping.schema-registry', all(change, text), wired).status).toBe('unknown');
});

test('the errors that the mapping counted are told with the content, and make it a failure', () => {
  const counts = counted({ SchemaRegistryErrorCount: every(100), InvokedEventCount: [] });
  const clock: Change = (snapshot) => void (snapshot.capturedAt = accountWith(() => {}).capturedAt);
  const finding = judge(
    'mapping.schema-registry',
    all(login('BASIC_AUTH', { username: 'orders' }), clock, counts),
    wired,
  );
  expect(finding.status).toBe('fail');
  expect(textOf(finding)).toMatch(
    /“password” is missing[^]*SchemaRegistryErrorCount is 1200[^]*sent none to the function/,
  );
});

test('a permission that the role lacks on the same secret is a cause of its own', () => {
  const change = all(login('BASIC_AUTH', { username: 'orders' }), text, (snapshot) => {
    const policy = `${roleArn}#kafka-access`;
    snapshot.inlinePolicies[policy] = ok(
      value(snapshot.inlinePolicies, policy).replace(secret, `${secret.slice(0, -1)}x`),
    );
  });
  const { causes } = diagnoseMapping(accountWith(change, wired), uuid);
  expect(causes.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['mapping.schema-registry', 'access.destination']),
  );
});
