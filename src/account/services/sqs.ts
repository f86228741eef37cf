/** The client and the operations of it that this tool calls; imported when first needed. */
import {
  SQSClient,
  GetQueueUrlCommand,
  GetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';

export { SQSClient as Client };
export const commands = {
  GetQueueUrl: GetQueueUrlCommand,
  GetQueueAttributes: GetQueueAttributesCommand,
};
