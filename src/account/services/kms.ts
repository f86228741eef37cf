/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  KMSClient,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
  EnableKeyCommand,
  DisableKeyCommand,
  CancelKeyDeletionCommand,
} from '@aws-sdk/client-kms';

export { KMSClient as Client };
export const commands = {
  DescribeKey: DescribeKeyCommand,
  GetKeyPolicy: GetKeyPolicyCommand,
  PutKeyPolicy: PutKeyPolicyCommand,
  EnableKey: EnableKeyCommand,
  DisableKey: DisableKeyCommand,
  CancelKeyDeletion: CancelKeyDeletionCommand,
};
