/** A client certificate with its chain and key, generated on request: the repository contains no key. */
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

export interface MadeCertificate {
  /** PEM: the client's first, then its issuer. */
  chain: string[];
  /** PEM, PKCS#8, unencrypted. */
  privateKey: string;
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const commonName = '2.5.4.3';

/** Valid between the two instants; the issuer is self-signed. */
export function makeCertificate({
  subject,
  issuer,
  from,
  to,
}: {
  subject: string;
  issuer: string;
  from: Date;
  to: Date;
}): MadeCertificate {
  const [authority, client] = [
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ];
  const make = (name: string, key: KeyObject, serial: number) =>
    toPem(signCertificate({ name, issuer, key, from, to, serial }, authority.privateKey));
  return {
    chain: [make(subject, client.privateKey, 2), make(issuer, authority.privateKey, 1)],
    privateKey: client.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

interface Wanted {
  name: string;
  issuer: string;
  key: KeyObject;
  from: Date;
  to: Date;
  serial: number;
}

/** X.509 version 3 without extensions (RFC 5280, section 4.1). */
function signCertificate({ name, issuer, key, from, to, serial }: Wanted, authority: KeyObject): ArrayBuffer {
  const publicKey = asn1js.fromBER(createPublicKey(key).export({ type: 'spki', format: 'der' })).result;
  const body = sequence(
    new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1js.Integer({ value: 2 })] }),
    new asn1js.Integer({ value: serial }),
    algorithm(),
    nameOf(issuer),
    sequence(new asn1js.UTCTime({ valueDate: from }), new asn1js.UTCTime({ valueDate: to })),
    nameOf(name),
    publicKey,
  );
  const signature = sign('sha256', new Uint8Array(body.toBER()), authority);
  return sequence(body, algorithm(), new asn1js.BitString({ valueHex: new Uint8Array(signature).buffer })).toBER();
}

const sequence = (...value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });
const algorithm = (): asn1js.Sequence => sequence(new asn1js.ObjectIdentifier({ value: ecdsaWithSha256 }));
const nameOf = (name: string): asn1js.Sequence =>
  sequence(
    new asn1js.Set({
      value: [sequence(new asn1js.ObjectIdentifier({ value: commonName }), new asn1js.Utf8String({ value: name }))],
    }),
  );

const toPem = (der: ArrayBuffer): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END CERTIFICATE-----\n`;
