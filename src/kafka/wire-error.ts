/** Why a conversation with a broker ended: an error number of Kafka, or a name where Kafka gave none. */
import { errorName } from './error-codes.js';

/** What a port that is not a Kafka listener spoke. */
export type ForeignProtocol = 'HTTP' | 'SSH' | 'TLS' | 'other';

/** Ends a step. `message` is a sentence without a period and never holds a secret value. */
export class WireError extends Error {
  /** Kafka's error number; null where Kafka gave none. */
  readonly code: number | null;
  /** Kafka's name of the error, `TIMEOUT`, `CLOSED`, `NOT_KAFKA`, `MALFORMED`, or the code of Node or OpenSSL. */
  readonly label: string;
  /** Set with `NOT_KAFKA`. */
  readonly foreign: ForeignProtocol | null;

  constructor(
    label: string,
    message: string,
    details: { code?: number | null; foreign?: ForeignProtocol; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'WireError';
    this.label = label;
    this.code = details.code ?? null;
    this.foreign = details.foreign ?? null;
  }
}

/** The error for one of Kafka's numbers. */
export const kafkaError = (code: number, message: string): WireError =>
  new WireError(errorName(code), message, { code });

/** The bytes do not follow the protocol. */
export const malformed = (message: string): WireError => new WireError('MALFORMED', message);

/** The answer is longer than the request allows; nothing of it was kept. */
export class AnswerTooLong extends WireError {
  override name = 'AnswerTooLong';
  constructor(bytes: number, longest: number) {
    super('MALFORMED', `the broker announces an answer of ${bytes} bytes; the probe reads up to ${longest}`);
  }
}

/** The proxy itself could not be used, so nothing is known of the broker. */
export class ProxyUnusable extends WireError {
  override name = 'ProxyUnusable';
}

/** Errors of sockets, DNS and OpenSSL keep the code of Node; anything else counts as malformed. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof WireError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return new WireError('MALFORMED', 'the answer cannot be read', { cause: error });
  return new WireError(code, descriptions[code] ?? plain(message), { cause: error });
}

const descriptions: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused: nothing listens on the port',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while a request was sent',
  ETIMEDOUT: 'the network gave up after a timeout',
  EHOSTUNREACH: 'the network has no route to the host',
  ENETUNREACH: 'the network has no route to the address',
  ENOTFOUND: 'the name does not resolve here',
  EAI_AGAIN: 'the DNS resolver does not answer',
};

/** One line without a period. OpenSSL writes `hex:error:number:library:function:reason:file:line:details`. */
function plain(message: string): string {
  const [, , , , , reason] = message.split(':');
  const text = message.includes(':error:') && reason !== undefined && reason !== '' ? reason : message;
  const [line = ''] = text.split('\n');
  return line.endsWith('.') ? line.slice(0, -1) : line;
}
