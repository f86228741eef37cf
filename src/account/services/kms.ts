/** The client and its operations that this tool calls; imported on first use. */
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
