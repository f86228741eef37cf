/**
 * A certificate's name as Kafka writes it: RFC 2253 order, the most specific part first, which is the reverse of the
 * order in the certificate. Java escapes what would be read as a separator.
 */
import * as asn1js from 'asn1js';

/** Short names that Java prints in RFC 2253 form; all others come as object identifiers. */
const shortNames: Record<string, string> = {
  '2.5.4.3': 'CN', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.10': 'O', '2.5.4.11': 'OU', '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC', '0.9.2342.19200300.100.1.1': 'UID',
};

/** Null for a certificate that is not built as RFC 5280 says. */
export function distinguishedName(der: Uint8Array, whose: 'subject' | 'issuer'): string | null {
  const { result } = asn1js.fromBER(der);
  if (!(result instanceof asn1js.Sequence)) return null;
  const [body] = result.valueBlock.value;
  if (!(body instanceof asn1js.Sequence)) return null;
  // Of TBSCertificate: an optional version, then serial number, signature, issuer, validity, subject.
  const fields = body.valueBlock.value;
  const start = fields[0] instanceof asn1js.Integer ? 0 : 1;
  const name = fields[start + (whose === 'issuer' ? 2 : 4)];
  if (!(name instanceof asn1js.Sequence)) return null;
  return name.valueBlock.value.toReversed().map(relativeName).join(',');
}

function relativeName(set: unknown): string {
  if (!(set instanceof asn1js.Set)) return '';
  return set.valueBlock.value
    .flatMap((pair) => {
      if (!(pair instanceof asn1js.Sequence)) return [];
      const [type, value] = pair.valueBlock.value;
      if (!(type instanceof asn1js.ObjectIdentifier) || value === undefined) return [];
      const id = type.valueBlock.toString();
      const short = shortNames[id];
      if (short === undefined) return [`${id}=#${Buffer.from(value.toBER()).toString('hex')}`];
      const { value: text } = (value as unknown as { valueBlock: { value: unknown } }).valueBlock;
      return [`${short}=${escapeValue(typeof text === 'string' ? text : '')}`];
    })
    .join('+');
}

const escapeValue = (text: string): string => text.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[# ]/, '\\$&').replace(/ $/, '\\ ');
