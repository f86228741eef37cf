/** Certificates and keys for tests, made when they run: any names, dates, keys and extensions. */
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as asn1js from 'asn1js';

export interface NamePart {
  oid: string;
  value: string;
  kind?: 'utf8' | 'printable' | 'ia5' | 'bmp' | 'teletex' | 'numeric';
}
/** Relative names in the order of the certificate, each with one part or several. */
export type Name = NamePart[][];

export const oids = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  SERIALNUMBER: '2.5.4.5',
  EMAIL: '1.2.840.113549.1.9.1',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  STREET: '2.5.4.9',
  T: '2.5.4.12',
};
export const cn = (value: string): Name => [[{ oid: oids.CN, value }]];

export interface Issued {
  pem: string;
  name: Name;
  key: KeyObject;
}

export type KeyKind =
  | 'rsa'
  | 'rsa-pss'
  | 'dsa'
  | 'prime256v1'
  | 'secp384r1'
  | 'secp521r1'
  | 'secp256k1'
  | 'explicit'
  | 'ed25519'
  | 'ed448';

const kept = new Map<string, KeyObject>();

/** A key of a kind; equal `which` gives the same one, since RSA keys take long to make. */
export function keyOf(kind: KeyKind, which = 0): KeyObject {
  const name = `${kind} ${which}`;
  const key = kept.get(name) ?? makeKey(kind);
  kept.set(name, key);
  return key;
}

function makeKey(kind: KeyKind): KeyObject {
  if (kind === 'rsa' || kind === 'rsa-pss')
    return generateKeyPairSync(kind as 'rsa', { modulusLength: 2048 }).privateKey;
  if (kind === 'dsa') return generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey;
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (kind === 'ed448') return generateKeyPairSync('ed448').privateKey;
  if (kind === 'explicit')
    return generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' }).privateKey;
  return generateKeyPairSync('ec', { namedCurve: kind }).privateKey;
}

export interface Wanted {
  name: Name;
  key: KeyObject;
  /** Signs itself without one. */
  issuer?: Issued;
  from?: Date;
  to?: Date;
  ca?: boolean;
  /** Extended key usages, by object identifier. */
  uses?: string[];
  /** Subject alternative names: DNS names and IPv4 addresses. */
  names?: string[];
}

const year = 365 * 86_400_000;
let serial = 1000;

export function issue({
  name,
  key,
  issuer,
  from = new Date(Date.now() - year),
  to = new Date(Date.now() + year),
  ca = false,
  uses,
  names,
}: Wanted): Issued {
  const signer = issuer?.key ?? key;
  const algorithm = () => signatureAlgorithm(signer);
  const body = sequence(
    new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [new asn1js.Integer({ value: 2 })] }),
    new asn1js.Integer({ value: serial++ }),
    algorithm(),
    encodeName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    encodeName(name),
    asn1js.fromBER(createPublicKey(key).export({ type: 'spki', format: 'der' })).result,
    new asn1js.Constructed({
      idBlock: { tagClass: 3, tagNumber: 3 },
      value: [sequence(...extensions(ca, uses, names))],
    }),
  );
  const digest = signer.asymmetricKeyType?.startsWith('ed') === true ? null : 'sha256';
  const signature = sign(digest, new Uint8Array(body.toBER()), signer);
  const der = sequence(body, algorithm(), new asn1js.BitString({ valueHex: new Uint8Array(signature).buffer })).toBER();
  return { pem: pemOf('CERTIFICATE', new Uint8Array(der)), name, key };
}

export const pemOf = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END ${label}-----\n`;

export const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;

/** A chain as AWS wants it: client, intermediate, root. */
export function issueChain({ key = keyOf('rsa'), name = cn('client'), ...rest }: Partial<Wanted> = {}): {
  client: Issued;
  intermediate: Issued;
  root: Issued;
} {
  const root = issue({ name: cn('Test Root'), key: keyOf('prime256v1', 1), ca: true });
  const intermediate = issue({ name: cn('Test Intermediate'), key: keyOf('rsa', 2), issuer: root, ca: true });
  return { root, intermediate, client: issue({ name, key, issuer: intermediate, ...rest }) };
}

const sequence = (...value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });
const time = (value: Date): asn1js.BaseBlock =>
  value.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate: value })
    : new asn1js.GeneralizedTime({ valueDate: value });

const kinds = {
  utf8: asn1js.Utf8String,
  printable: asn1js.PrintableString,
  ia5: asn1js.IA5String,
  bmp: asn1js.BmpString,
  teletex: asn1js.TeletexString,
  numeric: asn1js.NumericString,
};
const encodeName = (name: Name): asn1js.Sequence =>
  sequence(
    ...name.map(
      (parts) =>
        new asn1js.Set({
          value: parts.map(({ oid, value, kind = 'utf8' }) =>
            sequence(new asn1js.ObjectIdentifier({ value: oid }), new kinds[kind]({ value })),
          ),
        }),
    ),
  );

function signatureAlgorithm(signer: KeyObject): asn1js.Sequence {
  const id = (value: string) => new asn1js.ObjectIdentifier({ value });
  switch (signer.asymmetricKeyType) {
    case 'rsa':
      return sequence(id('1.2.840.113549.1.1.11'), new asn1js.Null());
    case 'ec':
      return sequence(id('1.2.840.10045.4.3.2'));
    case 'ed25519':
      return sequence(id('1.3.101.112'));
    case 'dsa':
      return sequence(id('2.16.840.1.101.3.4.3.2'));
    default:
      throw new Error(`no signature by ${signer.asymmetricKeyType}`);
  }
}

function extensions(ca: boolean, uses: string[] | undefined, names: string[] | undefined): asn1js.Sequence[] {
  const extension = (oid: string, value: asn1js.BaseBlock) =>
    sequence(new asn1js.ObjectIdentifier({ value: oid }), new asn1js.OctetString({ valueHex: value.toBER() }));
  return [
    extension('2.5.29.19', sequence(...(ca ? [new asn1js.Boolean({ value: true })] : []))),
    ...(uses === undefined
      ? []
      : [extension('2.5.29.37', sequence(...uses.map((value) => new asn1js.ObjectIdentifier({ value }))))]),
    ...(names === undefined ? [] : [extension('2.5.29.17', sequence(...names.map(generalName)))]),
  ];
}

/** A DNS name, or an IPv4 address in four bytes (RFC 5280, section 4.2.1.6). */
const generalName = (name: string): asn1js.Primitive =>
  new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: isIPv4(name) ? 7 : 2 },
    valueHex: new Uint8Array(isIPv4(name) ? name.split('.').map(Number) : Buffer.from(name)).buffer,
  });
