/** Shared by the simulations of all services. */
import { isOk, type Keyed, type Read } from '../snapshot/read.js';
import type { Snapshot } from '../snapshot/snapshot.js';

// oxlint-disable-next-line typescript/no-explicit-any -- the SDK's inputs, each operation with members of its own
export type Input = Record<string, any>;

/** By operation: changes the snapshot as the service would. */
export type Replays = Record<string, (snapshot: Snapshot, input: Input) => void>;

/** A refusal in the form that the SDK throws. */
export const refusal = (name: string, message: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });

/** The value of a read; throws AWS's error where there is none. */
export function need<T>(reads: Keyed<T>, key: string, error = 'ResourceNotFoundException'): T {
  const read: Read<T> | undefined = reads[key];
  if (read === undefined || !isOk(read)) throw refusal(error, `${key} does not exist`, 404);
  return read.value;
}

/** Every item of lists that are stored by VPC. */
export const everywhere = <T>(reads: Keyed<T[]>): T[] =>
  Object.values(reads).flatMap((read) => (isOk(read) ? read.value : []));
