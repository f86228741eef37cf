/** Faults of a client's private key. */
import { shell, type ShellCommand } from '../../../text/shell.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { lostNewlines } from './certificate-faults.js';
import type { Fault } from './content.js';
import { createPair, manual, storeConverted, storePair, type Remedy } from '../../support/secret-use.js';

type Key = NonNullable<SecretProfile['privateKey']>;

/** PBES1 schemes that Java can open; Kafka's clients are written in Java. */
const openedByJava = [
  'PBE-MD5-DES',
  'PBE-SHA1-3DES',
  'PBE-SHA1-RC2-40',
  'PBE-SHA1-RC2-128',
  'PBE-SHA1-RC4-40',
  'PBE-SHA1-RC4-128',
];

/** Key algorithms that the PEM loader of Kafka's client accepts. */
const takenByKafka = ['RSA', 'EC', 'DSA'];

const plain = { into: 'pkcs8.pem', by: shell`openssl pkcs8 -topk8 -in key.pem -nocrypt -out pkcs8.pem` };
const byPbes1 = {
  into: 'pkcs8-encrypted.pem',
  by: shell`openssl pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -out pkcs8-encrypted.pem`,
  password: true,
};
/** Each prints the digest of a public key. */
const digests = [
  shell`openssl x509 -in client.pem -noout -pubkey | openssl sha256`,
  shell`openssl pkey -in key.pem -pubout | openssl sha256`,
];

const withPassword =
  (title: string, ...before: readonly ShellCommand[]): Remedy =>
  (use) => [manual(title, [...before, ...createPair(use, { password: true })])];
const withoutPassword = storePair('Remove privateKeyPassword (the private key is not encrypted)');
const reEncrypted: Remedy = (use) => [
  ...storeConverted('Store the private key unencrypted as PKCS#8', plain)(use),
  ...storeConverted('Store the private key encrypted with PBES1, and its password as privateKeyPassword', byPbes1)(use),
];
/** A fault and its fix, if a condition holds. */
const when = (holds: boolean, short: string, fact: string, remedy: Remedy): Fault[] =>
  holds ? [{ short, fact, remedy }] : [];

/**
 * Faults of `key` and of related members. Lambda accepts PKCS#8 keys, encrypted with PBES1 or not at all, and a
 * password exactly if they are encrypted (AWS: MSK authentication for Lambda).
 */
export function keyFaults(key: Key, { members, misspelt, notText }: SecretProfile): Fault[] {
  const {
    pem,
    newlinesLost,
    newlinesLostAs,
    keys = 1,
    container,
    mislabelled = false,
    opens,
    matchesCertificate,
  } = key;
  if (!pem || container === 'none')
    return [
      {
        short: 'has no PEM private key',
        fact: 'no -----BEGIN PRIVATE KEY----- was found in “privateKey”',
        remedy: storePair('Convert the private key to PEM', shell`openssl pkey -inform DER -in key.der -out key.pem`),
      },
    ];
  if (container === 'PKCS#1' || container === 'SEC1' || container === 'other')
    return [
      {
        short: `has a private key that is not PKCS#8`,
        fact: `the private key is ${containers[container]}; Lambda accepts only PKCS#8 (BEGIN PRIVATE KEY, BEGIN ENCRYPTED PRIVATE KEY)`,
        remedy: storeConverted('Convert the private key to PKCS#8', plain),
      },
    ];
  return [
    ...when(
      newlinesLost,
      lostNewlines('privateKey', newlinesLostAs).short,
      lostNewlines('privateKey', newlinesLostAs).fact,
      storePair('Store the PEM text with its line breaks (msk-lambda secret create keeps them)'),
    ),
    ...when(
      keys > 1,
      `has ${keys} private keys`,
      `“privateKey” contains ${keys} private keys; Lambda expects one`,
      storePair('Keep only the private key of the certificate (both commands must print the same digest)', ...digests),
    ),
    ...when(
      mislabelled,
      'has a private key with a wrong BEGIN line',
      'the BEGIN line of the private key does not match its content',
      storeConverted('Convert the private key to PKCS#8 again, which corrects the BEGIN line', plain),
    ),
    ...when(
      opens === 'damaged',
      'has a damaged private key',
      'the private key cannot be parsed, or its parts do not belong together',
      storePair(
        'Store the private key again from its original file, or request a certificate for a new key (a damaged key cannot be repaired)',
        shell`openssl pkey -in key.pem -noout -check`,
      ),
    ),
    ...when(
      notText.includes('privateKeyPassword'),
      'has a “privateKeyPassword” that is not a string',
      'Lambda expects “privateKeyPassword” as a JSON string',
      withPassword('Store privateKeyPassword as a JSON string'),
    ),
    ...encryptionFaults(
      key,
      misspelt.find(({ meant }) => meant === 'privateKeyPassword')?.found ??
        (members.includes('password') ? 'password' : undefined),
    ),
    ...when(
      matchesCertificate === 'no',
      'has a private key that does not belong to its certificate',
      'the private key and the first certificate have different public keys',
      storePair(
        'Find the private key of the certificate (both commands must print the same digest), then store both',
        ...digests,
      ),
    ),
  ];
}

