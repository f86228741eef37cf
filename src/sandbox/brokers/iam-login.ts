/** The broker's side of a login with IAM: whose credentials signed it. */
import { timingSafeEqual } from 'node:crypto';
import { iamPayload, iamToken } from '../../kafka/login/iam.js';
import type { Identities } from '../identities.js';
import type { Principal } from './authorizer.js';

/** The members of a signed request that decide, in lower case. */
type Signed = Readonly<Record<string, string>>;

/** Null where the credentials are unknown, the signature is another one, or the message is no login. */
export async function iamPrincipal(
  mechanism: string,
  message: Buffer,
  host: string,
  identities: Pick<Identities, 'find'>,
): Promise<Principal | null> {
  try {
    const signed = mechanism === 'OAUTHBEARER' ? ofToken(message) : ofPayload(message);
    const [accessKeyId = '', , region = ''] = (signed['x-amz-credential'] ?? '').split('/');
    const found = identities.find(accessKeyId);
    if (found === undefined) return null;
    const signing = {
      region,
      accessKeyId,
      secretAccessKey: found.secretAccessKey,
      sessionToken: signed['x-amz-security-token'] ?? null,
      at: instantOf(signed['x-amz-date'] ?? ''),
    };
    const expected =
      mechanism === 'OAUTHBEARER'
        ? ofAddress(Buffer.from(await iamToken(signing), 'base64url').toString())
        : ofPayload(await iamPayload(host, signing));
    if (!isEqual(expected['x-amz-signature'] ?? '', signed['x-amz-signature'] ?? '')) return null;
    return found.roleArn === null ? { kind: 'you' } : { kind: 'role', arn: found.roleArn };
  } catch {
    // A client may send anything.
    return null;
  }
}

const isEqual = (a: string, b: string): boolean =>
  a !== '' && a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const ofPayload = (message: Buffer): Signed => JSON.parse(message.toString('utf8')) as Signed;

/** `n,,\u0001auth=Bearer TOKEN\u0001\u0001` (RFC 7628, 3.1). */
function ofToken(message: Buffer): Signed {
  const field = message
    .toString('utf8')
    .split('\u0001')
    .find((part) => part.startsWith('auth=Bearer '));
  return ofAddress(Buffer.from((field ?? '').slice('auth=Bearer '.length), 'base64url').toString());
}

const ofAddress = (address: string): Signed =>
  Object.fromEntries([...new URL(address).searchParams].map(([name, value]) => [name.toLowerCase(), value]));

/** `20261124T100000Z`. */
function instantOf(text: string): Date {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)];
  return new Date(`${year}-${month}-${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}Z`);
}
