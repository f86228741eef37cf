/** A private key: its container format, its encryption, and whether it belongs to the certificate. */
import { createPrivateKey, sign, verify, type KeyObject, type X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { membersOf, objectIdentifier, parseSequence } from './der.js';
import { asksTooMuch, encryptionOf } from './encryption-scheme.js';
import { readPem, type PemBlock } from './pem.js';

type KeyProfile = NonNullable<SecretProfile['privateKey']>;
type Opened = { opens: KeyProfile['opens']; key?: KeyObject };

/** `password`: the value of privateKeyPassword; undefined where it is absent. */
export function profilePrivateKey(
  text: string,
  { password, certificate }: { password: string | undefined; certificate: X509Certificate | undefined },
): KeyProfile {
  const { blocks, lost } = readPem(text);
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const passwordGiven = password !== undefined && password !== '';
  const [block] = keys;
  if (block === undefined)
    return {
      pem: blocks.length > 0,
      newlinesLost: false,
      container: 'none',
      passwordGiven,
      opens: 'damaged',
      matchesCertificate: 'cannot-tell',
    };
  const structure = parseSequence(block.der);
  const container = containerOf(block, structure);
  const encryption = container === 'PKCS#8 encrypted' && structure !== undefined ? encryptionOf(structure) : undefined;
  const { opens, key } = open(block, container, passwordGiven ? password : undefined, structure);
  return {
    pem: true,
    newlinesLost: lost !== null,
    ...(lost === null ? {} : { newlinesLostAs: lost }),
    keys: keys.length,
    container,
    mislabelled: labels[block.label] !== container,
    ...(key?.asymmetricKeyType === undefined
      ? {}
      : { algorithm: key.asymmetricKeyType.toUpperCase(), ...curveOf(key) }),
    ...(encryption === undefined
      ? {}
      : { encryption: encryption.family, ...(encryption.scheme === undefined ? {} : { scheme: encryption.scheme }) }),
    passwordGiven,
    ...(password === undefined
      ? {}
      : {
          password: {
            empty: password === '',
            edgeWhitespace: password !== password.trim(),
            plain: /^[ -~]*$/.test(password),
          },
        }),
    opens,
    matchesCertificate: key === undefined || certificate === undefined ? 'cannot-tell' : belongsTo(key, certificate),
  };
}

const labels: Record<string, KeyProfile['container']> = {
  'PRIVATE KEY': 'PKCS#8',
  'ENCRYPTED PRIVATE KEY': 'PKCS#8 encrypted',
  'RSA PRIVATE KEY': 'PKCS#1',
  'EC PRIVATE KEY': 'SEC1',
};

/** By its content, because labels are sometimes edited by hand; by its label where the content cannot be parsed. */
function containerOf({ label }: PemBlock, structure: asn1js.Sequence | undefined): KeyProfile['container'] {
  const [first, second] = membersOf(structure);
  if (first instanceof asn1js.Sequence && second instanceof asn1js.OctetString) return 'PKCS#8 encrypted';
  if (first instanceof asn1js.Integer) {
    if (second instanceof asn1js.Sequence) return 'PKCS#8';
    if (second instanceof asn1js.Integer) return 'PKCS#1';
    if (second instanceof asn1js.OctetString) return 'SEC1';
  }
  return labels[label] ?? 'other';
}

function open(
  { der, encryptedHeader }: PemBlock,
  container: KeyProfile['container'],
  password: string | undefined,
  structure: asn1js.Sequence | undefined,
): Opened {
  if (encryptedHeader) return { opens: password === undefined ? 'no-password' : 'cannot-tell' };
  if (structure === undefined || container === 'other' || container === 'none') return { opens: 'damaged' };
  const encrypted = container === 'PKCS#8 encrypted';
  if (encrypted && password === undefined) return { opens: 'no-password' };
  if (encrypted && asksTooMuch(structure)) return { opens: 'cannot-tell' };
  const type = { 'PKCS#8': 'pkcs8', 'PKCS#8 encrypted': 'pkcs8', 'PKCS#1': 'pkcs1', SEC1: 'sec1' } as const;
  try {
    const key = createPrivateKey({
      key: Buffer.from(der),
      format: 'der',
      type: type[container],
      ...(encrypted ? { passphrase: password! } : {}),
    });
    if (!isConsistent(key)) return { opens: 'damaged' };
    return { opens: encrypted ? 'yes' : 'not-encrypted', key };
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    // OpenSSL 3 has RC2, RC4 and single DES in a provider that Node does not load.
    if (encrypted && /unsupported|unknown (pbe|cipher|digest)/i.test(`${message} ${code}`))
      return { opens: 'cannot-tell' };
    // A wrong password produces garbage, which fails in many ways.
    return { opens: encrypted ? 'wrong-password' : 'damaged' };
  }
}

/** The named curve of an elliptic key; `explicit` where the parameters are written out instead of a name. */
function curveOf(key: KeyObject): { curve?: string } {
  if (key.asymmetricKeyType !== 'ec') return {};
  const [, algorithm] = membersOf(parseSequence(key.export({ type: 'pkcs8', format: 'der' })));
  if (objectIdentifier(membersOf(algorithm)[1]) === undefined) return { curve: 'explicit' };
  const curve = key.asymmetricKeyDetails?.namedCurve;
  return curve === undefined ? {} : { curve };
}

/**
 * OpenSSL opens an RSA key whose parts contradict each other. Signing with it then fails, or gives a signature that
 * does not verify.
 */
function isConsistent(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'rsa') return true;
  const jwk = key.export({ format: 'jwk' }) as Record<string, string>;
  const [n, e, d, p, q, dp, dq, qi] = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((part) =>
    BigInt(`0x${Buffer.from(jwk[part] ?? '', 'base64url').toString('hex') || '0'}`),
  ) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  if (p <= 1n || q <= 1n) return false;
  return (
    p * q === n &&
    (d * e) % (p - 1n) === 1n &&
    (d * e) % (q - 1n) === 1n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    (q * qi) % p === 1n
  );
}

/** OpenSSL does not verify with longer keys, and signing with one takes minutes. */
const mostModulusBits = 16_384;

/** Compares the public keys and signs a test: a damaged key may still have the right public half. */
function belongsTo(key: KeyObject, certificate: X509Certificate): KeyProfile['matchesCertificate'] {
  if (!certificate.checkPrivateKey(key)) return 'no';
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) > mostModulusBits) return 'cannot-tell';
  const sample = Buffer.from('a sample to be signed');
  const digest = key.asymmetricKeyType?.startsWith('ed') === true ? null : 'sha256';
  try {
    return verify(digest, sample, certificate.publicKey, sign(digest, sample, key)) ? 'yes' : 'no';
  } catch {
    return 'cannot-tell';
  }
}
