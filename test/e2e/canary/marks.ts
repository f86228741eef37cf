/** Secret values that can be recognised wherever they turn up, in all the ways a text may be written. */
import { issueChain, keyOf, pkcs8 } from '../../secrets/support/issue.js';
import { encryptPbes1 } from '../../secrets/support/pbes1.js';

const password = 'CanaryPassword-7f3a91';
const keyPassword = 'CanaryKeyPassword-b20c44';
const other = 'CanaryOther-55d0e8';
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

/** Contents of a secret, sound and damaged, for each kind of login. */
export const contents: Record<string, { auth: 'scram' | 'mtls'; text: string }> = {
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

/** Whole lines of the PEM bodies; a line of a certificate is as telling as one of a key. */
const bodyLines = [chain, key, plainKey].flatMap((pem) =>
  pem.split('\n').filter((line) => line.length === 64 && !line.startsWith('-')),
);
const words = [password, keyPassword, other];
const spellings = (word: string) => [
  word,
  Buffer.from(word).toString('base64').replace(/=*$/, '').slice(0, -2),
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
