/** A run in a sandbox account whose functions answer what a test says. */
import { createClients, type Answerer, type Clients } from '../../src/account/clients.js';
import type { Clock } from '../../src/mapping/clock.js';
import { emptyResult } from '../../src/probe/empty-result.js';
import type { RemoteAnswer, RemoteEvent } from '../../src/probe/function/remote-event.js';
import { planFunctions } from '../../src/remote/plan-functions.js';
import type { RemoteRun, RunSetting } from '../../src/remote/probe-from-subnets.js';
import { healthyAccount, region, uuid } from '../../src/sandbox/healthy.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { subjectOf } from '../../src/subject/subject.js';

export const password = 'Canary-password-16';

export const reaching: RemoteAnswer = { result: emptyResult('scram', 'reaches'), secret: null, services: [] };

export interface RemoteAccount {
  snapshot: Snapshot;
  sandbox: Sandbox;
  /** The events of all invocations. */
  events: RemoteEvent[];
  run: RemoteRun;
}

/** `answers`: by number of the invocation; after the last one, the last is repeated. */
export function remoteAccount(
  answers: readonly RemoteAnswer[] = [reaching],
  snapshot: Snapshot = healthyAccount({ auth: 'scram' }),
): RemoteAccount {
  const events: RemoteEvent[] = [];
  const sandbox = createSandbox(snapshot, {
    runFunction: async (event) => {
      events.push(event);
      return answers[Math.min(events.length, answers.length) - 1]!;
    },
  });
  const subject = subjectOf(snapshot, uuid);
  const plan = planFunctions({
    subject,
    region,
    run: '0a1b2c3d',
    now: new Date('2026-11-01T00:00:00Z'),
    probeTimeout: 60,
  });
  const run: RemoteRun = {
    plan,
    zip: Buffer.from('zip'),
    probe: {
      bootstrap: [{ host: 'b-1', port: 9096 }],
      auth: 'scram',
      certificateAuthority: null,
      topic: 'orders',
      group: uuid,
      limits: { step: 1000, whole: 1000 },
      showRecord: false,
    },
    login: {
      kind: 'secret',
      method: 'scram',
      id: 'AmazonMSK_orders',
      region,
      address: { service: 'secretsmanager', host: 'secretsmanager.invalid', port: 443 },
    },
    fallback: { kind: 'scram', username: 'orders', password },
  };
  return { snapshot, sandbox, events, run };
}

export const clientsOf = (answerer: Answerer): Clients => createClients({ region, answerer });

/** Without pauses: each moves the clock only. */
export function fastClock(signal?: AbortSignal): Clock {
  let time = Date.parse('2026-11-01T00:00:00Z');
  return {
    now: () => new Date(time),
    sleep: async (milliseconds) => {
      time += milliseconds;
      signal?.throwIfAborted();
    },
  };
}

export function settingOf(
  clients: Clients,
  signal: AbortSignal = new AbortController().signal,
): RunSetting & { notes: string[] } {
  const notes: string[] = [];
  return {
    clients,
    signal,
    clock: fastClock(signal),
    cleaning: fastClock(),
    say: () => {},
    note: (text) => void notes.push(text),
    notes,
  };
}
