/** A conversation with a broker on an open socket: requests go out, and answers return by their correlation number. */
import type { Socket } from 'node:net';
import { clientId, decodeResponse, encodeRequest, negotiate, type Api, type VersionRange } from './api.js';
import { foreignProtocol, notKafka } from './foreign-protocol.js';
import { apiVersions } from './messages/session.js';
import { AnswerTooLong, kafkaError, malformed, WireError, wireErrorOf } from './wire-error.js';

/** The longest answer that is read, in bytes, unless a request allows more. */
const longestAnswer = 16 * 1024 * 1024;

interface Pending {
  resolve: (body: Buffer) => void;
  reject: (error: WireError) => void;
  longest: number;
}

export interface RequestOptions {
  signal: AbortSignal;
  /** The longest answer to read, in bytes. */
  longest?: number;
}

export class Connection {
  private readonly pending = new Map<number, Pending>();
  private correlation = 0;
  private chunks: Buffer[] = [];
  private received = 0;
  private answered = false;
  private failure: WireError | null = null;
  private versions = new Map<number, VersionRange>();
  /** The longest throttle time of an answer, in milliseconds. */
  throttledMs = 0;

  /** Takes over the socket; `close` destroys it. */
  constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.fail(wireErrorOf(error)));
    socket.on('end', () => this.fail(closed()));
    socket.on('close', () => this.fail(closed()));
  }

  /** Reads which versions the broker has; the first request of every conversation. */
  async readVersions(signal: AbortSignal): Promise<void> {
    // Version 0 is the one that every broker answers (KIP-511).
    const { errorCode, apiKeys } = await this.send(apiVersions, 0, {} as never, { signal });
    if (errorCode !== 0) throw kafkaError(errorCode, 'the broker refuses to list its versions');
    for (const { apiKey, minVersion, maxVersion } of apiKeys)
      this.versions.set(apiKey, { least: minVersion, most: maxVersion });
  }

  /** The version in which a request is sent to this broker; null where both sides have none in common. */
  versionOf(api: Api): number | null {
    return negotiate(api, this.versions.get(api.key));
  }

  /**
   * Sends a request in the negotiated version. Rejects with a `WireError`; after an aborted signal the conversation is
   * out of step and has to be closed.
   */
  async request<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    options: RequestOptions,
  ): Promise<Response> {
    const version = this.versionOf(api);
    if (version === null)
      throw kafkaError(35, `the broker and this version of msk-lambda have no version of ${api.name} in common`);
    return this.send(api, version, request, options);
  }

  private async send<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    request: Request,
    { signal, longest = longestAnswer }: RequestOptions,
  ): Promise<Response> {
    signal.throwIfAborted();
    if (this.failure !== null) throw this.failure;
    const correlation = ++this.correlation;
    const frame = encodeRequest(api, { version, correlation, client: clientId }, request);
    const body = await new Promise<Buffer>((resolve, reject) => {
      const abort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      const settled = (): void => signal.removeEventListener('abort', abort);
      this.pending.set(correlation, {
        longest,
        resolve: (bytes) => (settled(), resolve(bytes)),
        reject: (error) => (settled(), reject(error)),
      });
      const length = Buffer.alloc(4);
      length.writeInt32BE(frame.length);
      this.socket.write(Buffer.concat([length, frame]));
      this.deliver();
    });
    const response = decodeResponse(api, version, body);
    const { throttleTimeMs } = response as { throttleTimeMs?: number };
    if (throttleTimeMs !== undefined) this.throttledMs = Math.max(this.throttledMs, throttleTimeMs);
    return response;
  }

  close(): void {
    this.fail(closed());
    this.socket.destroy();
  }

  private fail(error: WireError): void {
    this.failure ??= error;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    this.chunks = [];
    this.received = 0;
    for (const { reject } of waiting) reject(this.failure);
  }

  private receive(chunk: Buffer): void {
    if (this.failure !== null) return;
    this.chunks.push(chunk);
    this.received += chunk.length;
    this.deliver();
  }

  /** Hands out every complete answer; keeps the rest in the pieces in which it arrived. */
  private deliver(): void {
    while (this.failure === null && this.received >= 4) {
      const head = this.peek(4);
      const foreign = this.answered ? null : foreignProtocol(head);
      if (foreign !== null) return this.refuse(notKafka(foreign));
      if (this.pending.size === 0) return this.boundUnasked();
      const length = head.readInt32BE();
      const longest = Math.max(...[...this.pending.values()].map((each) => each.longest));
      if (length < 4) return this.refuse(malformed(`the broker announces an answer of ${length} bytes`));
      if (length > longest) return this.refuse(new AnswerTooLong(length, longest));
      if (this.received < 4 + length) return;
      this.answered = true;
      this.hand(this.takeBytes(4 + length).subarray(4));
    }
  }

  private hand(frame: Buffer): void {
    const correlation = frame.readInt32BE();
    const waiting = this.pending.get(correlation);
    if (waiting === undefined) return this.refuse(malformed('the broker answers a request that was not sent'));
    this.pending.delete(correlation);
    waiting.resolve(frame.subarray(4));
  }

  /** A peer that sends without being asked must not fill the memory. */
  private boundUnasked(): void {
    if (this.received > longestAnswer) this.refuse(malformed('the broker sends data that was not asked for'));
  }

  private refuse(error: WireError): void {
    this.fail(error);
    this.socket.destroy();
  }

  private peek(length: number): Buffer {
    if (this.chunks[0]!.length < length) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!.subarray(0, length);
  }

  private takeBytes(length: number): Buffer {
    const whole = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = whole.length === length ? [] : [whole.subarray(length)];
    this.received -= length;
    return whole.subarray(0, length);
  }
}

const closed = (): WireError => new WireError('CLOSED', 'the broker closed the connection without an answer');
