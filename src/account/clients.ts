/** The SDK's own clients, with limits of time; the one place through which every call goes. */
import pLimit from 'p-limit';
import { services, type Service } from './services/index.js';

/** Answers a call in AWS's place (the sandbox); throws errors as the SDK does, with `name` and `$metadata`. */
export type Answerer = (call: { service: Service; operation: string; input: object }) => Promise<object>;

export interface ClientOptions {
  region?: string;
  profile?: string;
  endpointUrl?: string;
  /** Milliseconds: to connect, and for one attempt of a request. */
  connectTimeout?: number;
  requestTimeout?: number;
  /** Ends every call under way and to come. */
  signal?: AbortSignal;
  answerer?: Answerer;
  /** A line for each call, without its input. */
  debug?: (line: string) => void;
}

export interface Clients {
  /** Calls an operation; throws what the SDK throws. */
  send(service: Service, operation: string, input: object): Promise<object>;
  /** The region the calls go to; throws where none is configured. */
  region(): Promise<string>;
}

interface AnyClient {
  send(command: unknown, options?: { abortSignal?: AbortSignal }): Promise<object>;
  config: { region(): Promise<string> };
  middlewareStack: { add(middleware: unknown, options: object): void };
}

/** Calls in flight together: enough for one mapping at once, little enough not to be throttled on a thousand. */
const inFlight = 24;
const attempts = 5;
const attemptsAfterTimeout = 2;

export function createClients(options: ClientOptions): Clients {
  const clients = new Map<Service, Promise<AnyClient>>();
  const limit = pLimit(inFlight);
  const clientOf = (service: Service): Promise<AnyClient> => {
    const client = clients.get(service) ?? createClient(service, options);
    clients.set(service, client);
    return client;
  };
  return {
    region: async () => (await clientOf('lambda')).config.region(),
    send: (service, operation, input) =>
      limit(async () => {
        options.signal?.throwIfAborted();
        const client = await clientOf(service);
        const { commands } = await services[service]();
        const Command = (commands as Record<string, new (input: object) => unknown>)[operation];
        if (Command === undefined) throw new Error(`${service} has no operation ${operation} that this tool calls`);
        const started = Date.now();
        try {
          const output = await client.send(new Command(input), { abortSignal: options.signal });
          options.debug?.(`${service} ${operation} ok ${Date.now() - started} ms`);
          return output;
        } catch (error) {
          options.debug?.(`${service} ${operation} ${(error as Error).name} ${Date.now() - started} ms`);
          throw error;
        }
      }),
  };
}

async function createClient(service: Service, options: ClientOptions): Promise<AnyClient> {
  const { Client } = await services[service]();
  const client = new (Client as unknown as new (config: object) => AnyClient)({
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl, ...(service === 's3' ? { forcePathStyle: true } : {}) }),
    maxAttempts: attempts,
    // Without a logger of ours the SDK would print its deprecation notes.
    logger: { debug() {}, info() {}, warn() {}, error() {}, trace() {} },
    requestHandler: {
      connectionTimeout: options.connectTimeout ?? 5000,
      requestTimeout: options.requestTimeout ?? 10_000,
      throwOnRequestTimeout: true,
    },
  });
  client.middlewareStack.add(stopAfterTimeouts, { step: 'finalizeRequest', priority: 'low', name: 'stopAfterTimeouts' });
  const { answerer } = options;
  if (answerer !== undefined)
    client.middlewareStack.add(
      (_next: unknown, context: { commandName?: string }) => async (args: { input: object }) => ({
        response: {},
        output: { $metadata: {}, ...(await answerer({ service, operation: (context.commandName ?? '').replace(/Command$/, ''), input: args.input })) },
      }),
      { step: 'initialize', priority: 'high', name: 'answerInAwsPlace' },
    );
  return client;
}

/** Inside the SDK's retry loop: throttling may be ridden out five times, but a silent peer is asked twice only. */
const stopAfterTimeouts = (next: (args: unknown) => Promise<unknown>, context: { timeouts?: number }) => async (args: unknown) => {
  try {
    return await next(args);
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') {
      context.timeouts = (context.timeouts ?? 0) + 1;
      if (context.timeouts >= attemptsAfterTimeout) throw new RequestTimedOut((error as Error).message);
    }
    throw error;
  }
};

/** A name that the SDK's retry strategy does not take for transient. */
class RequestTimedOut extends Error {
  override name = 'RequestTimedOut';
}
