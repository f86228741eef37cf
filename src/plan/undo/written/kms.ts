/** What changes of a key write. */
import { canonicalPolicy } from './canonical-policy.js';
import { valueOf, type WrittenPart, type WrittenParts } from './written-part.js';

const keyState = (state: string): WrittenPart => ({
  read: (ask, { KeyId }) =>
    valueOf(
      ask.call('kms', 'DescribeKey', { KeyId }),
      ({ KeyMetadata: key }) => (key as { KeyState?: string } | undefined)?.KeyState,
    ),
  after: () => state,
});

export const kms: WrittenParts = {
  EnableKey: keyState('Enabled'),
  DisableKey: keyState('Disabled'),
  // AWS KMS API: the key is then disabled.
  CancelKeyDeletion: keyState('Disabled'),
  ScheduleKeyDeletion: keyState('PendingDeletion'),
  PutKeyPolicy: {
    read: (ask, { KeyId }) =>
      valueOf(ask.call('kms', 'GetKeyPolicy', { KeyId, PolicyName: 'default' }), ({ Policy: policy }) =>
        canonicalPolicy(policy),
      ),
    after: ({ Policy: policy }) => canonicalPolicy(policy),
  },
};
