/** Changes to a key. A snapshot stores a key under whatever name it was read by: id, ARN or alias. */
import { isOk, ok } from '../snapshot/read.js';
import type { KmsKey } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { refusal, type Replays } from './replays.js';

export const kms: Replays = {
  EnableKey: (snapshot, { KeyId: id }) =>
    forEach(snapshot, id, (key) => Object.assign(key, { KeyState: 'Enabled', Enabled: true })),
  DisableKey: (snapshot, { KeyId: id }) =>
    forEach(snapshot, id, (key) => Object.assign(key, { KeyState: 'Disabled', Enabled: false })),
  CancelKeyDeletion: (snapshot, { KeyId: id }) =>
    forEach(snapshot, id, (key) => {
      Object.assign(key, { KeyState: 'Disabled', Enabled: false });
      delete key.DeletionDate;
    }),
  ScheduleKeyDeletion: (snapshot, { KeyId: id, PendingWindowInDays: days = 30 }) => {
    const DeletionDate = new Date(Date.parse(snapshot.capturedAt) + days * 86_400_000).toISOString();
    forEach(snapshot, id, (key) => Object.assign(key, { KeyState: 'PendingDeletion', Enabled: false, DeletionDate }));
  },
  PutKeyPolicy: (snapshot, { KeyId: id, Policy: policy }) => {
    for (const name of namesOf(snapshot, id)) snapshot.keyPolicies[name] = ok(policy);
  },
};

function namesOf(snapshot: Snapshot, id: string): string[] {
  const names = Object.entries(snapshot.keys).flatMap(([name, read]) =>
    name === id || (isOk(read) && (read.value.KeyId === id || read.value.Arn === id)) ? [name] : [],
  );
  if (names.length === 0) throw refusal('NotFoundException', `Key ${id} does not exist`, 404);
  return names;
}

function forEach(snapshot: Snapshot, id: string, change: (key: KmsKey) => void): void {
  for (const name of namesOf(snapshot, id)) {
    const read = snapshot.keys[name];
    if (read !== undefined && isOk(read)) change(read.value);
  }
}
