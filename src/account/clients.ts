/** The SDK's clients with timeouts. Every call of the tool goes through this module. */
import { RegionUnusable } from '../errors.js';
import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import { isOk, type Read } from '../snapshot/read.js';
import { tellOfCredentials, type AwsCredentials } from './credentials.js';
import { errorName } from './failure.js';
import { namesProxy } from './proxy-settings.js';
import { services, type Service } from './services/index.js';
import { WaitingWork } from './waiting-work.js';
import { refuseForeignAnswers } from './xml-answer.js';

/** Answers a call instead of AWS (the sandbox). Throws errors in the SDK's form, with `name` and `$metadata`. */
export type Answerer = (call: { service: Service; operation: string; input: object }) => Promise<object>;

export interface ClientOptions {
  region?: string;
  profile?: string;
  endpointUrl?: string;
  /** Certificate authorities (PEM) to trust for AWS's endpoints, instead of Node's own list. */
  authorities?: string;
  /** Milliseconds: for the connection, and for one attempt of a request. */
  connectTimeout?: number;
  requestTimeout?: number;
  /** Aborts all running and later calls. */
  signal?: AbortSignal;
  answerer?: Answerer;
  /** Receives a line for each call, without its input. */
  debug?: (line: string) => void;
}

export interface Clients {
  /**
   * Calls an operation; throws what the SDK throws. `once`: without the SDK's retries, for calls that must not be
   * made twice.
   */
  send(service: Service, operation: string, input: object, how?: { once?: boolean }): Promise<object>;
  /** The profile that the user named. */
  profile?: string | undefined;
  /** The region of the calls. Throws `RegionUnusable` where none is configured. */
  region(): Promise<string>;
  /** Results of shared reads by name, where answers are remembered (see `readOnce`). */
  remembered?: Map<string, Promise<Read<unknown>>> | undefined;
  /** The credentials of the calls, from the SDK's default chain, to sign something else with. Throws what the SDK throws. */
  credentials?(): Promise<AwsCredentials>;
  /** Loads the clients of these services before they are needed. */
  prepare?(services: readonly Service[]): Promise<unknown>;
  /** Does these works, each while a request waits for its answer. */
  whileWaiting?(...works: (() => Promise<unknown>)[]): void;
}

interface AnyClient {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<object>;
  config: {
    region(): Promise<string>;
    credentials(how?: object): Promise<object>;
    streamCollector(stream: object): Promise<Uint8Array>;
  };
  middlewareStack: { add(middleware: unknown, options: object): void };
}

/** Parallel calls: enough to read one mapping at once, few enough not to be throttled with a thousand. */
const inFlight = 24;
const attempts = 5;
const attemptsAfterTimeout = 2;

export function createClients(options: ClientOptions): Clients {
  // On an older Node the SDK would print a warning on stderr for every user; `engines` in package.json says what is
  // supported.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // The SDK takes an empty variable as the region, and then ignores the profile's.
  if (process.env['AWS_REGION'] === '') delete process.env['AWS_REGION'];
  // The SDK reads credentials and region from the profile option, but endpoint URLs only from the profile in the
  // environment.
  if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
  // Every running call listens to the same signal. Node would report that as a memory leak on stderr.
  if (options.signal !== undefined) setMaxListeners(0, options.signal);
  const clients = new Map<string, Promise<AnyClient>>();
  const limit = pLimit(inFlight);
  const waiting = new WaitingWork();
  const clientOf = (service: Service, once = false): Promise<AnyClient> => {
    const key = `${service}${once ? ' once' : ''}`;
    const client = clients.get(key) ?? createClient(service, options, once ? 1 : attempts, () => waiting.onSend());
    clients.set(key, client);
    return client;
  };
  return {
    profile: options.profile,
    whileWaiting: (...works) => waiting.add(...works),
    prepare: (ahead) => Promise.all(ahead.map((service) => clientOf(service))),
    region: async () => {
      try {
        return await (await clientOf('lambda')).config.region();
      } catch (error) {
        const { message } = error as Error;
        throw new RegionUnusable(
          /is missing|region=""/i.test(message)
            ? 'No AWS region is configured.'
            : `The AWS region cannot be used: ${message}`,
          { cause: error },
        );
      }
    },
    credentials: async () => (await (await clientOf('sts')).config.credentials()) as AwsCredentials,
    send: (service, operation, input, { once = false } = {}) =>
      limit(async () => {
        options.signal?.throwIfAborted();
        const client = await clientOf(service, once);
        const { commands } = await services[service]();
        const Command = (commands as Record<string, new (input: object) => unknown>)[operation];
        if (Command === undefined) throw new Error(`${service} has no operation ${operation} that this tool calls`);
        const started = Date.now();
        try {
          const output = await stopWith(
            options.signal,
            client.send(new Command(input), { abortSignal: options.signal }),
          );
          options.debug?.(`${service} ${operation} ok ${Date.now() - started} ms`);
          return output;
        } catch (error) {
          options.debug?.(`${service} ${operation} ${errorName(error)} ${Date.now() - started} ms`);
          throw error;
        }
      }),
  };
}

/**
 * The same clients with one more signal on every call: a command that waits for long may still limit the time of its
 * reads.
 */
export function limitClients(clients: Clients, signal: AbortSignal): Clients {
  setMaxListeners(0, signal);
  return {
    region: () => clients.region(),
    remembered: clients.remembered,
    send: async (service, operation, input, how) => {
      signal.throwIfAborted();
      return stopWith(signal, clients.send(service, operation, input, how));
    },
  };
}

