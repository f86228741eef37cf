/**
 * The name of a certificate as Kafka writes it: Java's X500Principal.getName(), in RFC 2253 order (most specific
 * part first), the reverse of the order in the certificate. Java escapes more than the RFC requires.
 */
import * as asn1js from 'asn1js';
import { membersOf, objectIdentifier, parseSequence } from './der.js';

/** Attribute names that Java prints in RFC 2253 form; all others are printed as object identifiers. */
const shortNames: Record<string, string> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
};

/**
 * String types that Java prints as text, by tag: UTF8, Printable, Teletex, IA5, General, BMP. All others are printed
 * as bytes.
 */
const shownTags = [12, 19, 20, 22, 27, 30];

/** Null for a certificate that does not follow RFC 5280. */
export function distinguishedName(der: Uint8Array, whose: 'subject' | 'issuer'): string | null {
  // TBSCertificate: an optional version, then serial number, signature, issuer, validity, subject.
  const fields = membersOf(membersOf(parseSequence(der))[0]);
  const start = fields[0] instanceof asn1js.Integer ? 0 : 1;
  const name = fields[start + (whose === 'issuer' ? 2 : 4)];
  return name instanceof asn1js.Sequence ? membersOf(name).toReversed().map(relativeName).join(',') : null;
}

function relativeName(set: unknown): string {
  if (!(set instanceof asn1js.Set)) return '';
  return set.valueBlock.value
    .flatMap((pair) => {
      const [type, value] = membersOf(pair);
      const id = objectIdentifier(type);
      if (id === undefined || value === undefined) return [];
      const short = shortNames[id];
      const shown = short !== undefined && value.idBlock.tagClass === 1 && shownTags.includes(value.idBlock.tagNumber);
      return [shown ? `${short}=${escapeValue(contentOf(value))}` : `${short ?? id}=#${hex(value)}`];
    })
    .join('+');
}

/** Java decodes every string type as UTF-8. */
const contentOf = (value: asn1js.BaseBlock): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    value.valueBeforeDecodeView.subarray(value.idBlock.blockLength + value.lenBlock.blockLength),
  );

const hex = (value: asn1js.BaseBlock): string => Buffer.from(value.valueBeforeDecodeView).toString('hex');

function escapeValue(text: string): string {
  const escaped = text.replace(/[,=+<>#;"\\]/g, String.raw`\$&`).replaceAll('\0', String.raw`\00`);
  const each = (blanks: string) => blanks.replace(/[ \r]/g, String.raw`\$&`);
  return /^[ \r]*$/.test(escaped) ? each(escaped) : escaped.replace(/^[ \r]+/, each).replace(/(?<![ \r])[ \r]+$/, each);
}
