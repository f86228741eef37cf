/**
 * Logins with IAM: a request to `kafka-cluster:Connect` that is signed for 15 minutes, as a token for OAUTHBEARER (AWS:
 * MSK, IAM access control; aws-msk-iam-sasl-signer) or as JSON for AWS_MSK_IAM (AWS: aws-msk-iam-auth, README).
 */
import { signerOf, type SigningKeys } from './signer.js';

export interface IamSigning extends SigningKeys {
  region: string;
  /** The time of the signature; now where it is not given. */
  at?: Date;
}

const service = 'kafka-cluster';
const action = 'kafka-cluster:Connect';
/** Seconds; MSK refuses more. */
const expiry = 900;
const userAgent = 'msk-lambda';

/** The query parameters of the signed request. */
async function signedQuery(host: string, { region, at, ...keys }: IamSigning): Promise<[string, string][]> {
  const signer = signerOf(service, region, keys);
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
