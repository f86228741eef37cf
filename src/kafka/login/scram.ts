/**
 * SCRAM, both sides (RFC 5802, RFC 7677). User names and passwords are taken as they are, without SASLprep: Kafka's
 * Java client and its brokers do not apply it, so a prepared password would be another one.
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { malformed, WireError } from '../wire-error.js';

/** Node's names of the hash functions. */
export const scramHashes = { 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-512': 'sha512' } as const;
export type ScramMechanism = keyof typeof scramHashes;

/** A broker must not make the client compute for minutes; Kafka allows 16,384. */
const mostIterations = 1_000_000;
/** RFC 7677 and Kafka's client ask for at least as many. */
const fewestIterations = 4096;

const derive = promisify(pbkdf2);

/** The form in which a user name is sent: a comma and an equals sign are escaped. */
const escapeName = (name: string): string => name.replaceAll('=', '=3D').replaceAll(',', '=2C');
const unescapeName = (name: string): string => name.replaceAll('=2C', ',').replaceAll('=3D', '=');

/** `r=…,s=…,i=…` as a map; a value may contain equals signs. */
const attributesOf = (message: string): Map<string, string> =>
  new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));

interface Keys {
  clientKey: Buffer;
  storedKey: Buffer;
  serverKey: Buffer;
}

async function keysOf(mechanism: ScramMechanism, password: string, salt: Buffer, iterations: number): Promise<Keys> {
  const hash = scramHashes[mechanism];
  const length = hash === 'sha256' ? 32 : 64;
  const salted = await derive(password, salt, iterations, length, hash);
  const hmac = (text: string): Buffer => createHmac(hash, salted).update(text).digest();
  const clientKey = hmac('Client Key');
  return { clientKey, storedKey: createHash(hash).update(clientKey).digest(), serverKey: hmac('Server Key') };
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ b[index]!));

const isEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** One login of a client: `first`, then `final` with the broker's first answer, then `verify` with its second. */
export class ScramClient {
  private readonly bare: string;
  private serverSignature: Buffer | null = null;

  constructor(
    private readonly mechanism: ScramMechanism,
    username: string,
    private readonly password: string,
    private readonly nonce: string = randomBytes(24).toString('base64url'),
  ) {
    this.bare = `n=${escapeName(username)},r=${nonce}`;
  }

  first(): Buffer {
    return Buffer.from(`n,,${this.bare}`);
  }

  /** Throws `MALFORMED` where the answer breaks the RFC or asks for too much work. */
  async final(serverFirst: Buffer): Promise<Buffer> {
    const text = serverFirst.toString('utf8');
    const attributes = attributesOf(text);
    const refusal = attributes.get('e');
    if (refusal !== undefined)
      throw new WireError('SASL_AUTHENTICATION_FAILED', 'the broker refuses the user', { code: 58 });
    const [nonce, salt, iterations] = [
      attributes.get('r') ?? '',
      attributes.get('s') ?? '',
      Number(attributes.get('i')),
    ];
    if (!nonce.startsWith(this.nonce) || nonce === this.nonce || salt === '')
      throw malformed('the answer to the first message of the login breaks RFC 5802');
    if (!Number.isInteger(iterations) || iterations < fewestIterations || iterations > mostIterations)
      throw malformed(
        `the broker asks for ${attributes.get('i') ?? 'no'} iterations; SCRAM allows ${fewestIterations} or more`,
      );
    const hash = scramHashes[this.mechanism];
    const keys = await keysOf(this.mechanism, this.password, Buffer.from(salt, 'base64'), iterations);
    const withoutProof = `c=biws,r=${nonce}`;
    const exchange = `${this.bare},${text},${withoutProof}`;
    const signature = createHmac(hash, keys.storedKey).update(exchange).digest();
    this.serverSignature = createHmac(hash, keys.serverKey).update(exchange).digest();
    return Buffer.from(`${withoutProof},p=${xor(keys.clientKey, signature).toString('base64')}`);
  }

  /** Throws where the broker does not know the password either: it is not the one that it says it is. */
  verify(serverFinal: Buffer): void {
    const attributes = attributesOf(serverFinal.toString('utf8'));
    if (attributes.has('e'))
      throw new WireError('SASL_AUTHENTICATION_FAILED', 'the broker refuses the password', { code: 58 });
    const signature = Buffer.from(attributes.get('v') ?? '', 'base64');
    if (this.serverSignature === null || !isEqual(signature, this.serverSignature))
      throw malformed('the broker does not prove that it knows the password');
  }
}

/** What a broker stores of a user; the password does not follow from it. */
export interface ScramCredential {
  salt: Buffer;
  iterations: number;
  storedKey: Buffer;
  serverKey: Buffer;
}

export async function scramCredential(
  mechanism: ScramMechanism,
  password: string,
  salt: Buffer = randomBytes(16),
  iterations: number = fewestIterations,
): Promise<ScramCredential> {
  const { storedKey, serverKey } = await keysOf(mechanism, password, salt, iterations);
  return { salt, iterations, storedKey, serverKey };
}

/** One login on a broker's side: `first` for the first message of a client, `final` for its second. */
export class ScramServer {
  private clientBare = '';
  private serverFirst = '';
  private nonce = '';
  private credential: ScramCredential | undefined;
  username = '';

  constructor(
    private readonly mechanism: ScramMechanism,
    /** Undefined for a user that does not exist. */
    private readonly credentialOf: (username: string) => ScramCredential | undefined,
    private readonly nonceEnd: string = randomBytes(24).toString('base64url'),
  ) {}

  /** Null for a user that does not exist, and for a message that breaks the RFC. */
  first(message: Buffer): Buffer | null {
    const text = message.toString('utf8');
    const [, , ...bare] = text.split(',');
    this.clientBare = bare.join(',');
    const attributes = attributesOf(this.clientBare);
    this.username = unescapeName(attributes.get('n') ?? '');
    this.credential = this.credentialOf(this.username);
    const nonce = attributes.get('r');
    if (this.credential === undefined || nonce === undefined || nonce === '') return null;
    this.nonce = `${nonce}${this.nonceEnd}`;
    const { salt, iterations } = this.credential;
    this.serverFirst = `r=${this.nonce},s=${salt.toString('base64')},i=${iterations}`;
    return Buffer.from(this.serverFirst);
  }

  /** Null for a wrong password. */
  final(message: Buffer): Buffer | null {
    if (this.credential === undefined) return null;
    const text = message.toString('utf8');
    const end = text.lastIndexOf(',p=');
    const attributes = attributesOf(text);
    if (end < 0 || attributes.get('r') !== this.nonce) return null;
    const hash = scramHashes[this.mechanism];
    const exchange = `${this.clientBare},${this.serverFirst},${text.slice(0, end)}`;
    const proof = Buffer.from(text.slice(end + 3), 'base64');
    const signature = createHmac(hash, this.credential.storedKey).update(exchange).digest();
    if (proof.length !== signature.length) return null;
    const clientKey = xor(proof, signature);
    if (!isEqual(createHash(hash).update(clientKey).digest(), this.credential.storedKey)) return null;
    return Buffer.from(`v=${createHmac(hash, this.credential.serverKey).update(exchange).digest('base64')}`);
  }
}
