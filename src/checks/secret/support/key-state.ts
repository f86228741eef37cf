/** Whether a KMS key can decrypt, by its state (AWS: key states). */
import { meaningOf } from '../../../aws/states.js';
import type { Fix } from '../../../fixes/fix.js';
import { shell, type ShellCommand } from '../../../text/shell.js';
import type { KmsKey } from '../../../snapshot/resources/index.js';

/** Days until a key is deleted, at most (API reference, ScheduleKeyDeletion). */
const longestWait = 30;

/** Why the key cannot decrypt, as the predicate of a sentence, with the fixes; null where it can. */
export function keyStateFault({
  KeyState: state,
  Enabled: enabled,
  KeyId,
  DeletionDate: date,
}: KmsKey): { state: string; fixes: Fix[] } | null {
  const call = (operation: string, undo: string | null) => ({
    service: 'kms',
    operation,
    input: { KeyId },
    undo: undo === null ? null : { service: 'kms', operation: undo, input: { KeyId } },
  });
  if (state === 'PendingDeletion')
    return {
      state: `is scheduled for deletion${date === undefined ? '' : ` on ${date}`}`,
      fixes: [
        {
          title: `Cancel the deletion of KMS key ${KeyId} and enable it`,
          safety: 'care',
          changes: [
            {
              ...call('CancelKeyDeletion', null),
              undo: {
                service: 'kms',
                operation: 'ScheduleKeyDeletion',
                input: { KeyId, PendingWindowInDays: longestWait },
              },
            },
            call('EnableKey', 'DisableKey'),
          ],
        },
      ],
    };
  if (state === 'Disabled' || (state === undefined && enabled === false))
    return {
      state: 'is disabled',
      fixes: [{ title: `Enable the KMS key ${KeyId}`, safety: 'care', changes: [call('EnableKey', 'DisableKey')] }],
    };
  if (state === undefined || meaningOf('key', state) !== 'down') return null;
  const title = advice[state] ?? `Use a KMS key that is enabled (${KeyId} is in state ${state})`;
  return {
    state: `is in state ${state}`,
    fixes: [
      {
        title,
        safety: 'by-hand',
        changes: [],
        ...(state in commands ? { commands: [commands[state]!(KeyId)] } : {}),
      },
    ],
  };
}

/** What a person runs with data that only they have. */
const commands: Readonly<Record<string, (keyId: string) => ShellCommand>> = {
  PendingImport: (keyId) =>
    shell`aws kms import-key-material --key-id ${keyId} --encrypted-key-material fileb://KEY_MATERIAL --import-token fileb://IMPORT_TOKEN`,
  Unavailable: () => shell`aws kms connect-custom-key-store --custom-key-store-id STORE_ID`,
};

/** States that no KMS call alone can end (AWS: key states). */
const advice: Readonly<Record<string, string>> = {
  Creating: 'Wait until KMS has created the key',
  PendingImport: 'Import the key material',
  PendingReplicaDeletion: 'Cancel the deletion of the multi-Region key when its replicas are deleted',
  Unavailable: 'Connect the custom key store of the key',
};
