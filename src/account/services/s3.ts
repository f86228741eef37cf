/** The client and the operations of it that this tool calls; imported when first needed. */
import { S3Client, HeadBucketCommand, GetBucketPolicyCommand, GetBucketEncryptionCommand } from '@aws-sdk/client-s3';

export { S3Client as Client };
export const commands = {
  HeadBucket: HeadBucketCommand,
  GetBucketPolicy: GetBucketPolicyCommand,
  GetBucketEncryption: GetBucketEncryptionCommand,
};
