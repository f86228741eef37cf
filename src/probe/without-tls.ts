/** Which protocol a port speaks that does not answer with TLS: asked on a second connection, without TLS. */
import { Connection } from '../kafka/connection.js';
import type { Dialer } from '../kafka/dial.js';
import { WireError, wireErrorOf } from '../kafka/wire-error.js';
import type { HostPort } from './probe-input.js';

/** The error to report: `NOT_KAFKA`, or the one of the handshake with what is known besides. */
export async function askWithoutTls(
  error: WireError,
  { host, port }: HostPort,
  dial: Dialer,
  signal: AbortSignal,
): Promise<WireError> {
  let connection: Connection | null = null;
  try {
    connection = new Connection(await dial.connect(host, port, signal));
    await connection.readVersions(signal);
    return new WireError(error.label, 'the port speaks Kafka without TLS', { cause: error });
  } catch (reason) {
    // At the limit of the step the handshake's own error is the better answer.
    if (signal.aborted) return error;
    const { label, foreign } = wireErrorOf(reason);
    return label === 'NOT_KAFKA' && foreign !== 'TLS' ? wireErrorOf(reason) : error;
  } finally {
    connection?.close();
  }
}
