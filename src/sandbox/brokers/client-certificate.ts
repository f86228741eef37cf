/** A TLS listener that asks for a client certificate, and refuses one as a broker on Java does: with an alert. */
import { constants } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';

/** Alerts of TLS (RFC 5246, 7.2) that brokers on Java send: for no certificate, and for one that they do not trust. */
const alerts = { missing: 42, untrusted: 46 } as const;

export interface CertificateRules {
  identity: Pick<TlsOptions, 'cert' | 'key'>;
  /** PEM of the authorities whose certificates are accepted. */
  authorities: string[];
  /** Whether a client without a certificate is refused. */
  required: boolean;
}

/** `accept` receives each connection whose certificate is accepted. */
export function certificateServer(rules: CertificateRules, accept: (socket: TLSSocket) => void): Server {
  const options: TlsOptions = {
    ...rules.identity,
    ca: rules.authorities,
    requestCert: true,
    rejectUnauthorized: false,
    // As MSK. In TLS 1.3 an alert is encrypted with keys that Node does not give.
    maxVersion: 'TLSv1.2',
    // A resumed session has no certificate.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
  return createServer((socket) => {
    const gate = new Gate(socket);
    const judge = createTlsServer(options, (secure) => {
      const isMissing = Object.keys(secure.getPeerCertificate()).length === 0;
      if (isMissing ? rules.required : !secure.authorized) gate.refuse(isMissing ? alerts.missing : alerts.untrusted);
      else {
        gate.open();
        accept(secure);
      }
    });
    judge.on('tlsClientError', () => {});
    judge.emit('connection', gate);
  });
}

/**
 * Holds back the last flight of the handshake until the certificate is judged, so that an alert can take its place:
 * Node itself would only close the connection. The last flight is what the server writes after the client has answered
 * the first one.
 */
class Gate extends Duplex {
  private state: 'greeting' | 'greeted' | 'judging' | 'open' | 'refused' = 'greeting';
  private held: Buffer[] = [];

  constructor(private readonly socket: Socket) {
    super();
    socket.on('data', (chunk: Buffer) => {
      if (this.state === 'greeted') this.state = 'judging';
      if (this.state !== 'refused' && !this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
  }

  /** Sends what was held back. */
  open(): void {
    this.state = 'open';
    for (const chunk of this.held.splice(0)) this.socket.write(chunk);
  }

  /** Sends a fatal alert in place of what was held back, and ends the connection. */
  refuse(alert: number): void {
    this.state = 'refused';
    this.held = [];
    this.socket.end(Buffer.from([21, 3, 3, 0, 2, 2, alert]));
    this.socket.resume();
  }

  override _read(): void {
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.state === 'greeting') this.state = 'greeted';
    if (this.state === 'judging') this.held.push(chunk);
    else if (this.state !== 'refused') {
      this.socket.write(chunk, done);
      return;
    }
    done();
  }

  override _final(done: () => void): void {
    if (this.state !== 'refused') this.socket.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // The alert is still on its way.
    if (this.state !== 'refused') this.socket.destroy();
    done(error);
  }
}
