/** The client and its operations that this tool calls; imported on first use. */
import { SNSClient, GetTopicAttributesCommand } from '@aws-sdk/client-sns';

export { SNSClient as Client };
export const commands = {
  GetTopicAttributes: GetTopicAttributesCommand,
};
