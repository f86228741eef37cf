/** The way to one broker, step by step: name, TCP, TLS, client certificate, versions, login. */
import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { refusesClientCertificate } from '../kafka/client-certificate-refusal.js';
import { Connection } from '../kafka/connection.js';
import { login, LoginFailed, type SaslLogin } from '../kafka/login/login.js';
import { HandshakeFailed, openTls, ServerUntrusted } from '../kafka/tls.js';
import { WireError, wireErrorOf } from '../kafka/wire-error.js';
import { BrokerSteps } from './broker-steps.js';
import type { CredentialFault } from './credential-fault.js';
import type { Limits } from './limits.js';
import type { LoginGate } from './login-gate.js';
import type { HostPort, ProbeInput } from './probe-input.js';
import type { ProbeResult, ProbeStep } from './probe-result.js';
import { askWithoutTls } from './without-tls.js';

/** What all brokers of a probe share. */
export interface ProbeContext {
  input: ProbeInput;
  limits: Limits;
  gate: LoginGate;
  fault: CredentialFault | null;
  /** Null for plaintext. */
  tls: SecureContext | null;
  /** Null without SASL. */
  sasl: SaslLogin | null;
  facts: ProbeResult['facts'];
}

/** The steps end here because another broker refused the login: no failure of this broker. */
export class NotTried extends Error {
  override name = 'NotTried';
}

export const addressOf = ({ host, port }: HostPort): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;

export class BrokerLink {
  readonly steps: BrokerSteps;
  private connection: Connection | null = null;
  private readiness: Promise<Connection> | null = null;

  constructor(
    readonly target: HostPort,
    private readonly context: ProbeContext,
  ) {
    this.steps = new BrokerSteps(addressOf(target));
  }

  /** The longest throttle time of an answer, in milliseconds. */
  get throttledMs(): number {
    return this.connection?.throttledMs ?? 0;
  }

  /** Connects and logs in, once; rejects with `StepFailed` or `NotTried`. */
  ready(): Promise<Connection> {
    this.readiness ??= this.connect();
    return this.readiness;
  }

