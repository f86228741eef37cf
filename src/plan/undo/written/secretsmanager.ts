/** What changes of a secret write; its content is never read. */
import { canonicalPolicy } from './canonical-policy.js';
import { valueOf, type WrittenPart, type WrittenParts } from './written-part.js';

const deletion = (isScheduled: boolean): WrittenPart => ({
  read: (ask, { SecretId }) =>
    valueOf(
      ask.call('secretsmanager', 'DescribeSecret', { SecretId }),
      ({ DeletedDate: date }) => date !== undefined && date !== null,
    ),
  after: () => isScheduled,
});

const policy = (after: WrittenPart['after']): WrittenPart => ({
  read: (ask, { SecretId }) =>
    valueOf(ask.call('secretsmanager', 'GetResourcePolicy', { SecretId }), ({ ResourcePolicy: document }) =>
      canonicalPolicy(document),
    ),
  after,
});

export const secretsmanager: WrittenParts = {
  RestoreSecret: deletion(false),
  DeleteSecret: deletion(true),
  PutResourcePolicy: policy(({ ResourcePolicy: document }) => canonicalPolicy(document)),
  DeleteResourcePolicy: policy(() => null),
  UpdateSecret: {
    read: (ask, { SecretId }) =>
      valueOf(ask.call('secretsmanager', 'DescribeSecret', { SecretId }), ({ KmsKeyId }) => ({ KmsKeyId })),
    after: ({ KmsKeyId }) => ({ KmsKeyId }),
  },
};
