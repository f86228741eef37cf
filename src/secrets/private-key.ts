/** A private key: its container, how it is encrypted, and whether it belongs to the certificate. */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { SecretProfile } from '../snapshot/resources/index.js';
import { encryptionOf } from './encryption-scheme.js';
import { readPem, type PemBlock } from './pem.js';

type KeyProfile = NonNullable<SecretProfile['privateKey']>;

export function profilePrivateKey(text: string, { password, certificate }: { password: string | undefined; certificate: X509Certificate | undefined }): KeyProfile {
  const { blocks, newlinesLost } = readPem(text);
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  const passwordGiven = password !== undefined && password !== '';
  if (block === undefined)
    return { pem: blocks.length > 0, newlinesLost: false, container: 'none', passwordGiven, opens: 'damaged', matchesCertificate: 'cannot-tell' };
  const container = containerOf(block);
  const encryption = container === 'PKCS#8 encrypted' ? encryptionOf(block.der) : undefined;
  const { opens, key } = open(block, container, passwordGiven ? password : undefined);
  return {
    pem: true,
    newlinesLost,
    container,
    ...(key?.asymmetricKeyType === undefined ? {} : { algorithm: key.asymmetricKeyType.toUpperCase() }),
    ...(encryption === undefined ? {} : { encryption }),
    passwordGiven,
    opens,
    matchesCertificate: key === undefined || certificate === undefined ? 'cannot-tell' : certificate.checkPrivateKey(key) ? 'yes' : 'no',
  };
}

const containers: Record<string, KeyProfile['container']> = {
  'PRIVATE KEY': 'PKCS#8', 'ENCRYPTED PRIVATE KEY': 'PKCS#8 encrypted', 'RSA PRIVATE KEY': 'PKCS#1', 'EC PRIVATE KEY': 'SEC1',
};

const containerOf = ({ label }: PemBlock): KeyProfile['container'] => containers[label] ?? 'other';

function open(block: PemBlock, container: KeyProfile['container'], password: string | undefined): { opens: KeyProfile['opens']; key?: KeyObject } {
  const encrypted = container === 'PKCS#8 encrypted' || block.pem.includes('ENCRYPTED,') || block.pem.includes('Proc-Type: 4,ENCRYPTED');
  if (encrypted && password === undefined) return { opens: 'no-password' };
  try {
    const key = createPrivateKey({ key: block.pem, format: 'pem', ...(encrypted ? { passphrase: password! } : {}) });
    return { opens: encrypted ? 'yes' : 'not-encrypted', key };
  } catch (error) {
    const { message, code = '' } = error as Error & { code?: string };
    // OpenSSL 3 keeps RC2, RC4 and single DES in a provider that Node does not load.
    if (/unsupported|unknown (pbe|cipher|digest)/i.test(`${message} ${code}`)) return { opens: 'cannot-tell' };
    // What a wrong password makes of the content fails in many ways; only a head that cannot be read tells of damage.
    return { opens: encrypted && (container !== 'PKCS#8 encrypted' || encryptionOf(block.der) !== undefined) ? 'wrong-password' : 'damaged' };
  }
}
