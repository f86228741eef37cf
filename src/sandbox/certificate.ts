/** Certificates with their keys, generated on request: the repository contains no key. */
import { createPublicKey, generateKeyPairSync, randomInt, sign, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

export interface MadeCertificate {
  /** PEM: the client's first, then its issuer. */
  chain: string[];
  /** PEM, PKCS#8, unencrypted. */
  privateKey: string;
}

/** What a certificate says. */
export interface WantedCertificate {
  subject: string;
  issuer: string;
  from: Date;
  to: Date;
  /** DNS names of a server; without them it is a client's. */
  hosts?: readonly string[];
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const commonName = '2.5.4.3';
/** Extensions (RFC 5280, section 4.2.1). */
const [subjectAltName, basicConstraints] = ['2.5.29.17', '2.5.29.19'];

/** Valid between the two instants; the issuer is self-signed. */
export function makeCertificate({ subject, issuer, from, to, hosts = [] }: WantedCertificate): MadeCertificate {
  const [authority, client] = [
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ];
  const make = (name: string, key: KeyObject, extensions: asn1js.Sequence[]) =>
    toPem(signCertificate({ name, issuer, key, from, to, extensions }, authority.privateKey));
  return {
    chain: [
      make(
        subject,
        client.privateKey,
        hosts.length === 0 ? [] : [extension(subjectAltName, sequence(...hosts.map(dns)))],
      ),
      make(issuer, authority.privateKey, [extension(basicConstraints, sequence(new asn1js.Boolean({ value: true })))]),
    ],
    privateKey: client.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

interface Signed {
  name: string;
  issuer: string;
  key: KeyObject;
  from: Date;
  to: Date;
  extensions: asn1js.Sequence[];
}

/** X.509 version 3 (RFC 5280, section 4.1). */
function signCertificate({ name, issuer, key, from, to, extensions }: Signed, authority: KeyObject): ArrayBuffer {
  const publicKey = asn1js.fromBER(createPublicKey(key).export({ type: 'spki', format: 'der' })).result;
  const body = sequence(
    tagged(0, new asn1js.Integer({ value: 2 })),
    new asn1js.Integer({ value: randomInt(1, 2 ** 31) }),
    algorithm(),
    nameOf(issuer),
    sequence(new asn1js.UTCTime({ valueDate: from }), new asn1js.UTCTime({ valueDate: to })),
    nameOf(name),
    publicKey,
    ...(extensions.length === 0 ? [] : [tagged(3, sequence(...extensions))]),
  );
  const signature = sign('sha256', new Uint8Array(body.toBER()), authority);
  return sequence(body, algorithm(), new asn1js.BitString({ valueHex: new Uint8Array(signature).buffer })).toBER();
}

const sequence = (...value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });
const tagged = (tagNumber: number, value: asn1js.BaseBlock): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });
const algorithm = (): asn1js.Sequence => sequence(new asn1js.ObjectIdentifier({ value: ecdsaWithSha256 }));
const extension = (id: string, content: asn1js.Sequence): asn1js.Sequence =>
  sequence(new asn1js.ObjectIdentifier({ value: id }), new asn1js.OctetString({ valueHex: content.toBER() }));
const dns = (host: string): asn1js.Primitive =>
  new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: 2 },
    valueHex: new Uint8Array(Buffer.from(host)).buffer,
  });
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
