/** One listener of a broker on loopback: frames in, answers out. Whatever a client sends, it can only lose its connection. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { decodeRequestBody, decodeRequestHeader, encodeResponse, type Api } from '../../kafka/api.js';
import { errorCode } from '../../kafka/error-codes.js';
import { apis } from '../../kafka/messages/index.js';
import type { ApiName } from './answer-types.js';
import { certificateServer, type CertificateRules } from './client-certificate.js';
import { groupAnswers } from './group-answers.js';
import type { Session } from './session.js';
import { offeredVersions, sessionAnswers } from './session-answers.js';
import { topicAnswers } from './topic-answers.js';

const answers = { ...sessionAnswers, ...topicAnswers, ...groupAnswers };
/** Requests that a listener with SASL accepts before the login. */
const beforeLogin: readonly ApiName[] = ['apiVersions', 'saslHandshake', 'saslAuthenticate'];
/** The longest request that is read, in bytes: those of a client that reads are short. */
const longestRequest = 1_000_000;
const shortestRequest = 10;

export class BrokerServer {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** A listener that asks for a client certificate. */
  static startWithCertificates(
    rules: CertificateRules,
    open: (socket: tls.TLSSocket) => Session,
  ): Promise<BrokerServer> {
    const server = certificateServer(rules, (socket) => {
      socket.on('error', () => {});
      converse(socket, open(socket));
    });
    return BrokerServer.listen(server);
  }

  /** `open`: makes the session of a new connection. */
  static start(options: tls.TlsOptions | null, open: () => Session): Promise<BrokerServer> {
    const server = options === null ? createServer() : tls.createServer(options);
    server.on('tlsClientError', () => {});
    server.on(options === null ? 'connection' : 'secureConnection', (socket: Socket) => {
      socket.on('error', () => {});
      converse(socket, open());
    });
    return BrokerServer.listen(server);
  }

  private static async listen(server: Server): Promise<BrokerServer> {
    const broker = new BrokerServer(server);
    server.on('connection', (socket: Socket) => broker.keep(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return broker;
  }

  /** The port on loopback. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends all connections. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.sockets.delete(socket));
  }
}

/** Answers requests in their order. */
function converse(socket: Socket, session: Session): void {
  let rest: Buffer = Buffer.alloc(0);
  let turn = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const length = rest.readInt32BE();
      if (length < shortestRequest || length > longestRequest) return void socket.destroy();
      if (rest.length < 4 + length) return;
      const frame = rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
      turn = turn.then(() => answer(socket, session, frame));
    }
  });
}

/** Kafka closes the connection of a client that does not follow the protocol. */
async function answer(socket: Socket, session: Session, frame: Buffer): Promise<void> {
  if (socket.destroyed) return;
  try {
    const response = await respond(session, frame);
    if (response === null) return void socket.destroy();
    const length = Buffer.alloc(4);
    length.writeInt32BE(response.length);
    socket.write(Buffer.concat([length, response]));
    if (session.refused) socket.end();
  } catch {
    socket.destroy();
  }
}

/** The answer without its length; null for a request that is not allowed now. Throws for one that cannot be read. */
async function respond(session: Session, frame: Buffer): Promise<Buffer | null> {
  const { header, rest } = decodeRequestHeader(frame);
  const [name, api] = Object.entries(apis).find(([, each]) => each.key === header.key) ?? [];
  if (name === undefined || api === undefined || session.refused) return null;
  const { least, most } = api.versions;
  if (header.version < least || header.version > most) {
    // Only for this request a broker answers an unknown version, in version 0 (KIP-511).
    if (name !== 'apiVersions') return null;
    const code = errorCode('UNSUPPORTED_VERSION');
    return encodeResponse(apis.apiVersions, { ...header, version: 0 }, offeredVersions(code));
  }
  if (session.principal === null && !beforeLogin.includes(name as ApiName)) return null;
  const request = decodeRequestBody(api as Api, header.version, rest);
  const handle = answers[name as ApiName] as (request: unknown, session: Session) => unknown;
  return encodeResponse(api as Api, header, await handle(request, session));
}
