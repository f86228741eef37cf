/** Secret values that can be recognised wherever they turn up, in all the ways a text may be written. */
import { randomUUID } from 'node:crypto';
import { issue, issueChain, keyOf, oids, pkcs8 } from '../../secrets/support/issue.js';
import { encryptPbes1 } from '../../secrets/support/pbes1.js';

const password = 'CanaryPassword-7f3a91';
const keyPassword = 'CanaryKeyPassword-b20c44';
const other = 'CanaryOther-55d0e8';
/** Values that look like a name, or like the name of a member. */
const plainWord = 'canaryword';
const misspelt = 'Passw0rd';
const { client, intermediate, root } = issueChain();
const chain = client.pem + intermediate.pem + root.pem;
const key = encryptPbes1(keyOf('rsa'), keyPassword);
const plainKey = pkcs8(keyOf('rsa'));

/** The password that is typed, or given on stdin, to make a secret. */
export const typed = password;
/** PEM texts to make a secret from. */
export const files = { certificate: chain, key, keyPassword };
/** A value of an environment variable or a tag. */
export const aside = other;

export interface MarkedContent {
  auth: 'scram' | 'mtls';
  text: string;
  /** The account whose secret holds it, where that of `auth` has no such secret. */
  account?: string;
}

/** Contents of a secret, sound and damaged, for each kind of login. */
export const contents: Record<string, MarkedContent> = {
  'a user': { auth: 'scram', text: JSON.stringify({ username: 'orders-reader', password, note: other }) },
  'a certificate with an encrypted key': {
    auth: 'mtls',
    text: JSON.stringify({ certificate: chain, privateKey: key, privateKeyPassword: keyPassword, [other]: other }),
  },
  'a user with misspelt members': {
    auth: 'scram',
    text: JSON.stringify({ user: password, pass: password, [other]: other }),
  },
  'a text that is no JSON': { auth: 'scram', text: `${password} ${other}` },
  'a certificate with a plain key and a needless password': {
    auth: 'mtls',
    text: JSON.stringify({ certificate: chain, privateKey: plainKey, privateKeyPassword: keyPassword }),
  },
  'members exchanged': {
    auth: 'mtls',
    text: JSON.stringify({ certificate: plainKey, privateKey: chain, privateKeyPassword: password }),
  },
  'passwords in place of PEM': {
    auth: 'mtls',
    text: JSON.stringify({ certificate: password, privateKey: keyPassword, privateKeyPassword: other }),
  },
};

/** Swapped, in a wrong member, in a name, or encoded: a value where a name is expected. Appended below, so that the kinds above keep their order. */
const generated = `${randomUUID().slice(0, 8)}!Canary`;
const user = 'orders-reader';
const displaced: Record<string, string> = {
  'user name and password swapped': JSON.stringify({ username: password, password: user }),
  'user name and password swapped, with signs': JSON.stringify({ username: generated, password: 'dev' }),
  'a password that is a plain word, swapped': JSON.stringify({ username: plainWord, password: user }),
  'the password in both members': JSON.stringify({ username: password, password }),
  'the password within the user name': JSON.stringify({ username: `orders.${plainWord}`, password: plainWord }),
  'the password as a member': JSON.stringify({ [password]: user, [generated]: user }),
  'the password as a misspelt member': JSON.stringify({ [misspelt]: user, username: user, pass: other }),
  'the password in another member, the user name in its place': JSON.stringify({ username: password, secret: user }),
  'a password as the user name, and a member with another name': JSON.stringify({ username: plainWord, login: user }),
  'the password as base64': JSON.stringify({ username: Buffer.from(password).toString('base64'), password: user }),
  'JSON within the user name': JSON.stringify({ username: JSON.stringify({ username: user, password }), password }),
  'JSON within JSON': JSON.stringify(JSON.stringify({ username: user, password })),
  'a list': JSON.stringify([user, password]),
  'nested members': JSON.stringify({
    credentials: { username: user, password },
    username: { password },
    password: [other],
  }),
  'JSON that is cut off': `{"username":"${user}","password":"${password}`,
  'a line for a connection': `${user}:${password}@broker:9096`,
  'the whole, base64': Buffer.from(JSON.stringify({ username: user, password })).toString('base64'),
  'user name and PEM mixed up': JSON.stringify({ username: key, password: user }),
};

/** Whole lines of the PEM bodies; a line of a certificate is as telling as one of a key. */
const bodyLines = [chain, key, plainKey].flatMap((pem) =>
  pem.split('\n').filter((line) => line.length === 64 && !line.startsWith('-')),
);
const words = [password, keyPassword, other, generated, plainWord, misspelt];
/** As it stands within a longer text that is encoded: at each of the three places of a group. */
const base64Of = (word: string) =>
  [0, 1, 2].map((before) =>
    Buffer.from('x'.repeat(before) + word)
      .toString('base64')
      .replace(/=*$/, '')
      .slice(before === 0 ? 0 : 4, -2),
  );
const spellings = (word: string) => [
  word,
  ...base64Of(word),
  Buffer.from(word).toString('hex'),
  encodeURIComponent(word),
];

const needles = [
  ...words.flatMap(spellings),
  ...bodyLines.map((line) => line.slice(8, 48)),
  ...bodyLines.slice(0, 3).map((line) => Buffer.from(line, 'base64').toString('hex').slice(0, 40)),
];

/** The marks that stand in a text. */
export const marksIn = (text: string): string[] => needles.filter((needle) => text.includes(needle));

for (const [what, text] of Object.entries(displaced)) contents[what] = { auth: 'scram', text };
Object.assign(contents, {
  'OAuth credentials of a registry': {
    auth: 'scram',
    text: JSON.stringify({
      oauthTokenEndpointUrl: `https://${other}.example.com/${plainWord}`,
      oauthClientId: plainWord,
      oauthClientSecret: password,
    }),
  },
  'OAuth credentials of both grants, in the wrong members': {
    auth: 'scram',
    text: JSON.stringify({
      oauthTokenEndpointUrl: password,
      oauthClientId: password,
      oauthClientSecret: plainWord,
      oauthClientEmail: other,
      oauthPrivateKey: key,
      oauthIdpCaCertificate: plainKey,
    }),
  },
  'OAuth credentials that a mapping uses for its registry': {
    auth: 'scram',
    account: 'registry-with-oauth',
    text: JSON.stringify({
      oauthTokenEndpointUrl: `http://${other}.example.com/${plainWord}`,
      oauthClientId: plainWord,
      oauthClientSecret: ` ${password}`,
      [misspelt]: other,
    }),
  },
  'a user of a registry, swapped': {
    auth: 'scram',
    account: 'registry-login',
    text: JSON.stringify({ username: password, password: user, note: other }),
  },
  'no JSON for a registry': { auth: 'scram', account: 'registry-login', text: `${password} ${other}` },
  'a subject that holds the password': {
    auth: 'mtls',
    text: JSON.stringify({
      certificate: issue({ name: [[{ oid: oids.CN, value: `orders ${keyPassword}` }]], key: keyOf('prime256v1') }).pem,
      privateKey: key,
      privateKeyPassword: keyPassword,
    }),
  },
  'certificate and key in one member': {
    auth: 'mtls',
    text: JSON.stringify({
      certificate: chain + plainKey,
      privateKey: plainKey + chain,
      privateKeyPassword: keyPassword,
    }),
  },
});
