/** TLS to a broker: the handshake, and whether its certificate is trusted and made for its name. */
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import { isIP } from 'node:net';
import { WireError, wireErrorOf } from './wire-error.js';

/** The certificate that a broker showed. */
export interface ShownCertificate {
  subject: string;
  issuer: string;
  /** DNS names and addresses. */
  names: string[];
  /** ISO 8601. */
  notAfter: string;
}

export interface TlsMaterial {
  /** PEM of a further certificate authority; null: only those that Node trusts. */
  certificateAuthority: string | null;
  client: { certificate: string; privateKey: string; passphrase: string | null } | null;
}

/** The settings of all connections of a probe; throws the error of OpenSSL for a key or certificate that it refuses. */
export function secureContext({ certificateAuthority, client }: TlsMaterial): tls.SecureContext {
  return tls.createSecureContext({
    ...(certificateAuthority === null ? {} : { ca: [...tls.rootCertificates, certificateAuthority] }),
    ...(client === null
      ? {}
      : {
          cert: client.certificate,
          key: client.privateKey,
          ...(client.passphrase === null ? {} : { passphrase: client.passphrase }),
        }),
  });
}

/** The handshake is done, and the broker's certificate is not trusted, expired or for another name. */
export class ServerUntrusted extends WireError {
  override name = 'ServerUntrusted';
  constructor(
    label: string,
    message: string,
    readonly certificate: ShownCertificate,
  ) {
    super(label, message);
  }
}

/** The handshake did not end well. */
export class HandshakeFailed extends WireError {
  override name = 'HandshakeFailed';
  constructor(
    error: WireError,
    /** The keys were agreed on: the broker speaks TLS, and a client certificate had been sent before. */
    readonly keysAgreed: boolean,
  ) {
    super(error.label, error.message, { cause: error.cause });
  }
}

/**
 * Runs the handshake on an open socket. `host` is the name that the certificate has to have. Nothing is sent to a
 * broker that is not trusted.
 */
export async function openTls(
  socket: Socket,
  host: string,
  context: tls.SecureContext,
  signal: AbortSignal,
): Promise<{ socket: tls.TLSSocket; certificate: ShownCertificate | null }> {
  const secure = tls.connect({
    socket,
    secureContext: context,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // Judged below, where the certificate is at hand for the message.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  });
  try {
    await handshake(secure, signal);
    const certificate = secure.getPeerCertificate();
    const shown = shownCertificate(certificate);
    const problem = secure.authorized ? nameProblem(host, certificate) : String(secure.authorizationError);
    if (problem !== null) throw new ServerUntrusted(problem, untrusted(problem, host, shown), shown);
    return { socket: secure, certificate: shown };
  } catch (error) {
    secure.destroy();
    socket.destroy();
    throw error;
  }
}

function handshake(secure: tls.TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let keysAgreed = false;
    const abort = (): void => reject(signal.reason as Error);
    const failed = (error: WireError): void => reject(new HandshakeFailed(error, keysAgreed));
    signal.addEventListener('abort', abort, { once: true });
    // The event is all that is needed; the key material in it is not looked at.
    secure.once('keylog', () => (keysAgreed = true));
    // Stays for good: an error after the abort must not end the program.
    secure.on('error', (error) => failed(wireErrorOf(error)));
    secure.once('close', () =>
      failed(new WireError('CLOSED', 'the broker closed the connection during the TLS handshake')),
    );
    secure.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}

function nameProblem(host: string, certificate: tls.PeerCertificate): string | null {
  const error = tls.checkServerIdentity(host, certificate) as NodeJS.ErrnoException | undefined;
  return error === undefined ? null : (error.code ?? 'ERR_TLS_CERT_ALTNAME_INVALID');
}

const oneLine = (name: object | undefined): string =>
  Object.entries(name ?? {})
    .map(([type, value]) => `${type}=${Array.isArray(value) ? value.join('+') : String(value)}`)
    .toReversed()
    .join(',');

function shownCertificate(certificate: tls.PeerCertificate): ShownCertificate {
  const until = new Date(certificate.valid_to);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectaltname ?? '')
      .split(', ')
      .filter((name) => name !== '')
      .map((name) => name.replace(/^(?:DNS|IP Address):/, '')),
    notAfter: Number.isNaN(until.getTime()) ? '' : until.toISOString(),
  };
}

function untrusted(problem: string, host: string, { names, issuer, notAfter }: ShownCertificate): string {
  switch (problem) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate is for ${names.length === 0 ? 'no name' : names.join(', ')}, not for ${host}`;
    case 'CERT_HAS_EXPIRED':
      return `the certificate of the broker, or of its issuer, has expired; the certificate of the broker is valid until ${notAfter}`;
    case 'CERT_NOT_YET_VALID':
      return 'the certificate of the broker, or of its issuer, is not valid yet';
    default:
      return `the certificate of the broker is not trusted here; its issuer is ${issuer === '' ? 'not named' : issuer}`;
  }
}
