import { createClients, type Answerer, type ClientOptions, type Clients } from '../../../src/account/clients.js';
import { readAccount, type ReadRequest } from '../../../src/account/scopes/account.js';
import { capturedAt, region } from '../../../src/sandbox/healthy.js';

type Call = Parameters<Answerer>[0];

/** Clients without the SDK between, which takes longer than reading and judging an account. */
export const plainClients = (answerer: Answerer, at: string = region): Clients => ({
  region: async () => at,
  send: (service, operation, input) => answerer({ service, operation, input }),
});

/** Reads through an answerer, as the commands do; through the SDK where options are given for it. */
export const readThrough = (answerer: Answerer, request: Partial<ReadRequest> = {}, options?: ClientOptions) =>
  readAccount({
    clients: options === undefined ? plainClients(answerer) : createClients({ region, answerer, ...options }),
    targets: [],
    tool: { name: 'msk-lambda', version: 'test' },
    now: new Date(capturedAt),
    secretValues: true,
    ...request,
  });

/** Passes calls on and keeps them. */
export function recording(answerer: Answerer): { answerer: Answerer; calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    answerer: (call) => {
      calls.push(call);
      return answerer(call);
    },
  };
}

/** Holds calls back until no more come, then answers all of them together: each wave is a round one after another. */
export function inWaves(answerer: Answerer): { answerer: Answerer; waves: string[][] } {
  const waves: string[][] = [];
  let waiting: { name: string; go: () => void }[] = [];
  let calls = 0;
  /** Reading goes on by promises alone: what has not come after some turns of the event loop waits for an answer. */
  const releaseAfter = async (call: number): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await new Promise((done) => setImmediate(done));
    if (call !== calls) return;
    const released = waiting;
    waiting = [];
    waves.push(released.map(({ name }) => name));
    for (const { go } of released) go();
  };
  return {
    waves,
    answerer: async (call) => {
      void releaseAfter(++calls);
      await new Promise<void>((go) => waiting.push({ name: `${call.service} ${call.operation}`, go }));
      return answerer(call);
    },
  };
}
