/** The encryption of a PKCS#8 key, by the object identifier in its header (RFC 5208, RFC 8018, RFC 7292). */
import * as asn1js from 'asn1js';
import { membersOf, objectIdentifier } from './der.js';

const pkcs = '1.2.840.113549.1';
const pbes2 = `${pkcs}.5.13`;

/**
 * OpenSSL's names of the schemes of PBES1 (PKCS#5) and the related ones of PKCS#12, which Java and OpenSSL count as
 * PBES1.
 */
const pbes1: Record<string, string> = {
  [`${pkcs}.5.1`]: 'PBE-MD2-DES',
  [`${pkcs}.5.3`]: 'PBE-MD5-DES',
  [`${pkcs}.5.4`]: 'PBE-MD2-RC2-64',
  [`${pkcs}.5.6`]: 'PBE-MD5-RC2-64',
  [`${pkcs}.5.10`]: 'PBE-SHA1-DES',
  [`${pkcs}.5.11`]: 'PBE-SHA1-RC2-64',
  [`${pkcs}.12.1.1`]: 'PBE-SHA1-RC4-128',
  [`${pkcs}.12.1.2`]: 'PBE-SHA1-RC4-40',
  [`${pkcs}.12.1.3`]: 'PBE-SHA1-3DES',
  [`${pkcs}.12.1.4`]: 'PBE-SHA1-2DES',
  [`${pkcs}.12.1.5`]: 'PBE-SHA1-RC2-128',
  [`${pkcs}.12.1.6`]: 'PBE-SHA1-RC2-40',
};

/** `family`: `PBES1`, `PBES2`, or the object identifier of another scheme. `scheme`: OpenSSL's name, for PBES1. */
export interface Encryption {
  family: string;
  scheme?: string;
}

/** No tool uses more rounds; a million take a second. */
const mostRounds = 1_000_000;

/** Whether the key needs so many rounds that trying its password would take minutes. */
export function asksTooMuch(info: asn1js.Sequence): boolean {
  const isHuge = (block: asn1js.BaseBlock): boolean => {
    if (block instanceof asn1js.Sequence) return membersOf(block).some(isHuge);
    // The parser returns only small integers as numbers, so the bytes are read.
    return (
      block instanceof asn1js.Integer &&
      block.valueBlock.valueHexView.reduce((number, byte) => number * 256 + byte, 0) > mostRounds
    );
  };
  return membersOf(info).slice(0, 1).some(isHuge);
}

/** Undefined where the sequence is not an EncryptedPrivateKeyInfo. */
export function encryptionOf(info: asn1js.Sequence): Encryption | undefined {
  const id = objectIdentifier(membersOf(membersOf(info)[0])[0]);
  if (id === undefined) return undefined;
  const scheme = pbes1[id];
  return scheme === undefined ? { family: id === pbes2 ? 'PBES2' : id } : { family: 'PBES1', scheme };
}