  /** Runs and records one step; rejects with `StepFailed`, or with the reason of the caller's signal. */
  async step<T>(step: ProbeStep, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      const value = await this.context.limits.run(work);
      this.steps.record(step, 'ok', performance.now() - start);
      return value;
    } catch (error) {
      this.context.limits.throwIfAborted();
      throw this.steps.fail(step, error, performance.now() - start);
    }
  }

  close(): void {
    this.connection?.close();
  }

  private async connect(): Promise<Connection> {
    const { fault, tls } = this.context;
    const socket = await this.dial();
    if (fault?.step === 'client-certificate') {
      socket.destroy();
      throw this.steps.fail(fault.step, fault.error, 0);
    }
    const connection = new Connection(tls === null ? socket : await this.secure(socket, tls));
    this.connection = connection;
    await this.readVersions(connection);
    if (fault !== null) throw this.steps.fail(fault.step, fault.error, 0);
    await this.logIn(connection);
    return connection;
  }

  private async dial(): Promise<Socket> {
    const { dial } = this.context.input;
    const { host, port } = this.target;
    const addresses = dial.resolvesNames ? [host] : await this.resolve();
    if (dial.resolvesNames) this.steps.skip('dns', 'the proxy resolves the name');
    return this.step('tcp', async (signal) => {
      let failure: unknown;
      for (const address of addresses) {
        try {
          return await dial.connect(address, port, signal);
        } catch (error) {
          signal.throwIfAborted();
          failure ??= error;
        }
      }
      throw failure;
    });
  }

  private resolve(): Promise<string[]> {
    // Pollers use IPv4; another family is tried after it.
    return this.step('dns', async () => {
      // Node takes an empty name, which a broker may advertise, for one without addresses.
      const found = this.target.host === '' ? [] : await this.addressesOf(this.target.host);
      if (found.length === 0) throw new WireError('ENOTFOUND', 'the name has no address');
      return found;
    });
  }

  private async addressesOf(host: string): Promise<string[]> {
    const { dial } = this.context.input;
    if (dial.resolve !== undefined) return dial.resolve(host);
    return (await lookup(host, { all: true, verbatim: false })).map(({ address }) => address);
  }

  private async secure(socket: Socket, tls: SecureContext): Promise<Socket> {
    const { facts } = this.context;
    const start = performance.now();
    try {
      const opened = await this.context.limits.run(async (signal) => {
        try {
          return await openTls(socket, this.target.host, tls, signal);
        } catch (error) {
          signal.throwIfAborted();
          throw await this.explainHandshake(wireErrorOf(error), signal);
        }
      });
      facts.serverCertificate ??= opened.certificate;
      this.steps.record('tls', 'ok', performance.now() - start);
      return opened.socket;
    } catch (error) {
      socket.destroy();
      this.context.limits.throwIfAborted();
      if (error instanceof ServerUntrusted) facts.serverCertificate = error.certificate;
      const shown = this.context.input.auth === 'mtls' && error instanceof HandshakeFailed && error.keysAgreed;
      const refused = error instanceof WireError && refusesClientCertificate(error, shown);
      const step = refused ? 'client-certificate' : 'tls';
      throw this.steps.fail(step, this.noteForeign(this.asCertificateRefusal(step, error)), performance.now() - start);
    }
  }

  /** Of a handshake that got no TLS in answer: which protocol the port speaks instead. */
  private async explainHandshake(error: WireError, signal: AbortSignal): Promise<WireError> {
    const noTls = error.label.startsWith('ERR_SSL_') && !error.label.includes('_ALERT_');
    const ended = noTls || ['CLOSED', 'ECONNRESET'].includes(error.label);
    if (!(error instanceof HandshakeFailed) || error.keysAgreed || !ended) return error;
    return askWithoutTls(error, this.target, this.context.input.dial, signal);
  }

  private async readVersions(connection: Connection): Promise<void> {
    const { input, tls } = this.context;
    const start = performance.now();
    try {
      await this.context.limits.run((signal) => connection.readVersions(signal));
    } catch (error) {
      this.context.limits.throwIfAborted();
      const problem = wireErrorOf(error);
      const refused = tls !== null && refusesClientCertificate(problem, input.auth === 'mtls');
      const step = refused ? 'client-certificate' : 'api-versions';
      throw this.steps.fail(
        step,
        this.noteForeign(this.asCertificateRefusal(step, problem)),
        performance.now() - start,
      );
    }
    if (input.auth === 'mtls') this.steps.record('client-certificate', 'ok', 0);
    this.steps.record('api-versions', 'ok', performance.now() - start);
  }

  private asCertificateRefusal(step: ProbeStep, error: unknown): unknown {
    const problem = wireErrorOf(error);
    if (step === 'client-certificate') {
      const because =
        this.context.input.auth === 'mtls'
          ? `the broker refuses the client certificate: ${problem.message}`
          : `the broker requires a client certificate: ${problem.message}`;
      return new WireError(problem.label, because, { cause: error });
    }
    if (step === 'api-versions' && this.context.tls === null && ['CLOSED', 'ECONNRESET'].includes(problem.label))
      return new WireError(problem.label, `${problem.message}; a listener that requires TLS does so`, { cause: error });
    return error;
  }

  private noteForeign(error: unknown): unknown {
    const { foreign } = wireErrorOf(error);
    if (foreign !== null) this.context.facts.notKafka = foreign;
    return error;
  }

  private async logIn(connection: Connection): Promise<void> {
    const { sasl, gate, facts } = this.context;
    if (sasl === null) return;
    const passed = await gate.pass(async () => {
      try {
        await this.step('sasl', (signal) => login(connection, sasl, this.target.host, signal));
      } catch (error) {
        const { cause } = error as Error;
        if (cause instanceof LoginFailed && cause.offered !== null) facts.offeredMechanisms = cause.offered;
        throw error;
      }
    });
    if (passed) return;
    this.steps.skip('sasl', `not tried: ${gate.refusedBy} refused the login, and a refused login is not repeated`);
    throw new NotTried();
  }
}
