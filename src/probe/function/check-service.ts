/** Whether a service of AWS can be reached: DNS, TCP and TLS, as every request to it begins. */
import { lookup } from 'node:dns/promises';
import { connect, type TLSSocket } from 'node:tls';
import { openSocket } from '../../kafka/dial.js';
import type { ServiceAddress, ServiceReach } from './remote-event.js';

type Step = NonNullable<ServiceReach['step']>;

/** Never rejects. `limit`: milliseconds for each step. */
export async function checkService({ service, host, port }: ServiceAddress, limit: number): Promise<ServiceReach> {
  const started = performance.now();
  const ended = (failure: { step: Step; error: unknown } | null): ServiceReach => ({
    service,
    host,
    status: failure === null ? 'ok' : 'failed',
    step: failure?.step ?? null,
    name: failure === null ? null : codeOf(failure.error),
    because: failure === null ? null : sentenceOf(failure, host, limit),
    ms: Math.round(performance.now() - started),
  });
  let step: Step = 'dns';
  try {
    const { address } = await within(limit, () => lookup(host));
    step = 'tcp';
    const socket = await within(limit, (signal) => openSocket(address, port, signal));
    step = 'tls';
    try {
      await within(limit, () => shakeHands(connect({ socket, servername: host })));
    } finally {
      socket.destroy();
    }
    return ended(null);
  } catch (error) {
    return ended({ step, error });
  }
}

function shakeHands(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('the connection was closed'), { code: 'CLOSED' })));
  });
}

/** Rejects with the code `TIMEOUT` where the work takes longer. */
async function within<T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = Object.assign(new Error(`no answer within ${limit / 1000} s`), { code: 'TIMEOUT' });
      controller.abort(error);
      reject(error);
    }, limit);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' && code !== '' ? code : typeof name === 'string' ? name : 'ERROR';
};

function sentenceOf({ step, error }: { step: Step; error: unknown }, host: string, limit: number): string {
  if (codeOf(error) === 'TIMEOUT') return `no answer within ${limit / 1000} s`;
  if (step === 'dns') return `the name ${host} does not resolve`;
  return error instanceof Error ? error.message : String(error);
}
