/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  KMSClient,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  ListGrantsCommand,
  PutKeyPolicyCommand,
  EnableKeyCommand,
  DisableKeyCommand,
  CancelKeyDeletionCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';

export { KMSClient as Client };
export const commands = {
  DescribeKey: DescribeKeyCommand,
  GetKeyPolicy: GetKeyPolicyCommand,
  ListGrants: ListGrantsCommand,
  PutKeyPolicy: PutKeyPolicyCommand,
  EnableKey: EnableKeyCommand,
  DisableKey: DisableKeyCommand,
  CancelKeyDeletion: CancelKeyDeletionCommand,
  ScheduleKeyDeletion: ScheduleKeyDeletionCommand,
};
