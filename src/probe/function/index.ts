/** The entry of the temporary function: `index.handler` of its zip. */
import type { RemoteAnswer, RemoteEvent } from './remote-event.js';
import { runRemoteProbe } from './run-remote-probe.js';

export const handler = (event: RemoteEvent): Promise<RemoteAnswer> => runRemoteProbe(event, process.env);
