/**
 * Logins with IAM: a request to `kafka-cluster:Connect` that is signed for 15 minutes, as a token for OAUTHBEARER (AWS:
 * MSK, IAM access control; aws-msk-iam-sasl-signer) or as JSON for AWS_MSK_IAM (AWS: aws-msk-iam-auth, README).
 */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface IamSigning {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | null;
  /** The time of the signature; now where it is not given. */
  at?: Date;
}

const service = 'kafka-cluster';
const action = 'kafka-cluster:Connect';
/** Seconds; MSK refuses more. */
const expiry = 900;
const userAgent = 'msk-lambda';

/** SHA-256 in the form that the signer asks for. */
class Sha256 {
  private readonly hash: { update(data: Uint8Array): unknown; digest(): Buffer };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {}
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array =>
  typeof data === 'string'
    ? Buffer.from(data, 'utf8')
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

/** The query parameters of the signed request. */
async function signedQuery(host: string, { region, at, ...keys }: IamSigning): Promise<[string, string][]> {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const signer = new SignatureV4({
    service,
    region,
    sha256: Sha256,
    applyChecksum: false,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) },
  });
  const { query = {} } = await signer.presign(
    { method: 'GET', protocol: 'https:', hostname: host, path: '/', query: { Action: action }, headers: { host } },
    { expiresIn: expiry, ...(at === undefined ? {} : { signingDate: at }) },
  );
  return Object.entries(query).map(([name, value]) => [name, String(value)]);
}

/** RFC 3986: as the signature counts it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The bearer token: the signed address in base64url. */
export async function iamToken(signing: IamSigning): Promise<string> {
  const host = `kafka.${signing.region}.amazonaws.com`;
  const query = (await signedQuery(host, signing)).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  // The user agent is not signed.
  const address = `https://${host}/?${[...query, `User-Agent=${userAgent}`].join('&')}`;
  return Buffer.from(address).toString('base64url');
}

/** The first message of OAUTHBEARER with a token (RFC 7628, 3.1). */
export const bearerMessage = (token: string): Buffer => Buffer.from(`n,,\u0001auth=Bearer ${token}\u0001\u0001`);

/** The one message of AWS_MSK_IAM; `host` is the broker's name, without the port. */
export async function iamPayload(host: string, signing: IamSigning): Promise<Buffer> {
  const query = await signedQuery(host, signing);
  return Buffer.from(
    JSON.stringify({
      version: '2020_10_22',
      host,
      'user-agent': userAgent,
      ...Object.fromEntries(query.map(([name, value]) => [name.toLowerCase(), value])),
    }),
  );
}
