/** How a PKCS#8 key is encrypted, by the object identifier in its head (RFC 5208, RFC 8018, RFC 7292). */
import * as asn1js from 'asn1js';

/** Password-based scheme 1 of PKCS#5, and its kin of PKCS#12, which Java and OpenSSL count with it. */
const pbes1 = /^1\.2\.840\.113549\.1\.(5\.(1|3|4|6|10|11)|12\.1\.[1-6])$/;
const pbes2 = '1.2.840.113549.1.5.13';

/** `PBES1`, `PBES2`, or the identifier of another scheme; undefined where the head cannot be read. */
export function encryptionOf(der: Uint8Array): string | undefined {
  const { result } = asn1js.fromBER(der);
  if (!(result instanceof asn1js.Sequence)) return undefined;
  const [algorithm] = result.valueBlock.value;
  const id = algorithm instanceof asn1js.Sequence ? algorithm.valueBlock.value[0] : undefined;
  if (!(id instanceof asn1js.ObjectIdentifier)) return undefined;
  const text = id.valueBlock.toString();
  return pbes1.test(text) ? 'PBES1' : text === pbes2 ? 'PBES2' : text;
}
