/** The client and its operations that this tool calls; imported on first use. */
import { SQSClient, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';

export { SQSClient as Client };
export const commands = {
  GetQueueAttributes: GetQueueAttributesCommand,
};