/**
 * The same clients, but each question is asked once: for plans whose mappings share clusters and functions. The
 * content of a secret is not kept.
 */
export function rememberAnswers(clients: Clients): Clients {
  const answers = new Map<string, Promise<object>>();
  return {
    region: () => clients.region(),
    remembered: new Map(),
    send: (service, operation, input, how) => {
      if (operation === 'GetSecretValue') return clients.send(service, operation, input, how);
      const key = JSON.stringify([service, operation, input]);
      const earlier = answers.get(key);
      if (earlier !== undefined) return earlier;
      const answer = clients.send(service, operation, input, how);
      answers.set(key, answer);
      // A failure is not kept: the next attempt may succeed.
      answer.catch(() => answers.delete(key));
      return answer;
    },
  };
}

/** Runs `work` once for each name where answers are remembered. A failed read is not kept. */
export function readOnce<T>(clients: Clients, name: string, work: () => Promise<Read<T>>): Promise<Read<T>> {
  const { remembered } = clients;
  const earlier = remembered?.get(name) as Promise<Read<T>> | undefined;
  if (earlier !== undefined) return earlier;
  const read = work();
  remembered?.set(name, read);
  const forget = (): void => void remembered?.delete(name);
  read.then((outcome) => {
    if (!isOk(outcome)) forget();
  }, forget);
  return read;
}

/**
 * Path-style bucket addresses work with every endpoint, and a bucket in another region is followed there. For SQS,
 * the queue URL is built by us and must not be used as the endpoint.
 */
const ownSettings: Partial<Record<Service, object>> = {
  s3: { forcePathStyle: true, followRegionRedirects: true },
  sqs: { useQueueUrlAsEndpoint: false },
};

/** The SDK's pauses between two attempts ignore the signal; this does not. */
async function stopWith<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    // Already aborted: the event does not come again.
    if (signal.aborted) stop();
  });
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}

/** Agents of ours where a proxy is set or certificates are given; the SDK has its own for all else. */
async function agentsFor({ authorities, connectTimeout = 5000 }: ClientOptions): Promise<object> {
  if (namesProxy(process.env)) {
    const { proxyAgents } = await import('./proxy.js');
    return proxyAgents({ authorities, timeout: connectTimeout, env: process.env });
  }
  return authorities === undefined ? {} : { httpsAgent: { ca: authorities } };
}

/** `onSend`: called when a request is handed to the connection. */
async function createClient(
  service: Service,
  options: ClientOptions,
  maxAttempts: number,
  onSend: () => Promise<void>,
): Promise<AnyClient> {
  const { Client } = await services[service]();
  const agents = await agentsFor(options);
  const client = new (Client as unknown as new (config: object) => AnyClient)({
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    ...ownSettings[service],
    maxAttempts,
    // Without a logger the SDK prints its deprecation notes.
    logger: { debug() {}, info() {}, warn() {}, error() {}, trace() {} },
    requestHandler: {
      connectionTimeout: options.connectTimeout ?? 5000,
      requestTimeout: options.requestTimeout ?? 10_000,
      // `requestTimeout` ends with the headers of the answer. This limit catches a body that stops half-way.
      socketTimeout: options.requestTimeout ?? 10_000,
      throwOnRequestTimeout: true,
      ...agents,
    },
    // The SDK asks IAM Identity Center with clients of its own, which know only this configuration.
    ...(Object.keys(agents).length === 0 ? {} : { clientConfig: { requestHandler: agents } }),
  });
  client.middlewareStack.add(
    (next: (args: unknown) => Promise<unknown>) => (args: unknown) => {
      void onSend();
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'noticeSending' },
  );
  client.middlewareStack.add(stopAfterTimeouts, {
    step: 'finalizeRequest',
    priority: 'low',
    name: 'stopAfterTimeouts',
  });
  refuseForeignAnswers(service, client);
  tellOfCredentials(client, options.profile);
  const { answerer } = options;
  if (answerer !== undefined)
    client.middlewareStack.add(
      (_next: unknown, context: { commandName?: string }) => async (args: { input: object }) => ({
        response: {},
        output: {
          $metadata: {},
          ...(await answerer({
            service,
            operation: (context.commandName ?? '').replace(/Command$/, ''),
            input: args.input,
          })),
        },
      }),
      { step: 'initialize', priority: 'high', name: 'answerInAwsPlace' },
    );
  return client;
}

/**
 * Runs inside the SDK's retry loop: a throttled call may be retried five times, but a silent or unreachable endpoint
 * only once.
 */
const stopAfterTimeouts =
  (next: (args: unknown) => Promise<unknown>, context: { fruitless?: number }) => async (args: unknown) => {
    try {
      return await next(args);
    } catch (error) {
      const { name, code, message } = error as { name?: string; code?: string; message: string };
      // The SDK also names a broken connection TimeoutError, but leaves Node's `code` on it.
      const silent = name === 'TimeoutError' && code !== 'ECONNRESET' && code !== 'EPIPE';
      if (silent || /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/.test(code ?? '')) {
        context.fruitless = (context.fruitless ?? 0) + 1;
        if (context.fruitless >= attemptsAfterTimeout)
          throw new Unreachable(silent ? 'RequestTimedOut' : code!, message);
      }
      throw error;
    }
  };

/** Has neither a name nor a `code` that the SDK's retry strategy takes for transient. */
class Unreachable extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