const containers = {
  'PKCS#1': 'PKCS#1 (BEGIN RSA PRIVATE KEY)',
  SEC1: 'SEC1 (BEGIN EC PRIVATE KEY)',
  other: 'in another format',
};

function encryptionFaults(
  { container, encryption, passwordGiven, password, opens }: Key,
  instead: string | undefined,
): Fault[] {
  if (container !== 'PKCS#8 encrypted')
    return when(
      opens === 'not-encrypted' && passwordGiven,
      'has a password for a private key that is not encrypted',
      'Lambda rejects an unencrypted private key if “privateKeyPassword” is present',
      withoutPassword,
    );
  return [
    ...when(
      encryption !== undefined && encryption !== 'PBES1',
      `has a private key that is encrypted with ${encryption}`,
      `the private key is encrypted with ${encryption}; Lambda supports only PBES1`,
      reEncrypted,
    ),
    ...when(
      opens === 'no-password',
      `has an encrypted private key, but ${password?.empty === true ? 'an empty' : 'no'} privateKeyPassword`,
      instead === undefined
        ? 'Lambda expects the password of the private key in “privateKeyPassword”'
        : `it has “${instead}”; Lambda expects “privateKeyPassword”`,
      withPassword('Store the password of the private key as privateKeyPassword'),
    ),
    ...when(
      opens === 'wrong-password',
      'has a privateKeyPassword that does not decrypt the private key',
      password?.edgeWhitespace === true
        ? '“privateKeyPassword” begins or ends with a space or line break'
        : 'decrypting the private key with “privateKeyPassword” fails',
      withPassword(
        'Store the right password of the private key (the first command tests it)',
        shell`openssl pkey -in key.pem -noout`,
      ),
    ),
    ...when(
      opens === 'yes' && password?.plain === false,
      'has a privateKeyPassword with characters outside ASCII',
      'Java, and so Kafka’s client, accepts only printable ASCII characters in this password',
      storeConverted('Encrypt the private key again with a password of printable ASCII characters', byPbes1),
    ),
  ];
}

/** What Kafka's own loader refuses, although AWS does not document it for Lambda. */
export function keyRisks({ algorithm, curve, encryption, scheme, opens, password }: Key): Fault[] {
  return [
    ...when(
      algorithm !== undefined && !takenByKafka.includes(algorithm),
      `has a private key of type ${algorithm}`,
      'Kafka’s Java client accepts only RSA, EC and DSA keys',
      storePair(
        'Request a certificate for an RSA or EC key',
        shell`openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem`,
        shell`openssl req -new -key key.pem -out client.csr`,
      ),
    ),
    ...when(
      curve === 'explicit',
      'has a private key with an unnamed curve',
      'the key contains the parameters of its curve instead of the name, which Kafka’s Java client rejects',
      storeConverted('Convert the private key to a named curve', {
        into: 'named.pem',
        by: shell`openssl ec -in key.pem -param_enc named_curve -out named.pem`,
      }),
    ),
    ...when(
      encryption === 'PBES1' && scheme !== undefined && !openedByJava.includes(scheme),
      `has a private key that is encrypted with ${scheme}`,
      `Java, and so Kafka’s client, does not support ${scheme}`,
      reEncrypted,
    ),
    ...when(
      opens === 'not-encrypted' && password?.empty === true,
      'has an empty privateKeyPassword',
      'the private key is not encrypted, so “privateKeyPassword” must be removed',
      withoutPassword,
    ),
  ];
}
