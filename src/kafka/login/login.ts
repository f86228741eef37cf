/** The SASL login of a connection: one attempt, and never a second one after a refusal. */
import { saslAuthenticate, saslHandshake } from '../messages/session.js';
import type { Connection } from '../connection.js';
import { kafkaError, malformed, WireError, wireErrorOf } from '../wire-error.js';
import { bearerMessage, iamPayload, iamToken, type IamSigning } from './iam.js';
import { ScramClient, type ScramMechanism } from './scram.js';

/** How to log in by SASL. Holds secret values: it is never part of a result or an error. */
export type SaslLogin =
  | { mechanism: ScramMechanism; username: string; password: string }
  | ({ mechanism: 'OAUTHBEARER' | 'AWS_MSK_IAM' } & IamSigning);

/** A login that did not succeed. */
export class LoginFailed extends WireError {
  override name = 'LoginFailed';
  constructor(
    error: WireError,
    /** Whether the broker received credentials: a refusal must then not be tried again, on any broker. */
    readonly attempted: boolean,
    /** The mechanisms that the broker offers, where it does not offer the requested one. */
    readonly offered: string[] | null,
  ) {
    super(error.label, error.message, { code: error.code, cause: error.cause });
  }
}

/** Logs in on a broker with the name `host`; throws `LoginFailed`, or the signal's reason. */
export async function login(connection: Connection, sasl: SaslLogin, host: string, signal: AbortSignal): Promise<void> {
  const progress: { attempted: boolean; offered: string[] | null } = { attempted: false, offered: null };
  try {
    const { errorCode, mechanisms } = await connection.request(
      saslHandshake,
      { mechanism: sasl.mechanism },
      { signal },
    );
    if (errorCode === 33) progress.offered = mechanisms;
    if (errorCode !== 0) throw kafkaError(errorCode, handshakeRefusal(errorCode, sasl.mechanism, mechanisms));
    const authenticate = async (message: Buffer): Promise<Buffer> => {
      progress.attempted = true;
      const answer = await connection.request(saslAuthenticate, { authBytes: message }, { signal });
      if (answer.errorCode !== 0) throw kafkaError(answer.errorCode, refusal(answer.errorMessage));
      return answer.authBytes;
    };
    await exchange(sasl, host, authenticate);
  } catch (error) {
    if (signal.aborted && !(error instanceof WireError)) throw error;
    throw new LoginFailed(wireErrorOf(error), progress.attempted, progress.offered);
  }
}

async function exchange(
  sasl: SaslLogin,
  host: string,
  authenticate: (message: Buffer) => Promise<Buffer>,
): Promise<void> {
  switch (sasl.mechanism) {
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512': {
      const client = new ScramClient(sasl.mechanism, sasl.username, sasl.password);
      const final = await client.final(await authenticate(client.first()));
      return client.verify(await authenticate(final));
    }
    case 'OAUTHBEARER': {
      const answer = await authenticate(bearerMessage(await iamToken(sasl)));
      if (answer.length === 0) return;
      // A refusal comes as JSON, and the broker ends the login after the reply to it (RFC 7628, 3.2.2 and 3.2.3).
      await authenticate(Buffer.from('\u0001'));
      throw kafkaError(58, 'the broker refuses the token');
    }
    case 'AWS_MSK_IAM': {
      const answer = await authenticate(await iamPayload(host, sasl));
      if (answer.length === 0) throw malformed('the broker accepts the login and names no request id');
      return;
    }
  }
}

function handshakeRefusal(code: number, mechanism: string, offered: readonly string[]): string {
  if (code !== 33) return 'the broker refuses the login before it began';
  const list = offered.length === 0 ? 'none' : offered.join(', ');
  return `the broker does not offer ${mechanism}; it offers ${list}`;
}

/** The broker's words are foreign text: one line, cut to a length, and no period. */
function refusal(message: string | null): string {
  const [line = ''] = (message ?? '').split('\n');
  const text = line.slice(0, 200).trim();
  if (text === '') return 'the broker refuses the login';
  return `the broker refuses the login: ${text.endsWith('.') ? text.slice(0, -1) : text}`;
}
