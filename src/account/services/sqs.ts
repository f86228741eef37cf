/** The client and the operations of it that this tool calls; imported when first needed. */
import { SQSClient, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

export { SQSClient as Client };
export const commands = {
  GetQueueAttributes: GetQueueAttributesCommand,
};
