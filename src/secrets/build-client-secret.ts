/** Builds the content of a client certificate's secret from PEM texts. Pure. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIssuedBy } from './certificate.js';
import { readPem } from './pem.js';
import { profilePrivateKey } from './private-key.js';

/** The given material cannot become a secret that Lambda can use. */
export class UnfitMaterial extends Error {
  override name = 'UnfitMaterial';
  constructor(
    message: string,
    /** What to do, usually a command line. */
    readonly hint?: string,
  ) {
    super(message);
  }
}

export interface ClientMaterial {
  /** PEM texts with certificates, in any order. */
  certificates: readonly string[];
  privateKey: string;
  password?: string | undefined;
}

export interface ClientSecret {
  /** The JSON text to store. */
  text: string;
  /** The changes to the material, as sentences without a period. Contain nothing secret. */
  notes: string[];
}

const toPkcs8 = 'openssl pkcs8 -topk8 -in KEY_FILE -v1 PBE-SHA1-3DES -out pkcs8.pem';

/** Whether the key cannot be opened without a password. */
export const needsPassword = (privateKey: string): boolean =>
  profilePrivateKey(privateKey, { password: undefined, certificate: undefined }).opens === 'no-password';

/** Orders the chain and converts the key to PKCS#8; an encrypted key stays encrypted. Throws `UnfitMaterial`. */
export function buildClientSecret({ certificates: texts, privateKey, password }: ClientMaterial): ClientSecret {
  const notes: string[] = [];
  const certificates = readCertificates(texts);
  const { pem, key } = fitKey(privateKey, password, notes);
  const first =
    key === undefined ? certificates[0]! : certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (first === undefined)
    throw new UnfitMaterial(
      'the private key belongs to none of the certificates',
      'Give the key from which the certificate was requested.',
    );
  const chain = orderChain(first, certificates);
  if (
    certificates[0] !== chain[0] ||
    certificates.some((certificate, index) => index < chain.length && certificate !== chain[index])
  )
    notes.push('the chain was put in order: client, intermediates, root');
  for (const left of certificates.filter((certificate) => !chain.includes(certificate)))
    notes.push(`omitted, because it is not part of the chain: ${oneLine(left.subject)}`);
  const content = {
    certificate: chain.map((certificate) => certificate.toString().trimEnd()).join('\n'),
    privateKey: pem,
    ...(password === undefined ? {} : { privateKeyPassword: password }),
  };
  return { text: JSON.stringify(content), notes };
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ');

function readCertificates(texts: readonly string[]): X509Certificate[] {
  const certificates: X509Certificate[] = [];
  for (const { der } of texts
    .flatMap((text) => readPem(text).blocks)
    .filter(({ label }) => /^(X509 |TRUSTED )?CERTIFICATE$/.test(label))) {
    let certificate: X509Certificate;
    try {
      certificate = new X509Certificate(der);
    } catch (error) {
      throw Object.assign(new UnfitMaterial('one of the certificates cannot be parsed'), { cause: error });
    }
    if (!certificates.some(({ raw }) => raw.equals(certificate.raw))) certificates.push(certificate);
  }
  if (certificates.length === 0)
    throw new UnfitMaterial(
      'no PEM certificate (-----BEGIN CERTIFICATE-----) was found',
      'Convert it with `openssl x509 -inform DER -in FILE -out client.pem`.',
    );
  return certificates;
}

/** From the leaf to the last certificate whose issuer is present. */
function orderChain(first: X509Certificate, certificates: readonly X509Certificate[]): X509Certificate[] {
  const chain = [first];
  for (let last = first; !isIssuedBy(last, last); last = chain.at(-1)!) {
    const issuer = certificates.find((certificate) => !chain.includes(certificate) && isIssuedBy(last, certificate));
    if (issuer === undefined) break;
    chain.push(issuer);
  }
  return chain;
}

/** The key's PEM in a form that Lambda accepts, and the key object if it can be opened here. */
function fitKey(text: string, password: string | undefined, notes: string[]): { pem: string; key?: KeyObject } {
  const { container, opens, encryption, scheme, keys, mislabelled } = profilePrivateKey(text, {
    password,
    certificate: undefined,
  });
  if (container === 'none' || container === 'other')
    throw new UnfitMaterial(
      'no PEM private key was found',
      'Extract it from a PKCS#12 file with `openssl pkcs12 -in FILE -nocerts -nodes -out key.pem`.',
    );
  if (keys !== undefined && keys > 1) throw new UnfitMaterial('there are several private keys, and one is expected');
  if (opens === 'damaged') throw new UnfitMaterial('the private key is damaged');
  const block = readPem(text).blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (block!.encryptedHeader)
    throw new UnfitMaterial(
      'the private key is encrypted in OpenSSL’s old format, which Lambda does not support; msk-lambda does not encrypt keys',
      toPkcs8,
    );
  if (encryption !== undefined && encryption !== 'PBES1')
    throw new UnfitMaterial(
      `the private key is encrypted with ${encryption}; Lambda supports only PBES1, and msk-lambda does not encrypt keys`,
      toPkcs8,
    );
  if (opens === 'no-password') throw new UnfitMaterial('the private key is encrypted, and its password is missing');
  if (opens === 'wrong-password') throw new UnfitMaterial('the password does not decrypt the private key');
  if (opens === 'not-encrypted' && password !== undefined)
    throw new UnfitMaterial(
      'the private key is not encrypted; Lambda rejects it together with a password',
      'Remove the password.',
    );
  if (opens === 'cannot-tell') {
    notes.push(
      `this machine cannot decrypt keys with ${scheme ?? 'an old cipher'}; not tested: whether the password decrypts the key, and whether it belongs to the certificate`,
    );
    return { pem: pemOf('ENCRYPTED PRIVATE KEY', block!.der) };
  }
  if (opens === 'yes') {
    return {
      pem: pemOf('ENCRYPTED PRIVATE KEY', block!.der),
      key: createPrivateKey({ key: Buffer.from(block!.der), format: 'der', type: 'pkcs8', passphrase: password! }),
    };
  }
  const key = createPrivateKey({
    key: Buffer.from(block!.der),
    format: 'der',
    type: container === 'PKCS#1' ? 'pkcs1' : container === 'SEC1' ? 'sec1' : 'pkcs8',
  });
  if (container !== 'PKCS#8') notes.push(`the key was converted from ${container} to PKCS#8`);
  else if (mislabelled === true) notes.push('the BEGIN line of the key was corrected');
  return { pem: (key.export({ type: 'pkcs8', format: 'pem' }) as string).trimEnd(), key };
}

const pemOf = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END ${label}-----`;
