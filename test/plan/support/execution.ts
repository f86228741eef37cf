/** Carries out plans in a sandbox account by a clock that needs no time, with a record of what was asked and told. */
import { createClients, type Answerer } from '../../../src/account/clients.js';
import type { AwsCall } from '../../../src/aws/call.js';
import type { Preflight } from '../../../src/mapping/preflight.js';
import type { Environment } from '../../../src/plan/execution/environment.js';
import type { ExecutionEvent } from '../../../src/plan/execution/events.js';
import type { Plan } from '../../../src/plan/plan.js';
import { capturedAt, region, uuid } from '../../../src/sandbox/healthy.js';
import { openAccount, type Sandbox } from '../../../src/sandbox/index.js';
import { isOk } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import { readThrough } from '../../account/support/read.js';

export type Fault = (call: AwsCall, carryOut: () => Promise<object>) => Promise<object>;

export interface Execution {
  sandbox: Sandbox;
  environment: Environment;
  /** The calls that change the account, with their inputs as plain JSON, in order. */
  changes: AwsCall[];
  events: ExecutionEvent[];
  /** Ends it. */
  abort(): void;
  /** Topics of the mappings that are in the account. */
  topics(): string[];
}

/** `fault` stands between the executor and the account, for calls that change it; `limit`: seconds of each wait. */
export function executionIn(
  account: string,
  { fault = (_, carryOut) => carryOut(), limit = 600 }: { fault?: Fault; limit?: number } = {},
): Execution {
  let now = Date.parse(capturedAt);
  const sandbox = openAccount(account, () => new Date(now))!;
  const controller = new AbortController();
  const changes: AwsCall[] = [];
  const events: ExecutionEvent[] = [];
  const answerer: Answerer = async (call) => {
    if (!isChange(call)) return sandbox.answer(call);
    changes.push(JSON.parse(JSON.stringify(call)) as AwsCall);
    return fault(call as AwsCall, () => sandbox.answer(call));
  };
  return {
    sandbox,
    changes,
    events,
    abort: () => controller.abort(),
    topics: () => mappingsIn(sandbox).flatMap((mapping) => mapping.Topics),
    environment: {
      clients: createClients({ region, answerer, signal: controller.signal }),
      clock: {
        now: () => new Date(now),
        sleep: async (milliseconds) => {
          controller.signal.throwIfAborted();
          now += milliseconds;
        },
      },
      limit: limit * 1000,
      signal: controller.signal,
      read: async (id) => (await readThrough(sandbox.answer as Answerer, { targets: [id] })).snapshot,
      observe: (event) => void events.push(event),
    },
  };
}

const isChange = ({ operation }: { operation: string }): boolean => !/^(Get|List|Describe)/.test(operation);

const mappingsIn = (sandbox: Sandbox): Mapping[] =>
  Object.values(sandbox.snapshot().mappings)
    .filter(isOk)
    .map(({ value }) => value);

/** The mapping of a healthy account. */
export function orders(account: string): Mapping {
  return mappingsIn(openAccount(account)!).find((mapping) => mapping.UUID === uuid)!;
}

/** Checks that find nothing. */
export const sound: Preflight = {
  findings: [],
  blockers: [],
  warnings: [],
  undecided: [],
  otherAuth: null,
  authUnknown: false,
};

/** The calls of a plan, in the order in which they are made. */
export const callsOf = ({ steps }: Plan): AwsCall[] => steps.flatMap(({ calls }) => calls.map(({ call }) => call));
