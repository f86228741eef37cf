/** Reads a secret with the function's own credentials: one signed HTTPS request, so that the function needs no SDK. */
import { request } from 'node:https';
import { signerOf, type SigningKeys } from '../../kafka/login/signer.js';
import type { SecretFailure, ServiceAddress } from './remote-event.js';

/** Bytes; Secrets Manager stores at most 64 KB, which JSON and Base64 make longer. */
const longestAnswer = 1_000_000;

interface SecretRequest {
  id: string;
  region: string;
  address: ServiceAddress;
  /** Milliseconds for the request. */
  limit: number;
}

/** The text of the secret, or why there is none. Never rejects. */
export async function readSecret(
  { id, region, address, limit }: SecretRequest,
  keys: SigningKeys,
): Promise<{ text: string } | { failure: SecretFailure }> {
  const { host, port } = address;
  try {
    const body = JSON.stringify({ SecretId: id });
    const { headers } = await signerOf('secretsmanager', region, keys).sign({
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path: '/',
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body,
    });
    const answer = await post({ host, port, headers, body, limit });
    return textOf(answer);
  } catch (error) {
    const { code = 'ERROR', message } = error as { code?: string; message: string };
    return { failure: { name: code, because: message, answered: false } };
  }
}

interface Answer {
  status: number;
  body: string;
}

function post({
  host,
  port,
  headers,
  body,
  limit,
}: {
  host: string;
  port: number;
  headers: Record<string, string>;
  body: string;
  limit: number;
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host, port, method: 'POST', path: '/', headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > longestAnswer) call.destroy(new Error('the answer is too long'));
        else parts.push(part);
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('error', reject);
    });
    const timer = setTimeout(
      () => call.destroy(Object.assign(new Error(`no answer within ${limit / 1000} s`), { code: 'TIMEOUT' })),
      limit,
    );
    call.on('close', () => clearTimeout(timer));
    call.on('error', reject);
    call.end(body);
  });
}

/** The error of AWS holds no value of the secret. An answer in another form is not repeated. */
function textOf({ status, body }: Answer): { text: string } | { failure: SecretFailure } {
  let members: Record<string, unknown> = {};
  try {
    members = JSON.parse(body) as Record<string, unknown>;
  } catch {
    // Not an answer of AWS: below.
  }
  if (status === 200) {
    const { SecretString: text, SecretBinary: binary } = members;
    if (typeof text === 'string') return { text };
    if (typeof binary === 'string') return { text: Buffer.from(binary, 'base64').toString('utf8') };
    return { failure: { name: 'MALFORMED', because: 'the answer has no secret', answered: true } };
  }
  const type = typeof members['__type'] === 'string' ? members['__type'] : '';
  const message = [members['Message'], members['message']].find((text) => typeof text === 'string');
  return {
    failure: {
      name: type.split('#').at(-1) || `HTTP ${status}`,
      because: typeof message === 'string' ? message.replace(/\.$/, '') : `HTTP status ${status}`,
      answered: true,
    },
  };
}
