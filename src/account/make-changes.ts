/** Calls that change the account. */
import type { ReadFailure } from '../snapshot/read.js';
import type { Clients } from './clients.js';
import { errorName, isUnshowable, toFailure } from './failure.js';
import { services, type Service } from './services/index.js';

/** A call as fixes and plans hold it: the SDK's name of the service, the operation, its input. */
export interface ChangeCall {
  service: string;
  operation: string;
  input: object;
}

/** A change that failed, or whose outcome is not known: the failure, with AWS's error name and message. */
export type Refusal = ReadFailure & {
  name: string;
  /** Empty where it must not be shown. */
  message: string;
  /** The HTTP status; null without an answer. */
  status: number | null;
};

/** The result of a change: AWS's answer, or why there is none. */
export type Applied = { outcome: 'ok'; output: Record<string, unknown> } | Refusal;

/** Makes one call. AWS errors are returned, never thrown. `once`: without the SDK's retries. */
export async function applyCall(
  clients: Clients,
  { service, operation, input }: ChangeCall,
  how: { once?: boolean } = {},
): Promise<Applied> {
  try {
    if (!isService(service)) throw new Error(`this tool has no client for ${service}`);
    return { outcome: 'ok', output: { ...(await clients.send(service, operation, input, how)) } };
  } catch (error) {
    const { message = '', $metadata: metadata } = error as Partial<Error> & { $metadata?: { httpStatusCode?: number } };
    return {
      ...toFailure(error, { service, operation }),
      name: errorName(error) || 'Error',
      status: metadata?.httpStatusCode ?? null,
      message: isUnshowable(error) ? '' : message.replace(/\s+/g, ' ').trim().slice(0, 2000),
    };
  }
}

const isService = (name: string): name is Service => Object.hasOwn(services, name);
