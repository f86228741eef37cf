/** What can be wrong with a client's private key. */
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { lostNewlines } from './certificate-faults.js';

type Key = NonNullable<SecretProfile['privateKey']>;

/** PBES1 schemes that Java, in which Kafka's clients are written, can open. */
const openedByJava = [
  'PBE-MD5-DES',
  'PBE-SHA1-3DES',
  'PBE-SHA1-RC2-40',
  'PBE-SHA1-RC2-128',
  'PBE-SHA1-RC4-40',
  'PBE-SHA1-RC4-128',
];

/** Keys that the PEM loader of Kafka's own client takes. */
const takenByKafka = ['RSA', 'EC', 'DSA'];

/** Of `key`, and of what in the profile stands beside it. Lambda takes PKCS#8 keys, encrypted by PBES1 at most, with a password exactly then (AWS: MSK authentication for Lambda). */
export function keyFaults(key: Key, { members, misspelt, notText }: SecretProfile): string[] {
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
    return ['its member privateKey holds no PEM private key (-----BEGIN PRIVATE KEY-----)'];
  if (container === 'PKCS#1' || container === 'SEC1' || container === 'other')
    return [
      `its key is ${containers[container]}; Lambda takes PKCS#8 only (BEGIN PRIVATE KEY, BEGIN ENCRYPTED PRIVATE KEY)`,
    ];
  return [
    ...(newlinesLost ? [lostNewlines('privateKey', newlinesLostAs)] : []),
    ...(keys > 1 ? [`its member privateKey holds ${keys} private keys, and one is expected`] : []),
    ...(mislabelled ? ['the first line of its key names another kind of key than it holds'] : []),
    ...(opens === 'damaged' ? ['its key is damaged: it cannot be parsed, or its parts contradict each other'] : []),
    ...(notText.includes('privateKeyPassword') ? ['its member privateKeyPassword is no text'] : []),
    ...encryptionFaults(
      key,
      misspelt.find(({ meant }) => meant === 'privateKeyPassword')?.found ??
        (members.includes('password') ? 'password' : undefined),
    ),
    ...(matchesCertificate === 'no' ? ['its key does not belong to its first certificate'] : []),
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
): string[] {
  if (container !== 'PKCS#8 encrypted')
    return opens === 'not-encrypted' && passwordGiven
      ? ['its key is not encrypted, but there is a member privateKeyPassword, with which the loader refuses it']
      : [];
  return [
    ...(encryption === 'PBES2'
      ? ['its key is encrypted by PBES2; Lambda takes PBES1 only']
      : encryption !== undefined && encryption !== 'PBES1'
        ? [`its key is encrypted by ${encryption}; Lambda takes PBES1 only`]
        : []),
    ...(opens === 'no-password'
      ? [
          `its key is encrypted, and its member privateKeyPassword is ${password?.empty === true ? 'empty' : 'missing'}${instead === undefined ? '' : ` (it has ${instead}, which Lambda does not look for)`}`,
        ]
      : []),
    ...(opens === 'wrong-password'
      ? [
          `its member privateKeyPassword does not open the key${password?.edgeWhitespace === true ? '; it begins or ends with a blank or a line break' : ''}`,
        ]
      : []),
    ...(opens === 'yes' && password?.plain === false
      ? ['its member privateKeyPassword holds other letters than printable ASCII, which Java takes for no such key']
      : []),
  ];
}

/** What Kafka's own loader refuses, though AWS does not say so of Lambda. */
export function keyRisks({ algorithm, curve, encryption, scheme, opens, password }: Key): string[] {
  return [
    ...(algorithm !== undefined && !takenByKafka.includes(algorithm)
      ? [`its key is ${algorithm}; the loader of Kafka’s Java client takes RSA, EC and DSA keys only`]
      : []),
    ...(curve === 'explicit'
      ? ['the curve of its key is written out in place of its name, which the loader of Kafka’s Java client refuses']
      : []),
    ...(encryption === 'PBES1' && scheme !== undefined && !openedByJava.includes(scheme)
      ? [`its key is encrypted by ${scheme}, which Java does not know`]
      : []),
    ...(opens === 'not-encrypted' && password?.empty === true
      ? ['it has an empty member privateKeyPassword; leave it out, since the key is not encrypted']
      : []),
  ];
}
