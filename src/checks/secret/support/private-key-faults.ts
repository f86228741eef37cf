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
const withoutPassword = storePair('Remove the member privateKeyPassword: the key is not encrypted');
const reEncrypted: Remedy = (use) => [
  ...storeConverted('Store the key unencrypted as PKCS#8', plain)(use),
  ...storeConverted('Or store it encrypted with PBES1, with its password as privateKeyPassword', byPbes1)(use),
];
/** A fault and its fix, if a condition holds. */
const when = (holds: boolean, fact: string, remedy: Remedy): Fault[] => (holds ? [{ fact, remedy }] : []);

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
        fact: 'its member privateKey holds no PEM private key (-----BEGIN PRIVATE KEY-----)',
        remedy: storePair('Convert the key to PEM', shell`openssl pkey -inform DER -in key.der -out key.pem`),
      },
    ];
  if (container === 'PKCS#1' || container === 'SEC1' || container === 'other')
    return [
      {
        fact: `its key is ${containers[container]}; Lambda takes PKCS#8 only (BEGIN PRIVATE KEY, BEGIN ENCRYPTED PRIVATE KEY)`,
        remedy: storeConverted('Convert the key to PKCS#8', plain),
      },
    ];
  return [
    ...when(
      newlinesLost,
      lostNewlines('privateKey', newlinesLostAs),
      storePair('Store the PEM text with its line breaks, which msk-lambda secret create keeps'),
    ),
    ...when(
      keys > 1,
      `its member privateKey holds ${keys} private keys, and one is expected`,
      storePair('Keep only the key of the certificate: both commands must print the same digest for it', ...digests),
    ),
    ...when(
      mislabelled,
      'the first line of its key names another kind of key than it holds',
      storeConverted('Write the key again as PKCS#8, so that its first line names what it holds', plain),
    ),
    ...when(
      opens === 'damaged',
      'its key is damaged: it cannot be parsed, or its parts contradict each other',
      storePair(
        'Store the key again from its original file, or request a certificate for a new key; a damaged key cannot be repaired',
        shell`openssl pkey -in key.pem -noout -check`,
      ),
    ),
    ...when(
      notText.includes('privateKeyPassword'),
      'its member privateKeyPassword is no text',
      withPassword('Store privateKeyPassword as text'),
    ),
    ...encryptionFaults(
      key,
      misspelt.find(({ meant }) => meant === 'privateKeyPassword')?.found ??
        (members.includes('password') ? 'password' : undefined),
    ),
    ...when(
      matchesCertificate === 'no',
      'its key does not belong to its first certificate',
      storePair(
        'Find the key of the certificate (both commands must print the same digest), then store the two together',
        ...digests,
      ),
    ),
  ];
}

const containers = {
  'PKCS#1': 'PKCS#1 (as of BEGIN RSA PRIVATE KEY)',
  SEC1: 'SEC1 (as of BEGIN EC PRIVATE KEY)',
  other: 'of another kind',
};

function encryptionFaults(
  { container, encryption, passwordGiven, password, opens }: Key,
  instead: string | undefined,
): Fault[] {
  if (container !== 'PKCS#8 encrypted')
    return when(
      opens === 'not-encrypted' && passwordGiven,
      'its key is not encrypted, but there is a member privateKeyPassword, with which the loader refuses it',
      withoutPassword,
    );
  return [
    ...when(
      encryption !== undefined && encryption !== 'PBES1',
      `its key is encrypted by ${encryption}; Lambda takes PBES1 only`,
      reEncrypted,
    ),
    ...when(
      opens === 'no-password',
      `its key is encrypted, and its member privateKeyPassword is ${password?.empty === true ? 'empty' : 'missing'}${instead === undefined ? '' : ` (it has ${instead}, which Lambda does not look for)`}`,
      withPassword('Store the password of the key as privateKeyPassword'),
    ),
    ...when(
      opens === 'wrong-password',
      `its member privateKeyPassword does not open the key${password?.edgeWhitespace === true ? '; it begins or ends with a blank or a line break' : ''}`,
      withPassword(
        'Store the password that opens the key; the first command asks for it',
        shell`openssl pkey -in key.pem -noout`,
      ),
    ),
    ...when(
      opens === 'yes' && password?.plain === false,
      'its member privateKeyPassword holds other letters than printable ASCII, which Java takes for no such key',
      storeConverted('Encrypt the key again with a password of printable ASCII characters', byPbes1),
    ),
  ];
}

/** What Kafka's own loader refuses, although AWS does not document it for Lambda. */
export function keyRisks({ algorithm, curve, encryption, scheme, opens, password }: Key): Fault[] {
  return [
    ...when(
      algorithm !== undefined && !takenByKafka.includes(algorithm),
      `its key is ${algorithm}; the loader of Kafka’s Java client takes RSA, EC and DSA keys only`,
      storePair(
        'Request a certificate for an RSA or EC key',
        shell`openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem`,
        shell`openssl req -new -key key.pem -out client.csr`,
      ),
    ),
    ...when(
      curve === 'explicit',
      'the curve of its key is written out in place of its name, which the loader of Kafka’s Java client refuses',
      storeConverted('Write the key with the name of its curve', {
        into: 'named.pem',
        by: shell`openssl ec -in key.pem -param_enc named_curve -out named.pem`,
      }),
    ),
    ...when(
      encryption === 'PBES1' && scheme !== undefined && !openedByJava.includes(scheme),
      `its key is encrypted by ${scheme}, which Java does not know`,
      reEncrypted,
    ),
    ...when(
      opens === 'not-encrypted' && password?.empty === true,
      'it has an empty member privateKeyPassword; leave it out, since the key is not encrypted',
      withoutPassword,
    ),
  ];
}
