/** Calls that change the account, and the single look at a mapping that follows them. */
import { mappingSchema, type Mapping } from '../snapshot/resources/index.js';
import type { Read, ReadFailure } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { toFailure } from './failure.js';
import { keep, keepList, Reader } from './reader.js';
import { services, type Service } from './services/index.js';

/** A call as a fix or a plan holds it: the SDK's name of the service, the operation, its input. */
export interface ChangeCall {
  service: string;
  operation: string;
  input: object;
}

/** A change that was not made, or of which it is not known: AWS's own name and whole message of the error beside the failure. */
export type Refusal = ReadFailure & {
  name: string;
  message: string;
  /** HTTP status, where an answer came. */ status: number | null;
};

/** What became of a change: the answer of AWS, or why there is none. */
export type Applied = { outcome: 'ok'; output: Record<string, unknown> } | Refusal;

/** Makes one call. Never throws because of AWS. `once`: without the SDK's own retries. */
export async function applyCall(
  clients: Clients,
  { service, operation, input }: ChangeCall,
  how: { once?: boolean } = {},
): Promise<Applied> {
  try {
    if (!isService(service)) throw new Error(`this tool has no client for ${service}`);
    return { outcome: 'ok', output: { ...(await clients.send(service, operation, input, how)) } };
  } catch (error) {
    const {
      name = 'Error',
      message = '',
      $metadata: metadata,
    } = error as Partial<Error> & { $metadata?: { httpStatusCode?: number } };
    return {
      ...toFailure(error, { service, operation }),
      name,
      status: metadata?.httpStatusCode ?? null,
      message: message.replace(/\s+/g, ' ').trim().slice(0, 2000),
    };
  }
}

const isService = (name: string): name is Service => Object.hasOwn(services, name);

/** The mappings of an event source and a function, asked anew; `functionName` with its qualifier, if it has one. */
export async function findMappings(
  clients: Clients,
  eventSourceArn: string,
  functionName?: string,
): Promise<Read<Mapping[]>> {
  const filter = {
    EventSourceArn: eventSourceArn,
    ...(functionName === undefined ? {} : { FunctionName: functionName }),
  };
  const pages = await new Reader(clients).pages('lambda', 'ListEventSourceMappings', filter, {
    items: 'EventSourceMappings',
    token: ['NextMarker', 'Marker'],
  });
  return keepList(pages, mappingSchema, { service: 'lambda', operation: 'ListEventSourceMappings' });
}

/** A mapping as it is now: asked anew each time, for watching it. */
export async function getMapping(clients: Clients, uuid: string): Promise<Read<Mapping>> {
  const read = await new Reader(clients).call('lambda', 'GetEventSourceMapping', { UUID: uuid }, uuid);
  return keep(read, mappingSchema, { service: 'lambda', operation: 'GetEventSourceMapping', resource: uuid });
}
