/** Calls that change the account, and the single look at a mapping that follows them. */
import { mappingSchema, type Mapping } from '../snapshot/resources/index.js';
import type { Read, ReadFailure } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { toFailure } from './failure.js';
import { keep, Reader } from './reader.js';
import { services, type Service } from './services/index.js';

/** A call as a fix or a plan holds it: the SDK's name of the service, the operation, its input. */
export interface ChangeCall {
  service: string;
  operation: string;
  input: object;
}

/** What became of a change: the answer of AWS, or why there is none. */
export type Applied = { outcome: 'ok'; output: Record<string, unknown> } | ReadFailure;

/** Makes one call. Never throws because of AWS. */
export async function applyCall(clients: Clients, { service, operation, input }: ChangeCall): Promise<Applied> {
  try {
    if (!isService(service)) throw new Error(`this tool has no client for ${service}`);
    return { outcome: 'ok', output: { ...(await clients.send(service, operation, input)) } };
  } catch (error) {
    return toFailure(error, { service, operation });
  }
}

const isService = (name: string): name is Service => Object.hasOwn(services, name);

/** A mapping as it is now: asked anew each time, for watching it. */
export async function getMapping(clients: Clients, uuid: string): Promise<Read<Mapping>> {
  const read = await new Reader(clients).call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid);
  return keep(read, mappingSchema, { service: 'lambda', operation: 'GetEventSourceMapping', resource: uuid });
}
