/** Applies a change to a snapshot. Pure; returns the account after it. */
import type { Snapshot } from '../snapshot/snapshot.js';
import type { AwsCall } from '../aws/call.js';
import { changedCopy } from './copy-on-write.js';
import { ec2 } from './ec2.js';
import { iam } from './iam.js';
import { kafka } from './kafka.js';
import { kms } from './kms.js';
import { lambda } from './lambda.js';
import type { Replays } from './replays.js';
import { secretsmanager } from './secretsmanager.js';

const services: Record<string, Replays> = { ec2, iam, kafka, kms, lambda, secretsmanager };

/** A call that cannot be simulated: its operation is not implemented, or what it changes was not read. */
export class NotReplayable extends Error {
  override name = 'NotReplayable';
}

export const canReplay = ({ service, operation }: Pick<AwsCall, 'service' | 'operation'>): boolean =>
  services[service]?.[operation] !== undefined;

/** The operations of a service that can be simulated. */
export const playable = (service: string): string[] => Object.keys(services[service] ?? {});

/** The account after one call. Throws `NotReplayable`, and the service's error where it would refuse the change. */
export function replay(snapshot: Snapshot, call: AwsCall): Snapshot {
  const change = effectOf(call);
  const after = structuredClone(snapshot);
  change(after, call.input);
  return after;
}

/**
 * The same for calls on a large account, in order: the result shares everything that they do not change with the
 * snapshot before, so neither may be changed in place afterwards.
 */
export function replaySharing(snapshot: Snapshot, calls: readonly AwsCall[]): Snapshot {
  // A change may store parts of its input in the account.
  const changes = calls.map((call) => ({ change: effectOf(call), input: structuredClone(call.input) }));
  return changedCopy(snapshot, (draft) => {
    for (const { change, input } of changes) change(draft, input);
  });
}

function effectOf({ service, operation }: AwsCall): Replays[string] {
  const change = services[service]?.[operation];
  if (change === undefined) throw new NotReplayable(`${service} ${operation} cannot be simulated on a snapshot`);
  return change;
}

/** The account after all calls, in order. */
export const replayAll = (snapshot: Snapshot, calls: readonly AwsCall[]): Snapshot => calls.reduce(replay, snapshot);
