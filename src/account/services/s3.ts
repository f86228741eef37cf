/** The client and its operations that this tool calls; imported on first use. */
import { S3Client, HeadBucketCommand, GetBucketPolicyCommand, GetBucketEncryptionCommand } from '@aws-sdk/client-s3';

export { S3Client as Client };
export const commands = {
  HeadBucket: HeadBucketCommand,
  GetBucketPolicy: GetBucketPolicyCommand,
  GetBucketEncryption: GetBucketEncryptionCommand,
};
