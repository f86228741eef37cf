/** PKCS#8 keys encrypted by PBE-SHA1-3DES (RFC 7292, appendix B), which OpenSSL's command makes and Node's API does not. */
import { createCipheriv, createHash, randomBytes, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import { pemOf } from './issue.js';

const rounds = 2048;
const blockSize = 64;

export function encryptPbes1(
  key: KeyObject,
  password: string,
  { oid = '1.2.840.113549.1.12.1.3' }: { oid?: string } = {},
): string {
  const salt = randomBytes(8);
  const wide = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const cipher = createCipheriv('des-ede3-cbc', derive(1, wide, salt, 24), derive(2, wide, salt, 8));
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  return encryptedInfo(oid, [salt, rounds], Buffer.concat([cipher.update(plain), cipher.final()]));
}

/** An EncryptedPrivateKeyInfo with whatever is given for its content. */
export function encryptedInfo(oid: string, [salt, count]: [Buffer, number], content: Buffer): string {
  const octets = (bytes: Buffer) => new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });
  const parameters = new asn1js.Sequence({ value: [octets(salt), new asn1js.Integer({ value: count })] });
  const algorithm = new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: oid }), parameters] });
  return pemOf(
    'ENCRYPTED PRIVATE KEY',
    new Uint8Array(new asn1js.Sequence({ value: [algorithm, octets(content)] }).toBER()),
  );
}

function derive(id: number, password: Buffer, salt: Buffer, length: number): Buffer {
  const fill = (bytes: Buffer) => Buffer.alloc(Math.ceil(bytes.length / blockSize) * blockSize, bytes);
  const input = Buffer.concat([fill(salt), fill(password)]);
  const output: Buffer[] = [];
  while (Buffer.concat(output).length < length) {
    let digest = createHash('sha1').update(Buffer.alloc(blockSize, id)).update(input).digest();
    for (let round = 1; round < rounds; round++) digest = createHash('sha1').update(digest).digest();
    output.push(digest);
    const addend = BigInt(`0x${Buffer.alloc(blockSize, digest).toString('hex')}`) + 1n;
    for (let at = 0; at < input.length; at += blockSize) {
      const sum =
        (BigInt(`0x${input.subarray(at, at + blockSize).toString('hex')}`) + addend) % (1n << BigInt(blockSize * 8));
      Buffer.from(sum.toString(16).padStart(blockSize * 2, '0'), 'hex').copy(input, at);
    }
  }
  return Buffer.concat(output).subarray(0, length);
}
