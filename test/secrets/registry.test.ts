/** Secrets for a schema registry: what each type of access has to hold; no value appears in an answer. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { diagnoseSecret, type SecretType } from '../../src/diagnosis/secret.js';
import { profileSecret } from '../../src/secrets/profile.js';
import { ok } from '../../src/snapshot/read.js';
import { emptySnapshot } from '../../src/snapshot/snapshot.js';
import { issueChain, keyOf, pkcs8 } from './support/issue.js';

const [id, password, endpointPath] = [randomUUID(), randomUUID(), randomUUID()];
const email = `${randomUUID()}@example.com`;
const endpoint = `https://idp.example.com/${endpointPath}`;
const { root } = issueChain();
const key = pkcs8(keyOf('rsa'));
const grant = { oauthTokenEndpointUrl: endpoint, oauthClientId: id, oauthClientSecret: password };
const bearer = {
  oauthTokenEndpointUrl: endpoint,
  oauthClientId: id,
  oauthClientEmail: email,
  oauthPrivateKey: key,
};

const judge = (content: unknown, asserted?: SecretType) => {
  const snapshot = emptySnapshot({
    tool: { name: 'msk-lambda', version: 'test' },
    partition: 'aws',
    region: '-',
    account: null,
    caller: null,
    capturedAt: '2026-11-01T08:00:00.000Z',
  });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  snapshot.secretProfiles['file'] = ok(profileSecret({ text }));
  return diagnoseSecret(snapshot, 'file', { asserted, clusterArn: null, fromFile: true });
};

test.each<{
  name: string;
  content: unknown;
  asserted?: SecretType;
  type?: SecretType;
  verdict: string;
  says?: RegExp;
}>([
  { name: 'client credentials', content: grant, type: 'oauth', verdict: 'healthy' },
  { name: 'a JWT bearer', content: bearer, type: 'oauth', verdict: 'healthy' },
  {
    name: 'a JWT bearer with its options',
    content: { ...bearer, oauthTokenExpirationSeconds: 300, oauthIdpCaCertificate: root.pem },
    type: 'oauth',
    verdict: 'healthy',
  },
  { name: 'members beside it', content: { ...grant, note: 'x' }, type: 'oauth', verdict: 'healthy' },
  {
    name: 'both grants',
    content: { ...grant, ...bearer },
    verdict: 'broken',
    says: /oauthClientSecret and oauthClientEmail and oauthPrivateKey; Lambda rejects/,
  },
  {
    name: 'no secret',
    content: { ...grant, oauthClientSecret: undefined },
    verdict: 'broken',
    says: /“oauthClientSecret” is missing/,
  },
  {
    name: 'an empty secret',
    content: { ...grant, oauthClientSecret: ' ' },
    verdict: 'broken',
    says: /“oauthClientSecret” is empty/,
  },
  {
    name: 'a secret that is null',
    content: { ...grant, oauthClientSecret: null },
    verdict: 'broken',
    says: /“oauthClientSecret” is missing/,
  },
  {
    name: 'no endpoint',
    content: { ...grant, oauthTokenEndpointUrl: undefined },
    verdict: 'broken',
    says: /“oauthTokenEndpointUrl” is missing/,
  },
  {
    name: 'an endpoint without TLS',
    content: { ...grant, oauthTokenEndpointUrl: endpoint.replace('https', 'http') },
    verdict: 'broken',
    says: /“oauthTokenEndpointUrl” is not an https URL/,
  },
  {
    name: 'an endpoint that is no address',
    content: { ...grant, oauthTokenEndpointUrl: 'idp.example.com' },
    verdict: 'broken',
    says: /“oauthTokenEndpointUrl” is not an https URL/,
  },
  {
    name: 'a client id that is a number',
    content: { ...grant, oauthClientId: 7 },
    verdict: 'broken',
    says: /“oauthClientId” is not a JSON string/,
  },
  {
    name: 'a bearer without its key',
    content: { ...bearer, oauthPrivateKey: undefined },
    verdict: 'broken',
    says: /“oauthPrivateKey” is missing/,
  },
  {
    name: 'a bearer without its email',
    content: { ...bearer, oauthClientEmail: undefined },
    verdict: 'broken',
    says: /“oauthClientEmail” is missing/,
  },
  {
    name: 'a bearer whose key is no PEM',
    content: { ...bearer, oauthPrivateKey: password },
    verdict: 'broken',
    says: /“oauthPrivateKey” contains no PEM private key/,
  },
  {
    name: 'an authority that is no PEM',
    content: { ...grant, oauthIdpCaCertificate: password },
    verdict: 'broken',
    says: /“oauthIdpCaCertificate” contains no PEM certificate/,
  },
  {
    name: 'misspelt members',
    content: { tokenEndpointUrl: endpoint, clientId: id, clientSecret: password },
    type: 'oauth',
    verdict: 'broken',
    says: /it has “tokenEndpointUrl”; Lambda expects “oauthTokenEndpointUrl”/,
  },
  {
    name: 'a bearer without a client id',
    content: { ...bearer, oauthClientId: undefined },
    verdict: 'at-risk',
    says: /“oauthClientId” is missing; AWS lists it as required/,
  },
  {
    name: 'a secret with a line break',
    content: { ...grant, oauthClientSecret: `${password}\n` },
    verdict: 'at-risk',
    says: /“oauthClientSecret” begins or ends with/,
  },
  {
    name: 'a text that is no JSON',
    content: password,
    asserted: 'oauth',
    verdict: 'broken',
    says: /does not parse as JSON/,
  },
  {
    name: 'a user in place of OAuth',
    content: { username: id, password },
    asserted: 'oauth',
    verdict: 'broken',
    says: /“oauthTokenEndpointUrl” is missing/,
  },
  { name: 'a user of the registry', content: { username: id, password }, asserted: 'basic', verdict: 'healthy' },
  {
    name: 'a user without a password',
    content: { username: id, password: '' },
    asserted: 'basic',
    verdict: 'broken',
    says: /“password” is empty/,
  },
  { name: 'a root CA', content: { certificate: root.pem }, asserted: 'root-ca', verdict: 'healthy' },
  {
    name: 'a root CA under another name',
    content: { cert: root.pem },
    asserted: 'root-ca',
    verdict: 'broken',
    says: /it has “cert”; Lambda expects “certificate”/,
  },
  {
    name: 'a root CA that is no PEM',
    content: { certificate: password },
    asserted: 'root-ca',
    verdict: 'broken',
    says: /contains no PEM certificate/,
  },
])('$name', ({ content, asserted, type, verdict, says }) => {
  const answer = judge(content, asserted);
  expect(answer.verdict, JSON.stringify(answer)).toBe(verdict);
  if (type !== undefined) expect(answer.type).toBe(type);
  const shown = JSON.stringify(answer);
  if (says !== undefined) expect(shown).toMatch(says);
  const values = [id, password, endpointPath, email, key.split('\n')[1]!];
  expect(values.filter((value) => shown.includes(value))).toEqual([]);
});
