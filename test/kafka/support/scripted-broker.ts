/** A broker in this process that answers as a test says, over a real socket and our own codecs. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { decodeRequestBody, decodeRequestHeader, encodeResponse, type Api } from '../../../src/kafka/api.js';
import { apiOf, apis } from '../../../src/kafka/messages/index.js';

export interface Asked<Request = unknown> {
  request: Request;
  version: number;
  /** The connection, for state and for raw bytes. */
  socket: Socket;
  broker: ScriptedBroker;
}

export type ResponseOfApi<K extends keyof typeof apis> = ResponseOf<(typeof apis)[K]>;
type RequestOf<A> = A extends Api<infer Request> ? Request : never;
type ResponseOf<A> = A extends Api<unknown, infer Response> ? Response : never;
export type Answers = {
  [K in keyof typeof apis]?: (
    asked: Asked<RequestOf<(typeof apis)[K]>>,
  ) => ResponseOf<(typeof apis)[K]> | 'silence' | Promise<ResponseOf<(typeof apis)[K]> | 'silence'>;
};

export interface BrokerOptions {
  answers: Answers;
  tls?: tls.TlsOptions;
  /** Called with each new connection; true: the test speaks on it itself. */
  onSocket?: (socket: Socket) => boolean;
  /** Changes the bytes of each answer. */
  mutate?: (frame: Buffer, api: Api, version: number) => Buffer;
}

export class ScriptedBroker {
  /** Names of the requests, in their order. */
  readonly asked: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private options: BrokerOptions,
  ) {}

  static async start(options: BrokerOptions): Promise<ScriptedBroker> {
    const server = options.tls === undefined ? createServer() : tls.createServer(options.tls);
    const broker = new ScriptedBroker(server, options);
    server.on('connection', (socket: Socket) => {
      broker.sockets.add(socket);
      socket.on('error', () => {});
    });
    server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => broker.accept(socket));
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return broker;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: this.port };
  }
  /** How often a request was received. */
  count(name: string): number {
    return this.asked.filter((each) => each === name).length;
  }
  answer(answers: Answers): void {
    this.options = { ...this.options, answers: { ...this.options.answers, ...answers } };
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    socket.on('error', () => {});
    if (this.options.onSocket?.(socket) === true) return;
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
        const end = 4 + rest.readInt32BE();
        const frame = rest.subarray(4, end);
        rest = rest.subarray(end);
        void this.serve(socket, frame);
      }
    });
  }

  private async serve(socket: Socket, frame: Buffer): Promise<void> {
    const { header, rest } = decodeRequestHeader(frame);
    const api = apiOf(header.key)!;
    const name = Object.entries(apis).find(([, each]) => each.key === header.key)![0];
    this.asked.push(api.name);
    const request = decodeRequestBody(api, header.version, rest);
    const handler = this.options.answers[name as keyof Answers] as ((asked: Asked) => unknown) | undefined;
    if (handler === undefined) return void socket.destroy();
    const response = await handler({ request, version: header.version, socket, broker: this });
    if (response === 'silence' || socket.destroyed) return;
    const answer = encodeResponse(api, header, response);
    const length = Buffer.alloc(4);
    length.writeInt32BE(answer.length);
    const bytes = Buffer.concat([length, answer]);
    socket.write(this.options.mutate?.(bytes, api, header.version) ?? bytes);
  }
}

/** An answer to ApiVersions with all versions that are declared, changed by name. */
export const offer =
  (changes: Record<string, { least: number; most: number } | null> = {}): NonNullable<Answers['apiVersions']> =>
  () => ({
    errorCode: 0,
    throttleTimeMs: 0,
    apiKeys: Object.entries(apis).flatMap(([name, { key, versions }]) => {
      const range = name in changes ? changes[name]! : versions;
      return range === null ? [] : [{ apiKey: key, minVersion: range.least, maxVersion: range.most }];
    }),
  });
