import { createClients, type Answerer, type ClientOptions } from '../../../src/account/clients.js';
import { readAccount, type ReadRequest } from '../../../src/account/scopes/account.js';
import { capturedAt, region } from '../../../src/sandbox/healthy.js';

type Call = Parameters<Answerer>[0];

/** Reads through an answerer, as the commands do. */
export const readThrough = (answerer: Answerer, request: Partial<ReadRequest> = {}, options: ClientOptions = {}) =>
  readAccount({
    clients: createClients({ region, answerer, ...options }),
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
  let timer: NodeJS.Timeout | undefined;
  const release = () => {
    const released = waiting;
    waiting = [];
    waves.push(released.map(({ name }) => name));
    for (const { go } of released) go();
  };
  return {
    waves,
    answerer: async (call) => {
      clearTimeout(timer);
      timer = setTimeout(release, 60);
      await new Promise<void>((go) => waiting.push({ name: `${call.service} ${call.operation}`, go }));
      return answerer(call);
    },
  };
}
