/** A sandbox account to make mappings in, by a clock that needs no time. */
import { createClients, type Answerer, type Clients } from '../../../src/account/clients.js';
import type { Clock, WaitPolicy } from '../../../src/mapping/clock.js';
import { capturedAt, region } from '../../../src/sandbox/healthy.js';
import { openAccount, type Sandbox } from '../../../src/sandbox/index.js';

type Call = Parameters<Answerer>[0];
export type Fault = (call: Call, answer: () => Promise<object>) => Promise<object>;

export interface Life {
  sandbox: Sandbox;
  clients: Clients;
  /** Names of the operations asked, in order. */
  calls: string[];
  clock: Clock;
  policy: WaitPolicy;
  /** What was said to the user. */
  notes: string[];
  /** Seconds that have passed. */
  passed(): number;
  count(operation: string): number;
}

/** `fault` stands between the tool and the account; `limit`: seconds for waiting. */
export function liveIn(
  name: string,
  { fault = (_, answer) => answer(), limit = 600 }: { fault?: Fault; limit?: number } = {},
): Life {
  const start = Date.parse(capturedAt);
  let now = start;
  const sandbox = openAccount(name, () => new Date(now))!;
  const calls: string[] = [];
  const notes: string[] = [];
  const answerer: Answerer = async (call) => {
    calls.push(call.operation);
    return fault(call, () => sandbox.answer(call));
  };
  const clock: Clock = {
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
  return {
    sandbox,
    calls,
    notes,
    clock,
    clients: createClients({ region, answerer }),
    policy: {
      clock,
      say: () => {},
      note: (text) => void notes.push(text),
      limit: limit * 1000,
      signal: new AbortController().signal,
    },
    passed: () => (now - start) / 1000,
    count: (operation) => calls.filter((call) => call === operation).length,
  };
}

/** An error as the SDK throws it. */
export const awsRefuses = (name: string, message: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

/** The answer that never came, as Node tells it. */
export const cutOff = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
