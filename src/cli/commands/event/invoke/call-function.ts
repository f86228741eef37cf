/** One invocation of a deployed function. */
import type { Clients } from '../../../../account/clients.js';
import { applyCall, type Refusal } from '../../../../account/make-changes.js';
import type { InvokeAnswer, InvokedFunction } from '../../../../event/invocation.js';
import type { KafkaEvent } from '../../../../event/kafka-event.js';
import type { Io } from '../../../io.js';
import { startProgress } from '../../../progress.js';

/** Lambda’s longest timeout, where that of the function is not known; and time for the network. */
const [longestTimeout, margin] = [900, 15];

/** Milliseconds that a request for this function may take. */
export const requestTimeoutOf = ({ timeout }: Pick<InvokedFunction, 'timeout'>): number =>
  ((timeout ?? longestTimeout) + margin) * 1000;

/** One invocation, never repeated: the function may have run even without an answer. */
export async function callFunction(
  clients: Clients,
  name: string,
  event: KafkaEvent,
  io: Io,
): Promise<InvokeAnswer | { refusal: Refusal }> {
  const progress = startProgress(io, 'Waiting for the function');
  const started = performance.now();
  try {
    const applied = await applyCall(
      clients,
      {
        service: 'lambda',
        operation: 'Invoke',
        input: {
          FunctionName: name,
          InvocationType: 'RequestResponse',
          LogType: 'Tail',
          Payload: Buffer.from(JSON.stringify(event), 'utf8'),
        },
      },
      { once: true },
    );
    if (io.signal.aborted) {
      io.stderr.write('The function may still run: Lambda does not stop an invocation whose caller leaves.\n');
      io.signal.throwIfAborted();
    }
    if (applied.outcome !== 'ok') return { refusal: applied };
    const { StatusCode: status, FunctionError: error, ExecutedVersion: version, Payload, LogResult } = applied.output;
    return {
      statusCode: typeof status === 'number' ? status : null,
      functionError: typeof error === 'string' && error !== '' ? error : null,
      executedVersion: typeof version === 'string' ? version : null,
      payload: Payload instanceof Uint8Array ? Buffer.from(Payload).toString('utf8') : '',
      log: typeof LogResult === 'string' ? Buffer.from(LogResult, 'base64').toString('utf8') : '',
      elapsed: Math.round(performance.now() - started),
    };
  } finally {
    progress.stop();
  }
}

/** Whether the function may have run all the same: without an answer of Lambda, nobody knows. */
export const isUnsure = ({ outcome, status }: Refusal): boolean =>
  outcome === 'timed-out' || status === null || status >= 500;
