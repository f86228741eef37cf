/** Certificates with the extensions that TLS asks for; generated for each test run, never stored. */
import { createPublicKey, generateKeyPairSync, randomInt, sign, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';

export interface Authority {
  name: string;
  key: KeyObject;
  /** PEM. */
  certificate: string;
}

/** A certificate with its key, in PEM. */
export interface Identity {
  certificate: string;
  privateKey: string;
}

interface Wanted {
  /** `CN` of the subject. */
  name: string;
  /** Further parts of the subject, in the order of the certificate: object identifier and text. */
  parts?: readonly [id: string, text: string][];
  /** DNS names and IPv4 addresses. */
  hosts?: readonly string[];
  /** Extended key usages. */
  uses?: readonly string[];
  from?: Date;
  to?: Date;
}

export const serverUse = '1.3.6.1.5.5.7.3.1';
const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const day = 86_400_000;

const sequence = (...value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });
const id = (value: string): asn1js.ObjectIdentifier => new asn1js.ObjectIdentifier({ value });
const algorithm = (): asn1js.Sequence => sequence(id(ecdsaWithSha256));
const octets = (bytes: ArrayBuffer): asn1js.OctetString => new asn1js.OctetString({ valueHex: bytes });
const tagged = (tagNumber: number, value: asn1js.BaseBlock): asn1js.Constructed =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [value] });

const nameOf = (parts: readonly [id: string, text: string][]): asn1js.Sequence =>
  sequence(
    ...parts.map(
      ([type, text]) => new asn1js.Set({ value: [sequence(id(type), new asn1js.Utf8String({ value: text }))] }),
    ),
  );

const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host);
const hostName = (host: string): asn1js.Primitive =>
  new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: isAddress(host) ? 7 : 2 },
    valueHex: new Uint8Array(isAddress(host) ? host.split('.').map(Number) : Buffer.from(host)).buffer,
  });

function extensionsOf({ hosts = [], uses = [] }: Wanted, authority: boolean): asn1js.BaseBlock[] {
  const extension = (type: string, value: asn1js.BaseBlock): asn1js.Sequence =>
    sequence(id(type), octets(value.toBER()));
  return [
    ...(authority ? [extension('2.5.29.19', sequence(new asn1js.Boolean({ value: true })))] : []),
    ...(uses.length === 0 ? [] : [extension('2.5.29.37', sequence(...uses.map(id)))]),
    ...(hosts.length === 0 ? [] : [extension('2.5.29.17', sequence(...hosts.map(hostName)))]),
  ];
}

interface Signed extends Wanted {
  subjectKey: KeyObject;
  issuer: string;
  issuerKey: KeyObject;
  authority: boolean;
}

/** X.509 version 3 (RFC 5280, 4.1). */
function signed({ subjectKey, issuer, issuerKey, authority, ...wanted }: Signed): string {
  const { from = new Date(Date.now() - day), to = new Date(Date.now() + 30 * day) } = wanted;
  const extensions = extensionsOf(wanted, authority);
  const body = sequence(
    tagged(0, new asn1js.Integer({ value: 2 })),
    new asn1js.Integer({ value: randomInt(1, 2 ** 31) }),
    algorithm(),
    nameOf([['2.5.4.3', issuer]]),
    sequence(new asn1js.UTCTime({ valueDate: from }), new asn1js.UTCTime({ valueDate: to })),
    nameOf([...(wanted.parts ?? []), ['2.5.4.3', wanted.name]]),
    asn1js.fromBER(createPublicKey(subjectKey).export({ type: 'spki', format: 'der' })).result,
    ...(extensions.length === 0 ? [] : [tagged(3, sequence(...extensions))]),
  );
  const signature = sign('sha256', new Uint8Array(body.toBER()), issuerKey);
  const der = sequence(body, algorithm(), new asn1js.BitString({ valueHex: new Uint8Array(signature).buffer }));
  const lines = Buffer.from(der.toBER())
    .toString('base64')
    .match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export function makeAuthority(name = 'Test CA'): Authority {
  const key = newKey();
  return { name, key, certificate: signed({ name, subjectKey: key, issuer: name, issuerKey: key, authority: true }) };
}

export function makeIdentity({ name: issuer, key: issuerKey }: Authority, wanted: Wanted): Identity {
  const key = newKey();
  return {
    certificate: signed({ ...wanted, subjectKey: key, issuer, issuerKey, authority: false }),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
